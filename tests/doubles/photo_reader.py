"""A photo reader without a decoder or a process, for tests of what stands above it."""

import hashlib
import os
from pathlib import Path

from phototagd.domain.asset import CaptureFacts, Inspection, PhotoKind, Prepared
from phototagd.domain.errors import (
    NotYet,
    PhototagdError,
    ProcessKilled,
    Unavailable,
    Unreadable,
    Vanished,
)
from phototagd.rules.photo.kinds import describe, kind_of

DEADLY = b"deadly"
"""A photo with this in its name kills the decoder."""

_PICTURE = b"\xff\xd8\xff\xe0 a fake picture \xff\xd9"


class FakePhotoReader:
    """Looks at real files, but shallowly; a test can script what a path gives or raises.

    A JPEG without its end marker counts as truncated. The pixel hash is that of the bytes
    unless `pixels` says otherwise.
    """

    def __init__(self) -> None:
        self.errors: dict[bytes, PhototagdError] = {}
        self.inspections: dict[bytes, Inspection] = {}
        self.pixels: dict[bytes, str] = {}
        self.pictures: dict[bytes, bytes] = {}
        self.prepared: list[bytes] = []
        self.is_closed = False
        self.is_warm = False

    def warm(self) -> None:
        self.is_warm = True

    def prepare(self, photo: bytes, *, long_side: int) -> Prepared:
        self.prepared.append(photo)
        data, kind = self._read(photo)
        return Prepared(
            jpeg=self.pictures.get(photo, _PICTURE),
            width=min(long_side, 640),
            height=min(long_side, 480),
            original_width=4000,
            original_height=3000,
            kind=kind,
            pixel_hash=self.pixels.get(photo, hashlib.sha256(data).hexdigest()),
        )

    def inspect(self, photo: bytes) -> Inspection:
        self._read(photo)
        return self.inspections.get(photo, Inspection(facts=CaptureFacts()))

    def close(self) -> None:
        self.is_closed = True

    def _read(self, photo: bytes) -> tuple[bytes, PhotoKind]:
        if self.is_closed:
            raise Unavailable("the photo reader is closed")
        if photo in self.errors:
            raise self.errors[photo]
        if DEADLY in photo.rpartition(b"/")[2]:
            raise ProcessKilled("decoding crashed: SIGSEGV")
        path = Path(os.fsdecode(photo))
        if not path.is_file() or path.is_symlink():
            raise Vanished("gone")
        data = path.read_bytes()
        if not data:
            raise NotYet("the file is empty")
        kind = kind_of(data, photo)
        if kind is None:
            raise Unreadable(f"no photo but {describe(data)}")
        if kind is PhotoKind.JPEG and not data.endswith(b"\xff\xd9"):
            raise NotYet("the file is incomplete")
        return data, kind
