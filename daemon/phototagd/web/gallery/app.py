"""The gallery as one application: guards outside, pages inside."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response

from phototagd.domain.errors import Unavailable
from phototagd.ports import Clock, Control, DoorKeys, Gallery, Newsstand, Uploads
from phototagd.web.gallery.api.app import api
from phototagd.web.gallery.doorman import Doorman
from phototagd.web.gallery.guards import Gate, KnownHosts, OwnPages, SafeHeaders
from phototagd.web.gallery.lately import LatelyEdited
from phototagd.web.gallery.needs import Needs
from phototagd.web.gallery.pages import (
    activity,
    alike,
    asking,
    editing,
    explore,
    login,
    news,
    photo,
    saving,
    search,
    thumbnails,
    timeline,
    upload,
    vocabulary,
)
from phototagd.web.gallery.problems import is_for_api, told
from phototagd.web.gallery.rendering import Renderer
from phototagd.web.gallery.statics import Statics
from phototagd.web.gallery.streaming import NewsStream

PAGES = (
    *(timeline, photo, editing, asking, search, news, thumbnails, login, explore, alike, saving),
    *(activity, upload, vocabulary),
)
"""A new page is a file with `routes(needs)` and its name here."""

Apology = Callable[[Request, Exception], Awaitable[Response]]


def gallery_app(
    *,
    gallery: Gallery,
    control: Control,
    newsstand: Newsstand,
    uploads: Uploads,
    keys: DoorKeys,
    clock: Clock,
    hosts: Collection[str],
) -> Starlette:
    """The gallery; `hosts` are the names it may be called by, besides addresses."""
    statics = Statics()
    doorman = Doorman(keys=keys, clock=clock)
    renderer = Renderer(statics=statics)
    needs = Needs(
        gallery=gallery,
        control=control,
        uploads=uploads,
        doorman=doorman,
        renderer=renderer,
        lately=LatelyEdited(control=control),
        news=NewsStream(newsstand=newsstand, gallery=gallery, control=control),
        statics=statics,
    )
    return Starlette(
        routes=[
            *statics.routes(),
            api(needs),
            *(route for page in PAGES for route in page.routes(needs)),
        ],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(KnownHosts, names=hosts),
            Middleware(OwnPages),
            Middleware(Gate, doorman=doorman),
        ],
        exception_handlers=_apologies(renderer),
    )


def _apologies(renderer: Renderer) -> Mapping[Any, Apology]:
    """What is answered where something is not there, or not now."""

    async def missing(request: Request, _error: Exception) -> Response:
        if is_for_api(request.scope):  # no route matches an address with a line break
            return told(request.scope, 404, "there is nothing at this address")
        return renderer.page(request, "missing.html", status=404)

    async def unavailable(request: Request, error: Exception) -> Response:
        assert isinstance(error, Unavailable)
        return renderer.page(request, "unavailable.html", status=503, error=error)

    return {404: missing, Unavailable: unavailable}
