"""A person's own question about a photo.

POST /photos/{id}/ask            {question}
GET  /photos/{id}/asked/{name}   the photo's page with the answer, or that it is awaited
"""

from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.rules.answers.inquiring import cleaned_question
from phototagd.web.gallery.forms import form_of
from phototagd.web.gallery.needs import Needs, sight_of
from phototagd.web.gallery.pages.photo import photo_page, photo_view


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [
        Route("/photos/{asset:int}/ask", partial(_ask, needs), methods=["POST"]),
        Route("/photos/{asset:int}/asked/{name}", partial(_asked, needs)),
    ]


async def _ask(needs: Needs, request: Request) -> Response:
    asset = AssetId(request.path_params["asset"])
    text = (await form_of(request)).one("question")
    sheet = await run_in_threadpool(needs.gallery.photo, asset, sight_of(request))
    if sheet is None:
        return needs.renderer.page(request, "missing.html", status=404)
    try:
        question = cleaned_question(text)
        inquiry = await run_in_threadpool(needs.control.ask, sheet.facts.path, question)
    except ValueError:
        return await _refused(needs, request, 400, is_senseless=True)
    except PhototagdError as error:
        remedy = error.remedy if isinstance(error, Unavailable) else ""
        return await _refused(needs, request, 503, trouble=(str(error), remedy))
    return RedirectResponse(f"/photos/{asset}/asked/{inquiry.id}", 303)


async def _asked(needs: Needs, request: Request) -> Response:
    asset = AssetId(request.path_params["asset"])
    view = await run_in_threadpool(photo_view, needs, asset, sight_of(request))
    inquiry = await run_in_threadpool(needs.control.asked, request.path_params["name"])
    if view is None or (inquiry is not None and inquiry.path != view.sheet.facts.path):
        return needs.renderer.page(request, "missing.html", status=404)
    return photo_page(needs, request, view, inquiry=inquiry)


async def _refused(needs: Needs, request: Request, status: int, **why: Any) -> Response:
    """The photo's page with the reason why nothing was asked."""
    asset = AssetId(request.path_params["asset"])
    view = await run_in_threadpool(photo_view, needs, asset, sight_of(request))
    if view is None:
        return needs.renderer.page(request, "missing.html", status=404)
    return photo_page(needs, request, view, status=status, **why)
