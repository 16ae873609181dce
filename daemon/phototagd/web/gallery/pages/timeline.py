"""The timeline: newest photos at once, the rest by scrolling, or month by month without script.

GET /                              the timeline
GET /months/{month}?page=2         one month (`2026-11`, `undated`), for browsers without script
GET /timeline/months.json          name, count and sum of aspects of every month, newest first;
                                   a month of more than 10,000 photos comes as its days
GET /timeline/{month}.json         columns of a month: ids, aspects times 100, days
GET /timeline/tiles.json?ids=1,2   version, caption and shape of some photos
"""

from datetime import date
from functools import partial
from itertools import chain, islice

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import UNDATED, Month, Sight, Tile
from phototagd.ports import Gallery
from phototagd.web.gallery.needs import Needs, sight_of
from phototagd.web.gallery.paging import number_in, pages_around
from phototagd.web.gallery.wording import Wording

FIRST_TILES = 60
MONTH_TILES = 96
_MOST_TILES = 200


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [
        Route("/", partial(_timeline, needs)),
        Route("/months/{month}", partial(_month_page, needs)),
        Route("/timeline/months.json", partial(_months, needs)),
        Route("/timeline/tiles.json", partial(_tiles, needs)),
        Route("/timeline/{month}.json", partial(_month, needs)),
    ]


def heading(month: str, t: Wording) -> str:
    """November 2026, or Saturday, 21 November 2026, or that the time is not known."""
    if month == UNDATED:
        return t("timeline.undated")
    year, number, *day = map(int, month.split("-"))
    return t.day(date(year, number, day[0])) if day else t.month(date(year, number, 1))


async def _timeline(needs: Needs, request: Request) -> Response:
    sight = sight_of(request)
    t = needs.renderer.wording(request)
    months = await run_in_threadpool(needs.gallery.months, sight)
    tiles = await run_in_threadpool(_newest, needs.gallery, months, sight)
    return needs.renderer.page(
        request,
        "timeline.html",
        months=_columns(months),
        sections=[(month, heading(month.name, t), shown) for month, shown in tiles],
        years=_years(months),
        total=sum(month.count for month in months),
        words=t.under("timeline"),
    )


async def _month_page(needs: Needs, request: Request) -> Response:
    sight, name = sight_of(request), request.path_params["month"]
    months = await run_in_threadpool(needs.gallery.months, sight)
    names = [month.name for month in months]
    if name not in names:
        return needs.renderer.page(request, "missing.html", status=404)
    photos = await run_in_threadpool(needs.gallery.month, name, sight)
    paging = pages_around(number_in(request, "page"), len(photos.assets), MONTH_TILES)
    wanted = photos.assets[paging.start : paging.start + MONTH_TILES]
    at = names.index(name)
    return needs.renderer.page(
        request,
        "month.html",
        name=name,
        heading=heading(name, needs.renderer.wording(request)),
        count=len(photos.assets),
        tiles=await run_in_threadpool(needs.gallery.tiles, wanted, sight),
        paging=paging,
        is_picking=request.query_params.get("pick") == "yes",
        newer=names[at - 1] if at else "",
        older=names[at + 1] if at + 1 < len(names) else "",
        years=_years(months),
    )


async def _months(needs: Needs, request: Request) -> Response:
    months = await run_in_threadpool(needs.gallery.months, sight_of(request))
    return JSONResponse(_columns(months))


async def _month(needs: Needs, request: Request) -> Response:
    photos = await run_in_threadpool(
        needs.gallery.month, request.path_params["month"], sight_of(request)
    )
    return JSONResponse(
        {
            "ids": photos.assets,
            "aspects": [round(aspect * 100) for aspect in photos.aspects],
            "days": photos.days,
        }
    )


async def _tiles(needs: Needs, request: Request) -> Response:
    wanted = [part for part in request.query_params.get("ids", "").split(",") if part.isdecimal()]
    assets = [AssetId(int(part)) for part in wanted[:_MOST_TILES]]
    tiles = await run_in_threadpool(needs.gallery.tiles, assets, sight_of(request))
    return JSONResponse([[t.asset, t.version, t.caption, t.width, t.height] for t in tiles])


def _newest(gallery: Gallery, months: list[Month], sight: Sight) -> list[tuple[Month, list[Tile]]]:
    """The first tiles of the timeline, month by month."""
    shown = []
    left = FIRST_TILES
    for month in months:
        if left <= 0:
            break
        tiles = gallery.tiles(gallery.month(month.name, sight).assets[:left], sight)
        shown.append((month, tiles))
        left -= len(tiles)
    return shown


def _columns(months: list[Month]) -> dict[str, list[object]]:
    return {
        "names": [month.name for month in months],
        "counts": [month.count for month in months],
        "aspects": [round(month.aspects, 2) for month in months],
    }


def _years(months: list[Month]) -> list[tuple[str, str]]:
    """Every year with its newest month, newest first; the undated ones at the end."""
    newest: dict[str, str] = {}
    for month in months:
        newest.setdefault(month.name if month.name == UNDATED else month.name[:4], month.name)
    return list(islice(chain(newest.items()), 300))
