"""Ways into the library besides searching, and saved searches, over the control API.

GET  /timeline                      GET  /places?language=en
GET  /on-this-day?day=2026-11-21&most=20     GET  /facets
POST /places {"wanted": [{"city": …, "state": …, "country": …, "country_code": …}]}
GET  /duplicates?likeness=similar&start=0&most=100
GET  /searches    POST /searches {"name": …, "query": …, "order": "relevance"|"date"}
POST /searches/remove {"name": …}

With `private=yes` private photos are among them.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from starlette.routing import Route

from phototagd.domain.gallery import Sight
from phototagd.domain.likeness import Likeness
from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder
from phototagd.ports import Control
from phototagd.rules.search.saving import kept_as
from phototagd.rules.wire.overview import (
    anniversary_to_json,
    facets_to_json,
    groups_to_json,
    month_to_json,
    place_to_json,
    places_from_json,
    search_to_json,
)

Given = Mapping[str, Any]
MakeRoute = Callable[[str, Callable[[Given], Any], Callable[[Any], object]], Route]
_MOST = 1_000_000


def overview_routes(control: Control, *, get: MakeRoute, post: MakeRoute) -> list[Route]:
    """Where the library is looked over; `get` and `post` make a route from a parser and a call."""
    whole = control.overview
    kept = control.searches
    return [
        get("/timeline", _sight, lambda sight: [month_to_json(m) for m in whole.timeline(sight)]),
        get(
            "/on-this-day",
            _day,
            lambda asked: [anniversary_to_json(one) for one in whole.on_this_day(**asked)],
        ),
        get(
            "/places",
            _language,
            lambda asked: [place_to_json(node) for node in whole.places(*asked)],
        ),
        post("/places", _wanted, lambda asked: whole.at_places(*asked)),
        get("/facets", _sight, lambda sight: facets_to_json(whole.facets(sight))),
        get("/duplicates", _groups, lambda asked: groups_to_json(whole.like_groups(**asked))),
        get("/searches", dict, lambda _: [search_to_json(one) for one in kept.all()]),
        post(
            "/searches",
            _search,
            lambda one: search_to_json(kept.save(one.name, one.query, one.order)),
        ),
        post("/searches/remove", _name, lambda name: {"is_removed": kept.remove(name)}),
    ]


def _sight(given: Given) -> Sight:
    return Sight(sees_private=given.get("private") in {"yes", True})


def _day(given: Given) -> dict[str, Any]:
    day = date.fromisoformat(given["day"]) if "day" in given else None
    return {"day": day, "most": _number(given, "most", 20), "sight": _sight(given)}


def _language(given: Given) -> tuple[str, Sight]:
    return str(given.get("language", "en")), _sight(given)


def _wanted(given: Given) -> tuple[Any, Sight]:
    return places_from_json(given.get("wanted")), _sight(given)


def _groups(given: Given) -> dict[str, Any]:
    likeness = Likeness(given["likeness"]) if "likeness" in given else None
    start, most = _number(given, "start", 0), _number(given, "most", 100)
    return {"likeness": likeness, "start": start, "most": most, "sight": _sight(given)}


def _search(given: Given) -> SavedSearch:
    order = HitOrder(given.get("order", HitOrder.RELEVANCE))
    return kept_as(str(given.get("name", "")), str(given.get("query", "")), order)


def _name(given: Given) -> str:
    return str(given.get("name", ""))


def _number(given: Given, name: str, usual: int) -> int:
    number = int(given.get(name, usual))
    if not 0 <= number <= _MOST:
        raise ValueError(f"{name} must be a number from 0 to {_MOST}")
    return number
