"""Small pictures: the version in the address changes with the picture, so they keep for ever.

GET /thumbnails/{version}/{id}/{256|1440}.webp
"""

from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import NotYet, PhotoError, ProcessKilled
from phototagd.domain.gallery import ThumbnailSize
from phototagd.web.gallery.needs import Needs, sight_of

_FOR_EVER = "private, max-age=31536000, immutable"
_NEVER = "no-store"
_SIZES = {str(size.value): size for size in ThumbnailSize}


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    path = "/thumbnails/{version}/{asset:int}/{size}.webp"
    return [Route(path, partial(_thumbnail, needs))]


async def _thumbnail(needs: Needs, request: Request) -> Response:
    version, asset = request.path_params["version"], AssetId(request.path_params["asset"])
    size = _SIZES.get(request.path_params["size"])
    if size is None:
        return _none("there is no such size")
    try:
        found = await run_in_threadpool(needs.gallery.thumbnail, asset, size, sight_of(request))
    except (NotYet, PhotoError, ProcessKilled):
        return _placeholder(needs)
    if found is None:
        return _none("there is no such photo")
    if found.version != version:
        return RedirectResponse(f"/thumbnails/{found.version}/{asset}/{int(size)}.webp", 302)
    headers = {"cache-control": _NEVER if found.is_private else _FOR_EVER}
    return Response(found.webp, media_type="image/webp", headers=headers)


def _placeholder(needs: Needs) -> Response:
    """A calm picture where there is none: browsers show it whatever the status says."""
    content = needs.statics.content("no_picture.svg")
    return Response(content, 404, {"cache-control": _NEVER}, media_type="image/svg+xml")


def _none(reason: str) -> Response:
    return PlainTextResponse(f"{reason}\n", 404, headers={"cache-control": _NEVER})
