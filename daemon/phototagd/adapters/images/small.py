"""Photos as small pictures for people: upright, sRGB, WebP, without any metadata."""

import io

from PIL import Image

from phototagd.adapters.images.colour import to_srgb
from phototagd.adapters.images.decoding import decoded, reduced
from phototagd.adapters.images.opening import opened
from phototagd.adapters.images.picture import upright
from phototagd.adapters.images.sketching import sketch_of
from phototagd.domain.gallery import SmallPicture, ThumbnailSize

_TILE_LONGEST = 1024
"""Long side in pixels that even a panorama's tile does not exceed."""

_TILE_USUAL = 512  # long side of a tile of every shape up to 2:1

_QUALITY = 76
_METHOD = 2  # of 0 to 6: half the time of the default at 4 % more bytes


def thumbnail(photo: bytes, size: ThumbnailSize, *, max_pixels: int) -> SmallPicture:
    """The photo at an absolute path as a WebP.

    Raises NotYet, Unreadable, Vanished, or MemoryError.
    """
    with opened(photo) as (file, kind):
        picture = decoded(file, kind, _TILE_USUAL if _is_tile(size) else size.value, max_pixels)
        long_side = _long_side(picture.image, size)
        if long_side > max(picture.image.size) and picture.is_scalable:  # a panorama
            picture = decoded(file, kind, long_side, max_pixels)
        small = reduced(picture.image, long_side)
        image = upright(to_srgb(small, picture.profile), picture.orientation)
        sketch = sketch_of(small, picture.orientation)
        return SmallPicture(_webp(image), *picture.upright_size, sketch)


def _is_tile(size: ThumbnailSize) -> bool:
    return size is ThumbnailSize.TILE


def _long_side(image: Image.Image, size: ThumbnailSize) -> int:
    """A tile has its size on the short side, so that rows of equal height are sharp."""
    if not _is_tile(size):
        return size.value
    longest, shortest = max(image.size), min(image.size)
    return min(_TILE_LONGEST, round(longest * size.value / shortest))


def _webp(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.info = {}  # Pillow would carry profile and EXIF over
    image.save(buffer, "WEBP", quality=_QUALITY, method=_METHOD)
    return buffer.getvalue()
