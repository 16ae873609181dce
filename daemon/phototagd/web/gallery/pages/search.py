"""Looking for photos, and for photos like one.

GET  /search?q=…&order=relevance|date&limit=96
POST /search/not-this {q, order, asset, is_meant}
GET  /photos/{id}/similar
"""

from functools import partial
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.asset import AssetId
from phototagd.domain.search import Found, HitOrder
from phototagd.web.gallery.forms import form_of
from phototagd.web.gallery.needs import Needs, sight_of
from phototagd.web.gallery.paging import number_in
from phototagd.web.gallery.search_view import SearchView, search_view

SHOWN = 96
MOST_SHOWN = 768
_MOST_LETTERS = 1000
_MOST_DIGITS = 15


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [
        Route("/search", partial(_search, needs)),
        Route("/search/not-this", partial(_not_this, needs), methods=["POST"]),
        Route("/photos/{asset:int}/similar", partial(_similar, needs)),
    ]


async def _search(needs: Needs, request: Request) -> Response:
    text = _query(request.query_params.get("q", ""))
    if not text:
        return RedirectResponse("/", 303)
    sight, order = sight_of(request), _order(request.query_params.get("order", ""))
    limit = min(max(number_in(request, "limit"), SHOWN), MOST_SHOWN)
    find = partial(needs.gallery.search, text, limit=limit, order=order, sight=sight)
    view = await _viewed(needs, request, await run_in_threadpool(find), order, limit)
    refused = number_in(request, "refused") if "refused" in request.query_params else 0
    return needs.renderer.page(
        request, "search.html", view=view, found=view.found, refused=refused, text=text
    )


async def _similar(needs: Needs, request: Request) -> Response:
    asset, sight = AssetId(request.path_params["asset"]), sight_of(request)
    sheet = await run_in_threadpool(needs.gallery.photo, asset, sight)
    similar = partial(needs.gallery.similar, asset, limit=SHOWN, sight=sight)
    found = await run_in_threadpool(similar)
    if sheet is None or found is None:
        return needs.renderer.page(request, "missing.html", status=404)
    view = await _viewed(needs, request, found, HitOrder.RELEVANCE, MOST_SHOWN)
    return needs.renderer.page(
        request, "similar.html", view=view, found=found, like=sheet.tile, text=""
    )


async def _not_this(needs: Needs, request: Request) -> Response:
    form = await form_of(request)
    text, order = _query(form.one("q")), _order(form.one("order"))
    number = form.one("asset")
    if not text or not number.isdecimal() or len(number) > _MOST_DIGITS:
        return RedirectResponse("/", 303)
    is_meant = form.one("is_meant") == "yes"
    note = partial(needs.gallery.not_this, AssetId(int(number)), text, is_meant=is_meant)
    is_noted = await run_in_threadpool(partial(note, sight=sight_of(request)))
    told = {"refused": number} if is_noted and not is_meant else {}
    return RedirectResponse(f"/search?{urlencode({'q': text, 'order': order, **told})}", 303)


async def _viewed(
    needs: Needs, request: Request, found: Found, order: HitOrder, limit: int
) -> SearchView:
    assets = [hit.asset for hit in found.hits]
    tiles = await run_in_threadpool(needs.gallery.tiles, assets, sight_of(request))
    return search_view(found, tiles, order=order, limit=limit, most=MOST_SHOWN)


def _query(text: str) -> str:
    return text.strip()[:_MOST_LETTERS]


def _order(text: str) -> HitOrder:
    return HitOrder.DATE if text == HitOrder.DATE else HitOrder.RELEVANCE
