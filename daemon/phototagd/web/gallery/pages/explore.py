"""Ways into the library: this day in other years, places, people, kinds, cameras.

GET /explore                               everything at a glance
GET /explore/on-this-day                   all of it, year by year
GET /explore/places?at=Germany&at=Bavaria  what is below a place, and its photos
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import Sight, Tile
from phototagd.domain.overview import Anniversary, PlaceNode, Tally
from phototagd.rules.photo.place_tree import node_at
from phototagd.web.gallery.needs import Needs, sight_of
from phototagd.web.gallery.paging import number_in, pages_around

SHOWN_OF_YEAR = 200
PLACE_TILES = 96
_AT_A_GLANCE = 12
_OF_YEAR_AT_A_GLANCE = 6

Card = tuple[Tile | None, str, int, str]  # cover, name, count, address


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [
        Route("/explore", partial(_explore, needs)),
        Route("/explore/on-this-day", partial(_on_this_day, needs)),
        Route("/explore/places", partial(_places, needs)),
    ]


async def _explore(needs: Needs, request: Request) -> Response:
    look = partial(_at_a_glance, needs, needs.renderer.wording(request).language)
    return needs.renderer.page(
        request, "explore.html", **await run_in_threadpool(look, sight_of(request))
    )


async def _on_this_day(needs: Needs, request: Request) -> Response:
    look = partial(_years, needs, most=SHOWN_OF_YEAR)
    years = await run_in_threadpool(look, sight_of(request))
    return needs.renderer.page(request, "on_this_day.html", years=years)


async def _places(needs: Needs, request: Request) -> Response:
    sight, names = sight_of(request), request.query_params.getlist("at")
    language = needs.renderer.wording(request).language
    tree = await run_in_threadpool(needs.control.overview.places, language, sight)
    node = node_at(tree, names)
    if names and node is None:
        return needs.renderer.page(request, "missing.html", status=404)
    wanted = node.wanted if node else ()
    assets = await run_in_threadpool(needs.control.overview.at_places, wanted, sight)
    paging = pages_around(number_in(request, "page"), len(assets), PLACE_TILES)
    shown = assets[paging.start : paging.start + PLACE_TILES]
    below = node.below if node else tree
    return needs.renderer.page(
        request,
        "places.html",
        trail=[(name, _place_url(names[: depth + 1])) for depth, name in enumerate(names)],
        count=len(assets),
        below=await run_in_threadpool(_place_cards, needs, below, names, sight),
        tiles=await run_in_threadpool(needs.gallery.tiles, shown, sight),
        paging=paging,
        address=_place_url(names),
    )


def _at_a_glance(needs: Needs, language: str, sight: Sight) -> dict[str, Any]:
    whole = needs.control.overview
    facets = whole.facets(sight)
    return {
        "years": _years(needs, sight, most=_OF_YEAR_AT_A_GLANCE),
        "places": _place_cards(needs, whole.places(language, sight)[:_AT_A_GLANCE], [], sight),
        "categories": _tally_cards(needs, facets.categories[:_AT_A_GLANCE], sight),
        "people": _tally_cards(needs, facets.people, sight),
        "cameras": facets.cameras[:_AT_A_GLANCE],
        "searches": needs.control.searches.all(),
    }


def _years(needs: Needs, sight: Sight, *, most: int) -> list[tuple[Anniversary, list[Tile]]]:
    found = needs.control.overview.on_this_day(None, most=most, sight=sight)
    return [
        (one, needs.gallery.tiles([photo.asset for photo in one.photos], sight)) for one in found
    ]


def _place_cards(
    needs: Needs, nodes: Sequence[PlaceNode], above: Sequence[str], sight: Sight
) -> list[Card]:
    covers = _covers(needs, (node.cover for node in nodes), sight)
    return [
        (covers.get(node.cover), node.name, node.count, _place_url([*above, node.name]))
        for node in nodes
    ]


def _tally_cards(needs: Needs, tallies: Sequence[Tally], sight: Sight) -> list[Card]:
    covers = _covers(needs, (tally.cover for tally in tallies), sight)
    return [
        (covers.get(one.cover), one.value, one.count, f"/search?{urlencode({'q': one.query})}")
        for one in tallies
    ]


def _covers(needs: Needs, assets: Iterable[AssetId], sight: Sight) -> dict[AssetId, Tile]:
    return {tile.asset: tile for tile in needs.gallery.tiles(list(assets), sight)}


def _place_url(names: Sequence[str]) -> str:
    return "/explore/places?" + urlencode([("at", name) for name in names])
