"""Looking for photos.

GET /search?q=…
"""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.search import HitOrder
from phototagd.web.gallery.needs import Needs, sight_of

SHOWN = 96
_MOST_LETTERS = 1000


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [Route("/search", partial(_search, needs))]


async def _search(needs: Needs, request: Request) -> Response:
    text = request.query_params.get("q", "").strip()[:_MOST_LETTERS]
    if not text:
        return RedirectResponse("/", 303)
    sight = sight_of(request)
    find = partial(needs.gallery.search, text, limit=SHOWN, order=HitOrder.RELEVANCE, sight=sight)
    found = await run_in_threadpool(find)
    assets = [hit.asset for hit in found.hits]
    tiles = await run_in_threadpool(needs.gallery.tiles, assets, sight)
    return needs.renderer.page(request, "search.html", found=found, tiles=tiles)
