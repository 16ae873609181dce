"""Photos in, words out: send some, and see what the model says as soon as it does.

GET  /upload?photos=1,2   the form, and how far these photos are
POST /upload              a form with files; leads on to the photos
"""

from dataclasses import dataclass
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import PhotoSheet, Sight
from phototagd.domain.job import JobState
from phototagd.domain.status import TagReport
from phototagd.web.gallery.form_files import FormFiles, Sent
from phototagd.web.gallery.needs import Needs, sight_of

_MOST_PHOTOS = 200
_MOST_DIGITS = 18
_UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


def routes(needs: Needs) -> list[BaseRoute]:
    """What this file answers."""
    return [
        Route("/upload", partial(_show, needs)),
        Route("/upload", partial(_receive, needs), methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Card:
    """A photo that was sent, and how far it is."""

    sheet: PhotoSheet
    report: TagReport | None

    @property
    def is_waiting(self) -> bool:
        """Whether words may still come."""
        return self.report is not None and self.report.state in _UNFINISHED

    @property
    def trouble(self) -> str:
        """Why no words will come; empty when they do."""
        is_dead = self.report is not None and self.report.state is JobState.DEAD
        return self.report.reason if self.report is not None and is_dead else ""


async def _show(needs: Needs, request: Request) -> Response:
    wanted = request.query_params.get("photos", "").split(",")
    assets = [AssetId(int(one)) for one in wanted if one.isdecimal() and len(one) <= _MOST_DIGITS]
    return await _page(needs, request, assets[:_MOST_PHOTOS], [])


async def _receive(needs: Needs, request: Request) -> Response:
    if not needs.uploads.most_bytes:
        return PlainTextResponse("no photos may be sent here; see web.upload_mb\n", 403)
    try:
        form = FormFiles(
            uploads=needs.uploads, content_type=request.headers.get("content-type", "")
        )
        try:
            async for piece in request.stream():
                await run_in_threadpool(form.feed, piece)
            sent = form.finish()
        finally:
            await run_in_threadpool(form.drop)
    except ValueError as error:
        return PlainTextResponse(f"{error}\n", 400)
    assets = [one.received.asset for one in sent if one.received and one.received.asset]
    troubles = [one for one in sent if one.received is None]
    if troubles:
        return await _page(needs, request, assets, troubles)
    return RedirectResponse(f"/upload?photos={','.join(map(str, assets))}", 303)


async def _page(
    needs: Needs, request: Request, assets: list[AssetId], troubles: list[Sent]
) -> Response:
    cards = await run_in_threadpool(_cards, needs, assets, sight_of(request))
    return needs.renderer.page(
        request,
        "upload.html",
        cards=cards,
        troubles=troubles,
        is_waiting=any(card.is_waiting for card in cards),
        hidden=len(assets) - len(cards),
        most_bytes=needs.uploads.most_bytes,
        words=needs.renderer.wording(request).under("upload"),
    )


def _cards(needs: Needs, assets: list[AssetId], sight: Sight) -> list[Card]:
    """What is known of the photos that may be seen, the last that was sent first."""
    cards = []
    for asset in dict.fromkeys(reversed(assets)):
        sheet = needs.gallery.photo(asset, sight)
        if sheet is not None:
            reports = needs.control.tagged(needs.gallery.copies(asset, sight)[:1])
            cards.append(Card(sheet, next(iter(reports), None)))
    return cards
