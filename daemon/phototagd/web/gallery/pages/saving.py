"""Searches that are kept under a name.

POST /searches/save {q, order, name}    POST /searches/remove {name}
"""

from functools import partial
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.search import HitOrder
from phototagd.web.gallery.forms import form_of
from phototagd.web.gallery.needs import Needs


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [
        Route("/searches/save", partial(_save, needs), methods=["POST"]),
        Route("/searches/remove", partial(_remove, needs), methods=["POST"]),
    ]


async def _save(needs: Needs, request: Request) -> Response:
    form = await form_of(request)
    order = HitOrder.DATE if form.one("order") == HitOrder.DATE else HitOrder.RELEVANCE
    text = form.one("q")
    try:
        save = partial(needs.control.searches.save, form.one("name") or text[:100], text, order)
        await run_in_threadpool(save)
    except ValueError:  # the form's own limits let nothing of that kind through
        return RedirectResponse("/explore", 303)
    return RedirectResponse(f"/search?{urlencode({'q': text, 'order': order.value})}", 303)


async def _remove(needs: Needs, request: Request) -> Response:
    form = await form_of(request)
    await run_in_threadpool(needs.control.searches.remove, form.one("name"))
    return RedirectResponse("/explore#searches", 303)
