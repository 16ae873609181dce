"""What differs between a folder as it was listed and what the store remembers of it."""

import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import blake2b

from phototagd.domain.asset import FolderStamp, PathId, PathState, Stamp
from phototagd.domain.library import FileRow, KnownFile, stamp_of
from phototagd.rules.arriving import eligibility

RACY = timedelta(seconds=2)
"""A folder changed so shortly before its listing may have changed again unnoticed.

Time stamps tick every few milliseconds on older kernels, every 2 s on FAT and some servers.
"""

MOST_NEW = 20_000
"""So many new files are told of one folder at a time; twice what intake has room for."""


_PART = 10_000  # files of a large folder, to spare memory


@dataclass(frozen=True, slots=True)
class Difference:
    """What is to be done about one folder.

    `appeared` are files to be taken in (`has_more`: and more than fit in here), `changed` those
    to be read again. `missing` are not in the folder now, `missing_again` those of them that
    were missing before, `back` are there again. `sidecars_changed` are photos whose sidecar is
    not the one we know.
    """

    appeared: tuple[FileRow, ...] = ()
    has_more: bool = False
    changed: tuple[FileRow, ...] = ()
    missing: tuple[PathId, ...] = ()
    missing_again: tuple[PathId, ...] = ()
    back: tuple[PathId, ...] = ()
    sidecars_changed: tuple[PathId, ...] = ()


def same_content(seen: Stamp, known: Stamp, *, trust_inode: bool = True) -> bool:
    """Whether two stamps promise the same unread content.

    Network file systems make inode numbers up anew when mounted: there size and time decide.
    """
    if trust_inode:
        return seen == known
    return seen.size == known.size and seen.mtime_ns == known.mtime_ns


def proves_unchanged(now: FolderStamp, then: FolderStamp, listed_at: datetime) -> bool:
    """Whether a folder's stamp proves that no name came or went since it was listed."""
    changed = datetime.fromtimestamp(max(then.mtime_ns, then.ctime_ns) / 1e9, UTC)
    return now == then and listed_at - changed >= RACY


def fingerprint(
    rows: Sequence[FileRow], sidecars: Sequence[FileRow], *, trust_inode: bool, version: str
) -> bytes:
    """What a folder looks like, in 16 bytes: equal for equal names and stamps, in name order.

    `sidecars` are the files of the mirror folder; `version` is that of the program, because
    another one may judge the same names otherwise.
    """
    # Format 2 of marshal writes equal plain values as equal bytes, five times as fast as JSON.
    seen = blake2b(marshal.dumps((version, len(rows), len(sidecars)), 2), digest_size=16)
    for group in (rows, sidecars):
        for start in range(0, len(group), _PART):
            part = list(group[start : start + _PART])
            seen.update(marshal.dumps(part if trust_inode else [row[:3] for row in part], 2))
    return seen.digest()


def compare(
    files: Iterable[FileRow],
    known: Iterable[KnownFile],
    *,
    sidecars: Sequence[FileRow] | None,
    trust_inode: bool = True,
) -> Difference:
    """Compare one folder's files with what is remembered of it, both in the order of their names.

    `sidecars` are the files among which sidecars are looked for: the same ones, those of the
    mirror folder, or None when that cannot be read and nothing may be said of them.
    """
    index = None if sidecars is None else _SidecarIndex(sidecars)
    appeared: list[FileRow] = []
    changed: list[FileRow] = []
    missing: list[KnownFile] = []
    back: list[PathId] = []
    sidecars_changed: list[PathId] = []
    for row, file in _side_by_side(files, known):
        if row is not None and file is not None:
            if file.missing_scans:
                back.append(file.path)
            if not same_content(stamp_of(row), file.stamp, trust_inode=trust_inode):
                changed.append(row)
            if index is not None and index.has_changed(file, trust_inode=trust_inode):
                sidecars_changed.append(file.path)
        elif row is not None:
            if len(appeared) <= MOST_NEW:
                appeared.append(row)
        elif file is not None:
            missing.append(file)
    return Difference(
        appeared=tuple(appeared[:MOST_NEW]),
        has_more=len(appeared) > MOST_NEW,
        changed=tuple(changed),
        missing=tuple(file.path for file in missing),
        missing_again=tuple(file.path for file in missing if file.missing_scans),
        back=tuple(back),
        sidecars_changed=tuple(sidecars_changed),
    )


def _side_by_side(
    files: Iterable[FileRow], known: Iterable[KnownFile]
) -> Iterator[tuple[FileRow | None, KnownFile | None]]:
    """Each name once, with what may be a photo there and what is remembered of it.

    One of each is held at a time: a folder may have more files than memory is to be spent on.
    """
    remembered = iter(known)
    file = next(remembered, None)
    for row in files:
        name = row[0]
        if not eligibility.may_be_photo(name):
            continue
        while file is not None and file.name < name:
            yield None, file
            file = next(remembered, None)
        if file is not None and file.name == name:
            yield row, file
            file = next(remembered, None)
        else:
            yield row, None
    if file is not None:
        yield None, file
        yield from ((None, left) for left in remembered)


class _SidecarIndex:
    """The sidecars in a folder, by exact name and by name without regard to case."""

    def __init__(self, files: Sequence[FileRow]) -> None:
        self._files = files

    def has_changed(self, file: KnownFile, *, trust_inode: bool) -> bool:
        if file.state is not PathState.KNOWN:
            return False
        if file.sidecar_name is None or file.sidecar is None:
            return not self._lowered.isdisjoint(sidecar_names(file.name))
        at = self._exact.get(file.sidecar_name)
        if at is None:
            return True
        return not same_content(stamp_of(self._files[at]), file.sidecar, trust_inode=trust_inode)

    @cached_property
    def _exact(self) -> Mapping[bytes, int]:
        return {row[0]: at for at, row in enumerate(self._files) if eligibility.is_sidecar(row[0])}

    @cached_property
    def _lowered(self) -> frozenset[bytes]:
        return frozenset(name.lower() for name in self._exact)


def sidecar_names(photo: bytes) -> tuple[bytes, bytes]:
    """The names, in lower case, under which programs put a sidecar for a photo."""
    lowered = photo.lower()
    stem, dot, _ = lowered.rpartition(b".")
    short = stem if dot and stem else lowered
    return lowered + eligibility.SIDECAR_EXTENSION, short + eligibility.SIDECAR_EXTENSION
