"""Somebody who looks at an ASGI application, and keeps its cookies."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx
from starlette.types import ASGIApp

T = TypeVar("T")

ADDRESS = "http://127.0.0.1:8420"


class Browser:
    """Sends one request at a time, as a page of the site itself would; no redirect is followed."""

    def __init__(self, app: ASGIApp, *, runner: asyncio.Runner) -> None:
        self._app = app
        self._runner = runner
        self.cookies = httpx.Cookies()

    def get(self, path: str, **rest: Any) -> httpx.Response:
        return self.request("GET", path, **rest)

    def post(self, path: str, data: dict[str, str] | None = None, **rest: Any) -> httpx.Response:
        return self.request("POST", path, data=data, **rest)

    def request(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **rest: Any
    ) -> httpx.Response:
        usual = {"accept": "text/html", "sec-fetch-site": "same-origin"}

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(
                transport=transport, base_url=ADDRESS, cookies=self.cookies
            ) as client:
                answer = await client.request(method, path, headers=usual | (headers or {}), **rest)
                self.cookies = client.cookies
                return answer

        return elsewhere(lambda: self._runner.run(send()))


def elsewhere(work: Callable[[], T]) -> T:
    """Do it in another thread: in this one a real browser may have its loop running."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(work).result()
