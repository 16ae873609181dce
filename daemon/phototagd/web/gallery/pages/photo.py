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
from phototagd.domain.inquiry import Inquiry
from phototagd.rules.answers.inquiring import LONGEST_QUESTION
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


def photo_page(
    needs: Needs,
    request: Request,
    view: PhotoView,
    *,
    status: int = 200,
    inquiry: Inquiry | None = None,
    trouble: tuple[str, str] = ("", ""),
    is_senseless: bool = False,
) -> Response:
    """The page of a photo, with a person's question; `trouble` is why it was not asked.

    `is_senseless` when it was no question.
    """
    return needs.renderer.page(
        request,
        "photo.html",
        status=status,
        view=view,
        sheet=view.sheet,
        facts=view.sheet.facts,
        path=readable(view.sheet.facts.path),
        inquiry=inquiry,
        trouble=trouble,
        is_senseless=is_senseless,
        longest_question=LONGEST_QUESTION,
    )


async def _photo(needs: Needs, request: Request) -> Response:
    asset = AssetId(request.path_params["asset"])
    view = await run_in_threadpool(photo_view, needs, asset, sight_of(request))
    if view is None:
        return needs.renderer.page(request, "missing.html", status=404)
    return photo_page(needs, request, view)
