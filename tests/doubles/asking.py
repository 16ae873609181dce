"""One request to an ASGI application, without a server."""

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp


def ask(
    app: ASGIApp, method: str, path: str, *, host: str = "127.0.0.1:8420", **rest: Any
) -> httpx.Response:
    """The application's answer."""

    async def request() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.request(method, path, headers={"host": host}, **rest)

    return asyncio.run(request())
