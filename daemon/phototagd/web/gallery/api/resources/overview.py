"""Ways into the library besides searching: this day in other years, places, what is alike."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from phototagd.domain.asset import AssetId
from phototagd.domain.likeness import Likeness
from phototagd.domain.overview import PlaceNode
from phototagd.domain.overview import Tally as Counted
from phototagd.rules.photo.place_tree import node_at
from phototagd.web.gallery.api.operation import Asked, get
from phototagd.web.gallery.api.resources.photos import PhotoList
from phototagd.web.gallery.api.shapes import Answer, Number, Params, PhotoTile, Portion, tile_of
from phototagd.web.gallery.problems import Refused

_MOST_A_YEAR = 50
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _plain_day(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("must be a day like 2026-11-21")
    return value


class OnDay(Params):
    """A day, and how much of it."""

    day: Annotated[date, BeforeValidator(_plain_day)] | None = Field(
        default=None, description="The day, as in 2026-11-21; today without."
    )
    most: Number = Field(
        default=12, ge=1, le=_MOST_A_YEAR, description="At most so many photos of each year."
    )


class Year(Answer):
    """That day in one year."""

    day: date
    count: int = Field(description="How many photos there are.")
    photos: list[PhotoTile] = Field(description="The first of them.")


class Years(Answer):
    """That day in earlier years, newest first."""

    years: list[Year]


class Language(Params):
    """How places are called."""

    language: Literal["en", "zh"] = Field(default="en", description="Where the name is known.")


class AtPlace(Portion):
    """The photos of which place."""

    at: str = Field(
        min_length=1, max_length=300, description="The names from the country down: Germany|Munich."
    )
    language: Literal["en", "zh"] = Field(default="en", description="What names these are.")


class PlaceOf(Answer):
    """A country, a region in it, or a city."""

    name: str
    count: int
    cover: int = Field(description="Its newest photo.")
    below: list["PlaceOf"]


class Places(Answer):
    """Countries, most photos first."""

    places: list[PlaceOf]


class Tally(Answer):
    """A value, how many photos have it, and the query that finds them."""

    value: str
    count: int
    cover: int
    query: str


class Facets(Answer):
    """What there is much of, most first."""

    categories: list[Tally]
    cameras: list[Tally]
    people: list[Tally]


class GroupsOf(Portion):
    """Which groups."""

    likeness: Likeness | None = Field(default=None, description="Those of this sort alone.")


class Group(Answer):
    """Photos that belong together, the largest first, or a burst in its order."""

    likeness: Likeness
    photos: list[PhotoTile]


class Groups(Answer):
    """Photos that look alike. Nothing is ever deleted."""

    groups: list[Group]
    next: str | None = Field(description="The cursor of the next portion; null at the end.")
    total: int
    not_compared: int = Field(description="So many photos were not compared yet.")


def on_this_day(asked: Asked, params: OnDay) -> Years:
    """Show what was photographed on this day of earlier years."""
    found = asked.needs.control.overview.on_this_day(
        params.day, most=params.most, sight=asked.sight
    )
    return Years(
        years=[
            Year(day=one.day, count=one.count, photos=_tiles(asked, [p.asset for p in one.photos]))
            for one in found
        ]
    )


def places(asked: Asked, params: Language) -> Places:
    """List where photos were taken."""
    found = asked.needs.control.overview.places(params.language, asked.sight)
    return Places(places=[_place(node) for node in found])


def place_photos(asked: Asked, params: AtPlace) -> PhotoList:
    """List the photos of a place, newest first."""
    whole = asked.needs.control.overview
    node = node_at(whole.places(params.language, asked.sight), params.at.split("|"))
    if node is None:
        raise Refused(404, "there is no such place, or no photo of it is for you to see")
    found = whole.at_places(node.wanted, asked.sight)
    told = found[params.start : params.start + params.limit]
    is_more = len(found) > params.start + len(told)
    return PhotoList(
        photos=_tiles(asked, told), next=params.next(len(told), is_more=is_more and bool(told))
    )


def facets(asked: Asked) -> Facets:
    """Tell what there is much of."""
    found = asked.needs.control.overview.facets(asked.sight)
    return Facets(
        categories=_tallies(found.categories),
        cameras=_tallies(found.cameras),
        people=_tallies(found.people),
    )


def duplicates(asked: Asked, params: GroupsOf) -> Groups:
    """List photos that look alike, and bursts."""
    found = asked.needs.control.overview.like_groups(
        params.likeness, start=params.start, most=params.limit, sight=asked.sight
    )
    told = [
        Group(likeness=one.likeness, photos=_tiles(asked, [photo.asset for photo in one.photos]))
        for one in found.groups
    ]
    is_more = found.total > params.start + len(told)
    return Groups(
        groups=told,
        next=params.next(len(told), is_more=is_more and bool(told)),
        total=found.total,
        not_compared=found.not_compared,
    )


def _tiles(asked: Asked, assets: list[AssetId]) -> list[PhotoTile]:
    return [tile_of(tile) for tile in asked.needs.gallery.tiles(assets, asked.sight)]


def _place(node: PlaceNode) -> PlaceOf:
    return PlaceOf(
        name=node.name,
        count=node.count,
        cover=node.cover,
        below=[_place(one) for one in node.below],
    )


def _tallies(found: tuple[Counted, ...]) -> list[Tally]:
    return [
        Tally(value=one.value, count=one.count, cover=one.cover, query=one.query) for one in found
    ]


OPERATIONS = (
    get("/on-this-day", on_this_day),
    get("/places", places),
    get("/places/photos", place_photos, 404),
    get("/facets", facets),
    get("/duplicates", duplicates),
)
