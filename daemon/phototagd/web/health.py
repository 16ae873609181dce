"""Health and metrics for supervisors, over TCP: no photo is named, nothing can be changed.

`/livez` all loops progress; `/readyz` work can be taken (a missing model is degraded, not
unready); `/healthz` both with details as JSON; `/metrics` for Prometheus.
"""

import json

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from phototagd.domain.engine import EngineState
from phototagd.domain.errors import PhototagdError
from phototagd.domain.library import LibraryState
from phototagd.domain.status import StatusReport
from phototagd.ports import Health
from phototagd.rules.service.loopback import is_loopback

PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


def health_app(*, health: Health, host: str) -> ASGIApp:
    """The TCP application for a server that listens on `host`."""
    app = Starlette(routes=health_routes(health))
    return LocalHostOnly(app, host=host) if is_loopback(host) else app


def health_routes(health: Health) -> list[Route]:
    """The four pages."""

    def livez(_request: Request) -> Response:
        return _verdict([f"no progress: {loop}" for loop in health.stuck()])

    def readyz(_request: Request) -> Response:
        return _verdict(list(health.unready()))

    def healthz(_request: Request) -> Response:
        return _details(health)

    def metrics(_request: Request) -> Response:
        return Response(health.metrics(), media_type=PROMETHEUS)

    return [Route(f"/{page.__name__}", page) for page in (livez, readyz, healthz, metrics)]


class LocalHostOnly:
    """Answers only requests that name this machine in `Host`.

    A web page whose name was re-bound to 127.0.0.1 could otherwise read the answers.
    """

    def __init__(self, app: ASGIApp, *, host: str) -> None:
        self._app = app
        self._host = host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        names = [value.decode("latin-1") for key, value in scope["headers"] if key == b"host"]
        named = _without_port(names[0]) if len(names) == 1 else ""
        if named == self._host or is_loopback(named):
            await self._app(scope, receive, send)
            return
        await PlainTextResponse("this host is not served here\n", 421)(scope, receive, send)


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _verdict(problems: list[str]) -> Response:
    if not problems:
        return PlainTextResponse("ok\n")
    return PlainTextResponse("".join(f"{problem}\n" for problem in problems), 503)


def _details(health: Health) -> Response:
    stuck, unready = list(health.stuck()), list(health.unready())
    try:
        report = _numbers(health.status())
    except PhototagdError as error:
        unready.append(str(error))
        report = {}
    is_failing = bool(stuck or unready)
    is_degraded = report.get("engine") == EngineState.WAITING.value or report.get("paused")
    details = {
        "status": "failing" if is_failing else "degraded" if is_degraded else "ok",
        "stuck": stuck,
        "unready": unready,
        **report,
    }
    text = json.dumps(details, indent=2) + "\n"
    return Response(text, 503 if is_failing else 200, media_type="application/json")


def _numbers(report: StatusReport) -> dict[str, object]:
    """What can be told to anyone who may ask: no names of folders."""
    states = [library.state for library in report.libraries]
    return {
        "engine": report.engine.state.value,
        "engine_reason": report.engine.reason,
        "engine_remedy": report.engine.remedy,
        "paused": report.paused,
        "waiting_for": [closure.reason for closure in report.closures],
        "queued": report.queued,
        "running": report.running,
        "done": report.done,
        "dead": report.dead,
        "cancelled": report.cancelled,
        "per_minute": report.per_minute,
        "eta_seconds": report.eta_seconds,
        "libraries": {state.value: states.count(state) for state in LibraryState},
        "uptime_seconds": report.uptime_seconds,
        "version": report.version,
    }
