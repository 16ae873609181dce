"""What is new, while a program listens."""

from pydantic import Field
from starlette.responses import Response, StreamingResponse

from phototagd.web.gallery.api.operation import Asked, get
from phototagd.web.gallery.api.shapes import Params
from phototagd.web.gallery.problems import Refused

EVENT_STREAM = "text/event-stream"
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


class Since(Params):
    """Where to go on."""

    since: str = Field(
        default="", max_length=100, description="`id` of the last event that was heard."
    )


async def events(asked: Asked, params: Since) -> Response:
    """Listen to what is new: server-sent events, until one side hangs up.

    `snapshot` comes first, and when something was missed: look at everything anew. `news` names
    in `photos` those that changed; `work` tells how far everything is. Ask for text/event-stream.
    """
    if EVENT_STREAM not in asked.accepts:
        raise Refused(406, f"this is {EVENT_STREAM}", f"send Accept: {EVENT_STREAM}")
    if asked.needs.news.is_full:
        raise Refused(503, "too many listen already", "hang up elsewhere, or try again later")
    stream = asked.needs.news.to(asked.look_again, params.since)
    return StreamingResponse(stream, media_type=EVENT_STREAM, headers=_HEADERS)


OPERATIONS = (get("/events", events, 406, gives=EVENT_STREAM),)
