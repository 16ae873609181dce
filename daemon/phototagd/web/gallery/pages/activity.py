"""What the daemon does, why it does nothing, and what needs a person.

GET  /activity
POST /activity/pause    POST /activity/resume
POST /activity/rescan   POST /activity/confirm
POST /activity/retry {id, id, …} or {all=yes}
"""

from collections.abc import Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.job import JobId
from phototagd.web.gallery.activity_view import activity_view
from phototagd.web.gallery.forms import Form, form_of
from phototagd.web.gallery.needs import Needs, sight_of

HERE = "/activity"
_MOST_DIGITS = 15


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    control = needs.control
    orders: dict[str, Callable[[Form], object]] = {
        "pause": lambda _: control.pause(),
        "resume": lambda _: control.resume(),
        "rescan": lambda _: control.rescan(full=True),
        "confirm": lambda _: control.confirm(None),
        "retry": lambda form: control.retry(_ids(form)),
    }
    return [
        Route(HERE, partial(_activity, needs)),
        *(
            Route(f"{HERE}/{name}", partial(_order, order), methods=["POST"])
            for name, order in orders.items()
        ),
    ]


async def _activity(needs: Needs, request: Request) -> Response:
    view = await run_in_threadpool(activity_view, needs.control, needs.gallery, sight_of(request))
    return needs.renderer.page(request, "activity.html", view=view, report=view.report)


async def _order(order: Callable[[Form], object], request: Request) -> Response:
    await run_in_threadpool(order, await form_of(request))
    return RedirectResponse(HERE, 303)


def _ids(form: Form) -> list[JobId] | None:
    """The jobs to try again; None for all. Files that could not be read have negative ids."""
    if form.one("all") == "yes":
        return None
    return [JobId(int(text)) for text in form.every("id") if _is_number(text)]


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) <= _MOST_DIGITS
