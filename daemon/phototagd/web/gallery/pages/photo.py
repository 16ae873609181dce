"""One photo: what is seen in it, where that came from, and what became of it.

GET /photos/{id}
"""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import Sight
from phototagd.rules.wire.showing import readable
from phototagd.web.gallery.needs import Needs, sight_of
from phototagd.web.gallery.photo_view import PhotoView, view_of


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [Route("/photos/{asset:int}", partial(_photo, needs))]


def photo_view(needs: Needs, asset: AssetId, sight: Sight) -> PhotoView | None:
    """Everything to be shown of a photo; None when it is gone or must not be seen."""
    sheet = needs.gallery.photo(asset, sight)
    if sheet is None:
        return None
    path = sheet.facts.path
    return view_of(sheet, needs.control.show(path), needs.control.history(path))


async def _photo(needs: Needs, request: Request) -> Response:
    asset = AssetId(request.path_params["asset"])
    view = await run_in_threadpool(photo_view, needs, asset, sight_of(request))
    if view is None:
        return needs.renderer.page(request, "missing.html", status=404)
    facts = view.sheet.facts
    return needs.renderer.page(
        request,
        "photo.html",
        view=view,
        sheet=view.sheet,
        facts=facts,
        path=readable(facts.path),
    )
