"""What the gallery shows: every method takes a `Sight` and shows nothing beyond it."""

from collections.abc import Collection, Sequence
from typing import Protocol

from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import (
    Month,
    MonthPhotos,
    PhotoSheet,
    Sight,
    Thumbnail,
    ThumbnailSize,
    Tile,
)
from phototagd.domain.search import Found, HitOrder


class GalleryIndex(Protocol):
    """The photos of all libraries in the order of their time; private ones by `sight` alone.

    Every method raises Unavailable when the store cannot be read.
    """

    def months(self, sight: Sight) -> list[Month]:
        """All months that have photos, newest first, `undated` last."""
        ...

    def month(self, name: str, sight: Sight) -> MonthPhotos:
        """The photos of a month, newest first; none for a month that has none."""
        ...

    def tiles(self, assets: Sequence[AssetId], sight: Sight) -> list[Tile]:
        """Tiles in the given order; what is gone or must not be seen is left out."""
        ...

    def photo(self, asset: AssetId, sight: Sight) -> PhotoSheet | None:
        """One photo; None when it is gone or must not be seen."""
        ...

    def copies(self, asset: AssetId, sight: Sight) -> list[bytes]:
        """The absolute paths of the live copies; none when it must not be seen."""
        ...

    def hidden(self, files: Collection[bytes], sight: Sight) -> frozenset[bytes]:
        """Which of these absolute paths are copies of photos that must not be seen."""
        ...


class Gallery(Protocol):
    """What pages ask of the house; called from several threads at once.

    Every method raises Unavailable when the store cannot be read.
    """

    def months(self, sight: Sight) -> list[Month]:
        """All months that have photos, newest first, `undated` last."""
        ...

    def month(self, name: str, sight: Sight) -> MonthPhotos:
        """The photos of a month, newest first; none for a month that has none."""
        ...

    def tiles(self, assets: Sequence[AssetId], sight: Sight) -> list[Tile]:
        """Tiles in the given order; what is gone or must not be seen is left out."""
        ...

    def photo(self, asset: AssetId, sight: Sight) -> PhotoSheet | None:
        """One photo; None when it is gone or must not be seen."""
        ...

    def copies(self, asset: AssetId, sight: Sight) -> list[bytes]:
        """The absolute paths of the live copies; none when it must not be seen."""
        ...

    def hidden(self, files: Collection[bytes], sight: Sight) -> frozenset[bytes]:
        """Which of these absolute paths are copies of photos that must not be seen."""
        ...

    def seen(self, assets: Collection[AssetId], sight: Sight) -> frozenset[AssetId]:
        """Which of these photos may be seen, those included that came just now."""
        ...

    def search(self, text: str, *, limit: int, order: HitOrder, sight: Sight) -> Found:
        """The first photos for a query."""
        ...

    def similar(self, asset: AssetId, *, limit: int, sight: Sight) -> Found | None:
        """The photos most like one, best first; None when that one must not be seen."""
        ...

    def not_this(self, asset: AssetId, text: str, *, is_meant: bool, sight: Sight) -> bool:
        """Remember that a photo is not what a query meant; with `is_meant`, forget that again.

        False when there is no such photo to be seen, or there was nothing to forget.
        """
        ...

    def thumbnail(self, asset: AssetId, size: ThumbnailSize, sight: Sight) -> Thumbnail | None:
        """A small picture, made now if it was never made; None when it must not be seen.

        Raises NotYet, PhotoError or ProcessKilled when the photo cannot be decoded.
        """
        ...
