"""Reads folders with scandir and lstat: every entry once, one folder in memory at a time."""

import heapq
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from operator import itemgetter

from phototagd.domain.asset import FolderStamp, Stamp
from phototagd.domain.errors import NotYet
from phototagd.domain.library import FileRow, Listing, NotRead, Sighting
from phototagd.domain.packed_rows import PackedRows
from phototagd.rules.arriving.eligibility import OPT_OUT_MARKERS, IgnoreRules
from phototagd.rules.arriving.reconciling import proves_unchanged

OTHER_FILE_SYSTEM = "another file system is mounted there"

MOST_AS_TUPLES = 10_000
"""Tuples are the fastest rows; a folder with more files than this is packed."""

_NAME = itemgetter(0)

Known = Mapping[bytes, tuple[FolderStamp, datetime]]


class ScandirWalker:
    """The walker of one library; junk, ignored names and links are never looked at.

    A folder that carries an opt-out marker is yielded without sub-folders and not descended.
    Folders are relative to the root, in a stable order.
    """

    def __init__(self, *, ignore: IgnoreRules) -> None:
        self._ignore = ignore

    def listing(self, root: bytes, folder: bytes) -> Listing | None:
        """One folder, or None when it is gone; raises NotYet when it cannot be read."""
        try:
            device = os.lstat(_below(root, b"")).st_dev
            found = _stat_folder(_below(root, folder))
            if found is None:
                return None
            if found.st_dev != device:
                raise NotYet(OTHER_FILE_SYSTEM)
            return self._read(root, folder, _folder_stamp(found))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise NotYet(_reason(error)) from error

    def sight(self, photo: bytes) -> Sighting | None:
        """A regular file as it is now, or None when there is none; raises NotYet."""
        try:
            found = os.lstat(photo)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise NotYet(_reason(error)) from error
        if not stat.S_ISREG(found.st_mode):
            return None
        return Sighting(
            stamp=Stamp(found.st_size, found.st_mtime_ns, found.st_ino),
            touched_ns=max(found.st_mtime_ns, found.st_ctime_ns),
        )

    def walk(self, root: bytes, known: Known | None) -> Iterator[Listing | NotRead]:
        """All folders below the root, parents first; see the port for `known`."""
        children = {} if known is None else _children(known)
        try:
            device = os.lstat(_below(root, b"")).st_dev
        except OSError as error:
            yield NotRead(b"", _reason(error))
            return
        pending = [b""]
        while pending:
            folder = pending.pop()
            try:
                found = _stat_folder(_below(root, folder))
                if found is None:
                    continue
                if found.st_dev != device:
                    yield NotRead(folder, OTHER_FILE_SYSTEM)
                    continue
                stamp = _folder_stamp(found)
                if known is not None and _may_skip(stamp, known.get(folder)):
                    pending.extend(self._still_wanted(children.get(folder, ())))
                    continue
                listing = self._read(root, folder, stamp)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except OSError as error:
                yield NotRead(folder, _reason(error))
                continue
            yield listing
            pending.extend(_join(folder, name) for name in reversed(listing.folders))

    def _read(self, root: bytes, folder: bytes, stamp: FolderStamp) -> Listing:
        folders: list[bytes] = []
        markers: set[bytes] = set()
        with os.scandir(_below(root, folder)) as entries:
            files = self._files(folder, entries, folders, markers)
            rows = _in_order(files)
        return Listing(
            folder=folder,
            stamp=stamp,
            rows=rows,
            folders=() if markers else tuple(sorted(folders)),
            markers=frozenset(markers),
        )

    def _files(
        self,
        folder: bytes,
        entries: Iterable[os.DirEntry[bytes]],
        folders: list[bytes],
        markers: set[bytes],
    ) -> Iterator[FileRow]:
        """The regular files; names of sub-folders and opt-out files go into what is given."""
        has_patterns = self._ignore.has_file_patterns
        for entry in entries:
            name = entry.name
            if entry.is_file(follow_symlinks=False):
                try:
                    found = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue
                if name in OPT_OUT_MARKERS:
                    markers.add(name)
                if not has_patterns or not self._ignore.skips_file(_join(folder, name)):
                    yield name, found.st_size, found.st_mtime_ns, found.st_ino
            elif entry.is_dir(follow_symlinks=False) and not self._ignore.skips_folder(
                _join(folder, name)
            ):
                folders.append(name)

    def _still_wanted(self, folders: Sequence[bytes]) -> Iterator[bytes]:
        return (folder for folder in folders if not self._ignore.skips_folder(folder))


def _in_order(files: Iterator[FileRow]) -> Sequence[FileRow]:
    """The files by name; many are sorted piece by piece, and packed."""
    rows = sorted(islice(files, MOST_AS_TUPLES), key=_NAME)
    if len(rows) < MOST_AS_TUPLES:
        return tuple(rows)
    pieces = []
    while rows:
        pieces.append(PackedRows(rows))
        rows = sorted(islice(files, MOST_AS_TUPLES), key=_NAME)
    return PackedRows(heapq.merge(*pieces))


def _below(root: bytes, folder: bytes) -> bytes:
    """The path of a folder; the dot makes lstat follow a root that is a link."""
    return root.rstrip(b"/") + b"/" + (folder or b".")


def _join(folder: bytes, name: bytes) -> bytes:
    return folder + b"/" + name if folder else name


def _stat_folder(path: bytes) -> os.stat_result | None:
    """What lstat says of a folder, None for what is something else."""
    found = os.lstat(path)
    return found if stat.S_ISDIR(found.st_mode) else None


def _folder_stamp(found: os.stat_result) -> FolderStamp:
    return FolderStamp(found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _may_skip(stamp: FolderStamp, remembered: tuple[FolderStamp, datetime] | None) -> bool:
    return remembered is not None and proves_unchanged(stamp, *remembered)


def _children(known: Known) -> dict[bytes, list[bytes]]:
    """The known sub-folders by parent, in reverse order because the last is visited first."""
    children: dict[bytes, list[bytes]] = {}
    for folder in sorted(known, reverse=True):
        if folder:
            children.setdefault(folder.rpartition(b"/")[0], []).append(folder)
    return children


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
