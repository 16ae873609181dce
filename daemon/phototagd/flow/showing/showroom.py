"""The gallery as pages see it: what the store knows, searching, and small pictures."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import Unavailable
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
from phototagd.flow.finding.finder import Finder
from phototagd.flow.showing.thumbnails import Thumbnails
from phototagd.ports import GalleryIndex, SearchIndex

_CATCH_UP = 500


class Showroom:
    """The port `Gallery`: nothing leaves it that the `sight` does not allow."""

    def __init__(
        self,
        *,
        gallery: GalleryIndex,
        index: SearchIndex,
        finder: Finder,
        thumbnails: Thumbnails,
    ) -> None:
        self._gallery = gallery
        self._index = index
        self._finder = finder
        self._thumbnails = thumbnails

    def months(self, sight: Sight) -> list[Month]:
        """All months that have photos, newest first, `undated` last."""
        self._catch_up()
        return self._gallery.months(sight)

    def month(self, name: str, sight: Sight) -> MonthPhotos:
        """The photos of a month, newest first; none for a month that has none."""
        return self._gallery.month(name, sight)

    def tiles(self, assets: Sequence[AssetId], sight: Sight) -> list[Tile]:
        """Tiles in the given order; what is gone or must not be seen is left out."""
        return self._gallery.tiles(assets, sight)

    def photo(self, asset: AssetId, sight: Sight) -> PhotoSheet | None:
        """One photo; None when it is gone or must not be seen."""
        self._catch_up()
        return self._gallery.photo(asset, sight)

    def copies(self, asset: AssetId, sight: Sight) -> list[bytes]:
        """The absolute paths of the live copies; none when it must not be seen."""
        return self._gallery.copies(asset, sight)

    def hidden(self, files: Collection[bytes], sight: Sight) -> frozenset[bytes]:
        """Which of these absolute paths are copies of photos that must not be seen."""
        return self._gallery.hidden(files, sight)

    def seen(self, assets: Collection[AssetId], sight: Sight) -> frozenset[AssetId]:
        """Which of these photos may be seen, those included that came just now."""
        with suppress(Unavailable):
            self._index.catch_up(_CATCH_UP)
        return frozenset(tile.asset for tile in self.tiles(sorted(assets), sight))

    def search(self, text: str, *, limit: int, order: HitOrder, sight: Sight) -> Found:
        """The first photos for a query; a query for private ones finds none for strangers."""
        found = self._finder.search(text, limit=limit, order=order)
        if sight.sees_private:
            return found
        if found.query.wants_private:
            return replace(found, hits=(), total=0, undated=0)
        return self._in_sight(found, sight)

    def similar(self, asset: AssetId, *, limit: int, sight: Sight) -> Found | None:
        """The photos most like one; None when that one is gone or must not be seen."""
        if not self.tiles([asset], sight):
            return None
        found = self._finder.similar(asset, limit=limit)
        return None if found is None else self._in_sight(found, sight)

    def not_this(self, asset: AssetId, text: str, *, is_meant: bool, sight: Sight) -> bool:
        """Remember that a photo is not what a query meant, or forget that again."""
        is_seen = bool(self.tiles([asset], sight))
        return is_seen and self._finder.not_this(asset, text, is_meant=is_meant)

    def thumbnail(self, asset: AssetId, size: ThumbnailSize, sight: Sight) -> Thumbnail | None:
        """A small picture, made now if it was never made; None when it must not be seen."""
        return self._thumbnails.picture(asset, size, sight)

    def _catch_up(self) -> None:
        with suppress(Unavailable):  # the newest photos may be a little late, no more
            self._index.catch_up(_CATCH_UP)

    def _in_sight(self, found: Found, sight: Sight) -> Found:
        seen = {tile.asset for tile in self.tiles([hit.asset for hit in found.hits], sight)}
        return replace(found, hits=tuple(hit for hit in found.hits if hit.asset in seen))
