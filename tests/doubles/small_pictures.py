"""Small pictures that cost nothing."""

from typing import TYPE_CHECKING

from phototagd.domain.gallery import SmallPicture, ThumbnailSize
from phototagd.domain.sketch import Sketch

if TYPE_CHECKING:
    from phototagd.domain.errors import PhototagdError

WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"
"""A picture of one pixel."""


class FakeThumbnailMaker:
    """The port `ThumbnailMaker`; remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[bytes, ThumbnailSize]] = []
        self.errors: dict[bytes, PhototagdError] = {}

    def thumbnail(self, photo: bytes, size: ThumbnailSize) -> SmallPicture:
        self.asked.append((photo, size))
        if photo in self.errors:
            raise self.errors[photo]
        return SmallPicture(WEBP, 1, 1, Sketch(0, 0, is_flat=True))

    def close(self) -> None:
        pass


class FakeThumbnailShelf:
    """The port `ThumbnailShelf` that never loses a picture."""

    def __init__(self) -> None:
        self.room = 1000
        self.kept: dict[tuple[str, ThumbnailSize], bytes] = {}

    def get(self, version: str, size: ThumbnailSize) -> bytes | None:
        return self.kept.get((version, size))

    def put(self, version: str, size: ThumbnailSize, webp: bytes) -> None:
        self.kept[version, size] = webp

    def has_room(self) -> bool:
        return len(self.kept) < self.room

    def has(self, version: str, size: ThumbnailSize) -> bool:
        return (version, size) in self.kept
