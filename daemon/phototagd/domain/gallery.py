"""The library as it is looked at: months, tiles, one photo; and who may see what.

Times of photos are wall-clock times where the photo was taken, without a zone.
"""

from dataclasses import dataclass
from enum import IntEnum

from phototagd.domain.asset import AssetId
from phototagd.domain.search import PhotoFacts
from phototagd.domain.sketch import Sketch

UNDATED = "undated"
"""The name of the month of photos whose time is not known; it comes last."""


class ThumbnailSize(IntEnum):
    """What small pictures are there: a tile of the grid, and a photo that fills the window."""

    TILE = 256  # pixels of the short side
    VIEW = 1440  # pixels of the long side


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody who looks may see. The default is the least."""

    sees_private: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the timeline: `2026-11`, or `undated`; of a very full month a day: `2026-11-21`.

    `aspects` is the sum of width / height of its photos: how wide they are beside each other.
    """

    name: str
    count: int
    aspects: float


@dataclass(frozen=True, slots=True)
class MonthPhotos:
    """The photos of a `Month` in columns, newest first; days count from 1, 0 where not known."""

    assets: tuple[AssetId, ...] = ()
    aspects: tuple[float, ...] = ()
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """A photo in a grid.

    `version` changes whenever the picture may look different; it is no path and no hash of
    the photo. `width` and `height` are those of the upright photo in pixels, or only its
    likely shape before it was ever decoded.
    """

    asset: AssetId
    version: str
    caption: str
    width: int
    height: int
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class PhotoSheet:
    """One photo with what is known of it, and its neighbours in the timeline."""

    tile: Tile
    facts: PhotoFacts
    newer: AssetId | None = None
    older: AssetId | None = None


@dataclass(frozen=True, slots=True)
class SmallPicture:
    """A small picture as it is made, WebP without metadata, and what it tells of the photo.

    `width` and `height` are those of the whole photo, upright, in pixels.
    """

    webp: bytes
    width: int
    height: int
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture, WebP without metadata. A private one must not be kept by anybody."""

    webp: bytes
    version: str
    is_private: bool
