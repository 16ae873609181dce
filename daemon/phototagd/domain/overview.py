"""Ways into the library besides searching: this day in other years, places, what there is much of.

Times of photos are wall-clock times where the photo was taken, without a zone.
"""

from dataclasses import dataclass
from datetime import date, datetime

from phototagd.domain.asset import AssetId, Place


@dataclass(frozen=True, slots=True)
class Glimpse:
    """A photo in a list; `path` is its first copy."""

    asset: AssetId
    path: bytes
    caption: str
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class Anniversary:
    """What was photographed on this day of an earlier year: the first of `count` photos.

    `day` is the day itself, which is 29 February where a year without one looks back on it.
    """

    day: date
    count: int
    photos: tuple[Glimpse, ...]


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many photos have exactly this place, and where the newest of them was taken."""

    place: Place
    count: int
    cover: AssetId
    newest_at: int
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceNode:
    """A country, a region in it, or a city: photos in it and below it.

    `wanted` are the places as the photos have them, down to this level: several where they were
    written in two languages. `name` may be a translation. A photo whose copies have different
    places counts in each.
    """

    name: str
    wanted: tuple[Place, ...]
    count: int
    cover: AssetId
    newest_at: int
    below: tuple["PlaceNode", ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """A value, how many photos have it, the newest of them, and the query that finds them."""

    value: str
    count: int
    cover: AssetId
    query: str


@dataclass(frozen=True, slots=True)
class Facets:
    """What there is much of, most first; people by number."""

    categories: tuple[Tally, ...] = ()
    cameras: tuple[Tally, ...] = ()
    people: tuple[Tally, ...] = ()
