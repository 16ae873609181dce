"""The library as a whole, and saved searches, of the running daemon, as commands reach them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from phototagd.adapters.vocabulary_client import Ask
from phototagd.domain.asset import AssetId, Place
from phototagd.domain.gallery import Month, Sight
from phototagd.domain.likeness import LikeGroups, Likeness
from phototagd.domain.overview import Anniversary, Facets, PlaceNode
from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder
from phototagd.rules.wire.overview import (
    anniversary_from_json,
    facets_from_json,
    groups_from_json,
    month_from_json,
    place_from_json,
    search_from_json,
)

_WORK_SECONDS = 900.0  # counts or compares every photo


class OverviewClient:
    """The port `Overview` over the control API."""

    def __init__(self, *, ask: Ask) -> None:
        self._ask = ask

    def timeline(self, sight: Sight) -> list[Month]:
        """All months that have photos, newest first."""
        return [month_from_json(month) for month in self._get("/timeline", sight)]

    def on_this_day(self, day: date | None, *, most: int, sight: Sight) -> list[Anniversary]:
        """Earlier years of a day, newest first."""
        asked = {} if day is None else {"day": day.isoformat()}
        found = self._get("/on-this-day", sight, most=most, **asked)
        return [anniversary_from_json(one) for one in found]

    def places(self, language: str, sight: Sight) -> tuple[PlaceNode, ...]:
        """Countries, regions and cities, most photos first."""
        return tuple(map(place_from_json, self._get("/places", sight, language=language)))

    def at_places(self, wanted: Sequence[Place], sight: Sight) -> list[AssetId]:
        """The photos in any of these places, newest first."""
        body = {"wanted": [asdict(place) for place in wanted], "private": sight.sees_private}
        found: list[AssetId] = self._ask("POST", "/places", body, seconds=_WORK_SECONDS)
        return found

    def facets(self, sight: Sight) -> Facets:
        """What there is much of."""
        return facets_from_json(self._get("/facets", sight))

    def like_groups(
        self, likeness: Likeness | None, *, start: int, most: int, sight: Sight
    ) -> LikeGroups:
        """Photos that look alike."""
        asked = {} if likeness is None else {"likeness": likeness.value}
        return groups_from_json(self._get("/duplicates", sight, start=start, most=most, **asked))

    def _get(self, path: str, sight: Sight, **asked: Any) -> Any:
        query = asked | ({"private": "yes"} if sight.sees_private else {})
        return self._ask("GET", path, query=query, seconds=_WORK_SECONDS)


class SearchesClient:
    """The port `SavedSearches` over the control API."""

    def __init__(self, *, ask: Ask) -> None:
        self._ask = ask

    def all(self) -> list[SavedSearch]:
        """All of them, by name."""
        return [search_from_json(one) for one in self._ask("GET", "/searches")]

    def save(self, name: str, query: str, order: HitOrder) -> SavedSearch:
        """Keep a query under a name, in place of another of that name."""
        body = {"name": name, "query": query, "order": order.value}
        return search_from_json(self._ask("POST", "/searches", body))

    def remove(self, name: str) -> bool:
        """Forget it; False where there is none of that name."""
        return bool(self._ask("POST", "/searches/remove", {"name": name})["is_removed"])
