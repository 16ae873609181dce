"""Photos that look alike, side by side, with sizes and paths; nothing is deleted here.

GET /explore/duplicates?kind=copies|similar|burst&page=2
"""

from dataclasses import dataclass
from functools import partial

from babel.numbers import format_decimal
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.gallery import Sight, Tile
from phototagd.domain.likeness import Alike, LikeGroup, Likeness
from phototagd.rules.wire.showing import readable
from phototagd.web.gallery.needs import Needs, sight_of
from phototagd.web.gallery.paging import number_in, pages_around
from phototagd.web.gallery.wording import Wording

GROUPS_ON_PAGE = 20
_MOST_OF_GROUP = 30
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo of a group as the page shows it; each copy with its size in megabytes."""

    tile: Tile
    shape: str
    copies: list[tuple[str, str]]


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [Route("/explore/duplicates", partial(_duplicates, needs))]


async def _duplicates(needs: Needs, request: Request) -> Response:
    sight, t = sight_of(request), needs.renderer.wording(request)
    wanted = request.query_params.get("kind", "")
    likeness = Likeness(wanted) if wanted in set(Likeness) else None
    number = number_in(request, "page")
    compare = partial(needs.control.overview.like_groups, likeness, sight=sight)
    start = (number - 1) * GROUPS_ON_PAGE
    found = await run_in_threadpool(partial(compare, start=start, most=GROUPS_ON_PAGE))
    groups = await run_in_threadpool(
        lambda: [
            (group.likeness, len(group.photos), _shown(needs, group, t, sight))
            for group in found.groups
        ]
    )
    return needs.renderer.page(
        request,
        "duplicates.html",
        kind=likeness.value if likeness else "",
        kinds=["", *(kind.value for kind in Likeness)],
        groups=[group for group in groups if group[2]],
        total=found.total,
        not_compared=found.not_compared,
        paging=pages_around(number, found.total, GROUPS_ON_PAGE),
    )


def _shown(needs: Needs, group: LikeGroup, t: Wording, sight: Sight) -> list[Shown]:
    photos = {photo.asset: photo for photo in group.photos[:_MOST_OF_GROUP]}
    tiles = needs.gallery.tiles(list(photos), sight)
    return [_one(tile, photos[tile.asset], t) for tile in tiles]


def _one(tile: Tile, photo: Alike, t: Wording) -> Shown:
    copies = [(_megabytes(copy.size, t), readable(copy.path)) for copy in photo.copies]
    shape = f"{photo.width} \xd7 {photo.height}" if photo.width else ""
    return Shown(tile, shape, copies)


def _megabytes(size: int, t: Wording) -> str:
    return f"{format_decimal(size / _MEGABYTE, format='#,##0.00', locale=t.locale)} MB"
