"""Thumbnails in a folder, bounded: those not looked at for longest go first."""

import os
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from phototagd.domain.gallery import ThumbnailSize

_KEPT_SHARE = 0.9  # after clearing out, so that not every new picture clears again
_LOOKED_AT_SECONDS = 3600.0  # how exactly the last look is remembered


class ThumbnailFolder:
    """The port `ThumbnailShelf`; the folder can be deleted at any time, also while it is used.

    A file is named by version and size alone; its mtime is the last look at it.
    """

    def __init__(self, *, folder: Path, limit_bytes: int) -> None:
        self._folder = folder
        self._limit_bytes = limit_bytes
        self._lock = threading.Lock()
        self._bytes: int | None = None  # counted when it is first asked for

    def get(self, version: str, size: ThumbnailSize) -> bytes | None:
        """The picture, if it is there."""
        file = self._file(version, size)
        try:
            webp = file.read_bytes()
            if time.time() - file.stat().st_mtime > _LOOKED_AT_SECONDS:
                os.utime(file)
        except OSError:
            return None
        return webp

    def has(self, version: str, size: ThumbnailSize) -> bool:
        """Whether the picture is there; does not count as looking at it."""
        return self._file(version, size).exists()

    def has_room(self) -> bool:
        """Whether another picture can be kept without losing one."""
        with self._lock:
            return self._counted() < self._limit_bytes * _KEPT_SHARE

    def put(self, version: str, size: ThumbnailSize, webp: bytes) -> None:
        """Keep a picture; a full or broken disk is no error, it is just not kept then."""
        file = self._file(version, size)
        with self._lock, suppress(OSError):
            known = self._counted()
            self._folder.mkdir(mode=0o700, exist_ok=True)
            file.parent.mkdir(mode=0o700, exist_ok=True)
            _write(file, webp)
            self._bytes = known + len(webp)
            if self._bytes > self._limit_bytes:
                self._clear_out()

    def _counted(self) -> int:
        if self._bytes is None:
            self._bytes = sum(size for _, size, _ in self._files())
        return self._bytes

    def _clear_out(self) -> None:
        """Delete those not looked at for longest until there is room again."""
        files = sorted(self._files())
        left = sum(size for _, size, _ in files)
        for _, size, file in files:
            if left <= self._limit_bytes * _KEPT_SHARE:
                break
            file.unlink(missing_ok=True)
            left -= size
        self._bytes = left

    def _files(self) -> list[tuple[float, int, Path]]:
        found = []
        for file in self._folder.glob("??/*.webp"):
            with suppress(FileNotFoundError):
                stat = file.stat()
                found.append((stat.st_mtime, stat.st_size, file))
        return found

    def _file(self, version: str, size: ThumbnailSize) -> Path:
        return self._folder / version[:2] / f"{version}-{size.value}.webp"


def _write(file: Path, webp: bytes) -> None:
    """Whole or not at all; no sync, because what is lost is made again."""
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(webp)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
