"""What stands before every page: headers, hosts, foreign pages, strangers."""

from collections.abc import Callable, Collection
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from phototagd.rules.service.door import comes_from_own_page, is_known_host
from phototagd.web.gallery.doorman import Doorman, Viewer
from phototagd.web.gallery.problems import bearer_in, is_for_api, told

COOKIE = "phototagd_session"
OPEN_PREFIXES = ("/static/", "/login", "/language")
"""The only paths that strangers may ask for: nothing below them tells of photos."""

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class SafeHeaders:
    """Puts the headers on every answer; `Cache-Control: private, no-cache` unless it says else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its answer with headers back."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("cache-control", "private, no-cache")
            await send(message)

        await self._app(scope, receive, sending)


class KnownHosts:
    """Answers only requests that call this gallery by a name it knows."""

    def __init__(self, app: ASGIApp, *, names: Collection[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) == 1 and is_known_host(hosts[0], self._names):
            await self._app(scope, receive, send)
            return
        answer = told(scope, 421, "this host is not served here; see web.hosts")
        await answer(scope, receive, send)


class OwnPages:
    """Refuses what other sites' pages send in the name of the person who looks at them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        headers = Headers(scope=scope)
        is_own = comes_from_own_page(
            scope["method"],
            fetch_site=headers.get("sec-fetch-site", ""),
            origin=headers.get("origin", ""),
            host=headers.get("host", ""),
        )
        answer = self._app if is_own else told(scope, 403, "sent by another site")
        await answer(scope, receive, send)


class Gate:
    """Finds out who looks, and lets strangers see nothing but the way in.

    Pages find the viewer in `request.state.viewer`.
    """

    def __init__(self, app: ASGIApp, *, doorman: Doorman) -> None:
        self._app = app
        self._doorman = doorman

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or show the way in."""
        request = Request(scope)
        viewer = await run_in_threadpool(who_shows(request, self._doorman))
        request.state.viewer = viewer
        is_open = request.url.path.startswith(OPEN_PREFIXES)
        answer = self._app if viewer.is_welcome or is_open else _way_in(request)
        await answer(scope, receive, send)


def who_shows(request: Request, doorman: Doorman) -> Callable[[], Viewer]:
    """Tells who sent a request, now or later: by a token, for the API alone, or by the cookie."""
    token = bearer_in(request.scope) if is_for_api(request.scope) else None
    if token is not None:
        return partial(doorman.bearer, token)
    return partial(doorman.viewer, request.cookies.get(COOKIE, ""))


def _way_in(request: Request) -> Response:
    is_page = request.method == "GET" and not is_for_api(request.scope)
    if is_page and "text/html" in request.headers.get("accept", ""):
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(path, safe='')}", 303)
    remedy = "show a token made by `phototagd web token NAME`, or log in at /login"
    return told(request.scope, 401, "log in first", remedy)
