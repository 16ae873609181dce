"""One photo.

GET /photos/{id}
"""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.asset import AssetId
from phototagd.web.gallery.needs import Needs, sight_of


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [Route("/photos/{asset:int}", partial(_photo, needs))]


async def _photo(needs: Needs, request: Request) -> Response:
    asset = AssetId(request.path_params["asset"])
    sheet = await run_in_threadpool(needs.gallery.photo, asset, sight_of(request))
    if sheet is None:
        return needs.renderer.page(request, "missing.html", status=404)
    return needs.renderer.page(request, "photo.html", sheet=sheet, facts=sheet.facts)
