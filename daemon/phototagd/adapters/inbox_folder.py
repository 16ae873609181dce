# Paths are bytes here, which pathlib does not know:
# ruff: noqa: PTH102, PTH105, PTH108, PTH208
"""The folder where uploaded photos go: written aside, named when whole, never over another."""

import errno
import os
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from phototagd.domain.errors import Unavailable
from phototagd.rules.arriving.file_names import numbered, taken_beside
from phototagd.rules.photo.kinds import extension, looks_like_photo

_START = b".phototagd-upload-"  # passed over by scans, as all that begins with .phototagd-
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
_STALE_SECONDS = 86_400.0
_NOT_HERE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR})
_REMEDY = (
    "let the daemon's user write to a watched folder, or name one that it can write as web.inbox"
)


class InboxFolder:
    """The port `Inbox`: the first of some folders that can be written.

    `folders` are asked for anew with each file; their parents must be there, so that nothing
    is written where a disk is missing.
    """

    def __init__(self, *, folders: Callable[[], Sequence[Path]]) -> None:
        self._folders = folders

    def draft(self, name: str) -> "FileDraft":
        """Begin to receive a file."""
        encoded = name.encode("utf-8", "ignore")
        suffix = b"." + extension(encoded) if looks_like_photo(encoded) else b""
        temporary = _START + secrets.token_hex(8).encode() + suffix
        for folder in map(os.fsencode, self._folders()):
            try:
                with suppress(FileExistsError):
                    os.mkdir(folder)
                _clear_out(folder)
                return FileDraft(folder, temporary)
            except OSError as error:
                if error.errno not in _NOT_HERE:
                    raise _unavailable(error) from error
        raise Unavailable("there is no folder that takes uploaded photos", remedy=_REMEDY)


class FileDraft:
    """The port `Draft`. A file left behind by a crash goes a day later."""

    def __init__(self, folder: bytes, temporary: bytes) -> None:
        self._folder = folder
        self.path = folder + b"/" + temporary
        self._file = os.fdopen(os.open(self.path, _NEW, 0o666), "wb")
        self._is_kept = False

    def write(self, piece: bytes) -> None:
        """Append."""
        with _told():
            self._file.write(piece)

    def flush(self) -> None:
        """Let others read what was written."""
        with _told():
            self._file.flush()

    def keep(self, name: bytes) -> bytes:
        """Give it that name, or a numbered one if it is taken."""
        with _told():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            target = self._reserve(name)
            os.replace(self.path, target)
            self._is_kept = True
            _sync(self._folder)
            return target

    def drop(self) -> None:
        """Forget it, unless it was kept."""
        with suppress(OSError):
            self._file.close()
        if not self._is_kept:
            with suppress(OSError):
                os.unlink(self.path)

    def _reserve(self, name: bytes) -> bytes:
        """An empty file under the first free name: from now on the name is ours."""
        for number in count(1):
            candidate = numbered(name, number)
            if any(os.path.lexists(self._folder + b"/" + n) for n in taken_beside(candidate)):
                continue
            target = self._folder + b"/" + candidate
            with suppress(FileExistsError):
                os.close(os.open(target, _NEW, 0o666))
                return target
        raise AssertionError("there is always a next number")


def _clear_out(folder: bytes) -> None:
    """Remove what crashes left behind."""
    for name in os.listdir(folder):
        if name.startswith(_START):
            file = folder + b"/" + name
            with suppress(OSError):
                if time.time() - os.lstat(file).st_mtime > _STALE_SECONDS:
                    os.unlink(file)


def _sync(folder: bytes) -> None:
    """Put the name on disk; some shares cannot, and keep names in order by themselves."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unavailable(error) from error


def _unavailable(error: OSError) -> Unavailable:
    reason = os.strerror(error.errno or 0)
    remedy = "make room on the disk" if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
    return Unavailable(f"the photo cannot be kept: {reason}", remedy=remedy)
