"""Small pictures: from the shelf, or made when somebody looks, or ahead when nobody is busy."""

from contextlib import suppress

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import PhototagdError, Unavailable, Vanished
from phototagd.domain.gallery import Sight, SmallPicture, Thumbnail, ThumbnailSize, Tile
from phototagd.ports import GalleryIndex, ThumbnailMaker, ThumbnailShelf
from phototagd.ports.likeness import SketchStore


class Thumbnails:
    """Gives small pictures to those who may see them, and notes what the photos look like."""

    def __init__(
        self,
        *,
        gallery: GalleryIndex,
        maker: ThumbnailMaker,
        shelf: ThumbnailShelf,
        sketches: SketchStore,
    ) -> None:
        self._gallery = gallery
        self._maker = maker
        self._shelf = shelf
        self._sketches = sketches

    def picture(self, asset: AssetId, size: ThumbnailSize, sight: Sight) -> Thumbnail | None:
        """The picture of a photo; None when there is none or it must not be seen.

        Raises NotYet, PhotoError, ProcessKilled or Unavailable when it cannot be made.
        """
        tile = next(iter(self._gallery.tiles([asset], sight)), None)
        if tile is None:
            return None
        webp = self._shelf.get(tile.version, size)
        if webp is None:
            webp = self._made(tile, size, sight)
        return Thumbnail(webp, tile.version, tile.is_private)

    def make(self, tile: Tile) -> None:
        """Make a tile that lacks its picture or its sketch; raises as `picture`."""
        size = ThumbnailSize.TILE
        if not self._shelf.has(tile.version, size) or not self._sketches.has(tile.asset):
            self._made(tile, size, Sight(sees_private=tile.is_private))

    def _made(self, tile: Tile, size: ThumbnailSize, sight: Sight) -> bytes:
        small = self._read(self._gallery.copies(tile.asset, sight), size)
        self._shelf.put(tile.version, size, small.webp)
        with suppress(Unavailable):  # the picture is there all the same
            self._sketches.note(tile.asset, small)
        return small.webp

    def _read(self, copies: list[bytes], size: ThumbnailSize) -> SmallPicture:
        """From the first copy that can be read; else the problem of the first."""
        problem: PhototagdError = Vanished("no copy of the photo is left")
        for number, copy in enumerate(copies):
            try:
                return self._maker.thumbnail(copy, size)
            except PhototagdError as error:
                problem = problem if number else error
        raise problem
