"""What is new, while a page is open.

GET /news?since=…   server-sent events, see `streaming`
"""

from functools import partial

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from phototagd.web.gallery.guards import COOKIE
from phototagd.web.gallery.needs import Needs

EVENT_STREAM = "text/event-stream"
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [Route("/news", partial(_news, needs))]


async def _news(needs: Needs, request: Request) -> Response:
    if EVENT_STREAM not in request.headers.get("accept", ""):
        return PlainTextResponse(f"this is {EVENT_STREAM}; ask for it\n", 406)
    if needs.news.is_full:
        return PlainTextResponse("too many listen already\n", 503, headers={"retry-after": "30"})
    place = request.headers.get("last-event-id") or request.query_params.get("since", "")
    viewer = partial(needs.doorman.viewer, request.cookies.get(COOKIE, ""))
    stream = needs.news.to(viewer, place)
    return StreamingResponse(stream, media_type=EVENT_STREAM, headers=_HEADERS)
