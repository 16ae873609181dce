"""Small pictures: who makes them and where they are kept."""

from typing import Protocol

from phototagd.domain.gallery import SmallPicture, ThumbnailSize


class ThumbnailMaker(Protocol):
    """Decodes photos in a process of its own, with limits, behind everybody else."""

    def thumbnail(self, photo: bytes, size: ThumbnailSize) -> SmallPicture:
        """The photo at an absolute path as an upright sRGB WebP without metadata.

        Raises NotYet, Unreadable, Vanished, ProcessKilled, or Unavailable.
        """
        ...

    def close(self) -> None:
        """End the process; may be called twice."""
        ...


class ThumbnailShelf(Protocol):
    """Keeps the pictures last looked at, up to a size. What it loses is made again."""

    def get(self, version: str, size: ThumbnailSize) -> bytes | None:
        """The picture, if it is there."""
        ...

    def put(self, version: str, size: ThumbnailSize, webp: bytes) -> None:
        """Keep a picture; a full or broken disk is no error, it is just not kept then."""
        ...

    def has_room(self) -> bool:
        """Whether another picture can be kept without losing one."""
        ...

    def has(self, version: str, size: ThumbnailSize) -> bool:
        """Whether the picture is there; does not count as looking at it."""
        ...
