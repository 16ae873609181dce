"""What TCP answers: health for supervisors, and everything else the gallery."""

from starlette.types import ASGIApp, Receive, Scope, Send

HEALTH_PATHS = frozenset({"/livez", "/readyz", "/healthz", "/metrics"})


class Front:
    """Sends each request to the one application that is meant; each has guards of its own."""

    def __init__(self, *, health: ASGIApp, gallery: ASGIApp) -> None:
        self._health = health
        self._gallery = gallery

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        is_health = scope["path"] in HEALTH_PATHS
        await (self._health if is_health else self._gallery)(scope, receive, send)
