"""Small pictures: from the shelf, or made when somebody looks, or ahead when nobody is busy."""

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import PhototagdError, Vanished
from phototagd.domain.gallery import Sight, Thumbnail, ThumbnailSize
from phototagd.ports import GalleryIndex, ThumbnailMaker, ThumbnailShelf


class Thumbnails:
    """Gives small pictures to those who may see them."""

    def __init__(
        self, *, gallery: GalleryIndex, maker: ThumbnailMaker, shelf: ThumbnailShelf
    ) -> None:
        self._gallery = gallery
        self._maker = maker
        self._shelf = shelf

    def picture(self, asset: AssetId, size: ThumbnailSize, sight: Sight) -> Thumbnail | None:
        """The picture of a photo; None when there is none or it must not be seen.

        Raises NotYet, PhotoError, ProcessKilled or Unavailable when it cannot be made.
        """
        tile = next(iter(self._gallery.tiles([asset], sight)), None)
        if tile is None:
            return None
        webp = self._shelf.get(tile.version, size)
        if webp is None:
            webp = self._made(self._gallery.copies(asset, sight), size)
            self._shelf.put(tile.version, size, webp)
        return Thumbnail(webp, tile.version, tile.is_private)

    def _made(self, copies: list[bytes], size: ThumbnailSize) -> bytes:
        """From the first copy that can be read; else the problem of the first."""
        problem: PhototagdError = Vanished("no copy of the photo is left")
        for number, copy in enumerate(copies):
            try:
                return self._maker.thumbnail(copy, size)
            except PhototagdError as error:
                problem = problem if number else error
        raise problem
