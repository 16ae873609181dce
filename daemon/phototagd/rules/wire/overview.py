"""How do months, places, anniversaries, groups and saved searches travel as JSON?

Names of files are spelt as in `showing`; times of photos are ISO 8601 on the photo's own clock.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from phototagd.domain.asset import AssetId, Place
from phototagd.domain.gallery import Month
from phototagd.domain.likeness import Alike, Copy, LikeGroup, LikeGroups, Likeness
from phototagd.domain.overview import Anniversary, Facets, Glimpse, PlaceNode, Tally
from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder
from phototagd.rules.wire.showing import path_fields, path_from

Json = dict[str, Any]
Given = Mapping[str, Any]


def month_to_json(month: Month) -> Json:
    """A month of the timeline."""
    return asdict(month)


def month_from_json(given: Given) -> Month:
    """The reverse."""
    return Month(given["name"], given["count"], given["aspects"])


def anniversary_to_json(found: Anniversary) -> Json:
    """A day of an earlier year."""
    photos = [
        {
            **path_fields(photo.path),
            "asset": photo.asset,
            "caption": photo.caption,
            "taken_at": _moment(photo.taken_at),
        }
        for photo in found.photos
    ]
    return {"day": found.day.isoformat(), "count": found.count, "photos": photos}


def anniversary_from_json(given: Given) -> Anniversary:
    """The reverse."""
    photos = tuple(
        Glimpse(photo["asset"], path_from(photo), photo["caption"], _read(photo["taken_at"]))
        for photo in given["photos"]
    )
    return Anniversary(date.fromisoformat(given["day"]), given["count"], photos)


def place_to_json(node: PlaceNode) -> Json:
    """A country, a region or a city with what is below it."""
    return {
        "name": node.name,
        "wanted": [asdict(place) for place in node.wanted],
        "count": node.count,
        "cover": node.cover,
        "newest_at": node.newest_at,
        "below": [place_to_json(below) for below in node.below],
    }


def place_from_json(given: Given) -> PlaceNode:
    """The reverse."""
    return PlaceNode(
        name=given["name"],
        wanted=places_from_json(given["wanted"]),
        count=given["count"],
        cover=given["cover"],
        newest_at=given["newest_at"],
        below=tuple(map(place_from_json, given["below"])),
    )


def places_from_json(given: Any) -> tuple[Place, ...]:
    """Places; raises ValueError for what is none."""
    try:
        return tuple(Place(**place) for place in given)
    except TypeError as error:
        raise ValueError("places are objects with city, state, country, country_code") from error


def facets_to_json(facets: Facets) -> Json:
    """What there is much of."""
    return asdict(facets)


def facets_from_json(given: Given) -> Facets:
    """The reverse."""
    return Facets(**{name: tuple(Tally(**one) for one in found) for name, found in given.items()})


def groups_to_json(found: LikeGroups) -> Json:
    """Photos that look alike."""
    return {
        "groups": [
            {"likeness": group.likeness.value, "photos": list(map(_alike_to_json, group.photos))}
            for group in found.groups
        ],
        "total": found.total,
        "not_compared": found.not_compared,
    }


def groups_from_json(given: Given) -> LikeGroups:
    """The reverse."""
    groups = tuple(
        LikeGroup(Likeness(group["likeness"]), tuple(map(_alike_from_json, group["photos"])))
        for group in given["groups"]
    )
    return LikeGroups(groups, given["total"], given["not_compared"])


def search_to_json(search: SavedSearch) -> Json:
    """A search that is kept."""
    return {"name": search.name, "query": search.query, "order": search.order.value}


def search_from_json(given: Given) -> SavedSearch:
    """The reverse."""
    return SavedSearch(given["name"], given["query"], HitOrder(given["order"]))


def _alike_to_json(photo: Alike) -> Json:
    return {
        "asset": photo.asset,
        "width": photo.width,
        "height": photo.height,
        "taken_at": _moment(photo.taken_at),
        "copies": [{**path_fields(copy.path), "size": copy.size} for copy in photo.copies],
    }


def _alike_from_json(given: Given) -> Alike:
    copies = tuple(Copy(path_from(copy), copy["size"]) for copy in given["copies"])
    asset = AssetId(given["asset"])
    return Alike(asset, given["width"], given["height"], _read(given["taken_at"]), copies)


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _read(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
