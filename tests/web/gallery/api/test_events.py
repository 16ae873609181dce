"""Programs listen to what is new: the stream has no end, and goes on where one was."""

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

from doubles.browsing import elsewhere
from doubles.gallery_house import GalleryHouse
from phototagd.domain.events import PhotoFound

NEWS = PhotoFound(path=b"/photos/2026/may/a.jpg", asset=1, kind="jpeg", how="new")


async def heard(house: GalleryHouse, most: int, path: str) -> tuple[int, str, list[bytes]]:
    """The first pieces of a stream that has no end, as a server would send them."""
    pieces: list[bytes] = []
    status, kind = 0, ""
    enough = asyncio.Event()

    async def receive() -> dict[str, Any]:
        await enough.wait()
        return {"type": "http.disconnect"}

    async def send_on(message: MutableMapping[str, Any]) -> None:
        nonlocal status, kind
        if message["type"] == "http.response.start":
            status, kind = message["status"], dict(message["headers"])[b"content-type"].decode()
        elif message["body"]:
            pieces.append(message["body"])
            if len(pieces) == 2:  # somebody listens: now there is news
                house.newsroom(NEWS)
            if len(pieces) >= most:
                enough.set()

    path, _, query = path.partition("?")
    headers = [(b"host", b"127.0.0.1"), (b"accept", b"text/event-stream")]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8420),
        "raw_path": b"",
    }
    async with asyncio.timeout(10):
        await house.app(scope, receive, send_on)
    return status, kind, pieces


def test_a_program_hears_of_what_is_new(house: GalleryHouse) -> None:
    house.shelf.put("a")

    status, kind, pieces = elsewhere(lambda: asyncio.run(heard(house, 3, "/api/v1/events")))

    assert (status, kind.partition(";")[0]) == (200, "text/event-stream")
    snapshot, news = pieces[1].decode(), pieces[2].decode()
    assert snapshot.startswith("event: snapshot\n")
    assert news.startswith("event: news\n")
    assert json.loads(news.partition("data: ")[2])["photos"] == [1]

    assert house.browser.get("/api/v1/events").status_code == 406


def test_a_program_that_was_away_goes_on_where_it_was(house: GalleryHouse) -> None:
    house.shelf.put("a")
    pieces = elsewhere(lambda: asyncio.run(heard(house, 3, "/api/v1/events")))[2]
    place = pieces[1].decode().partition("id: ")[2].partition("\n")[0]

    again = elsewhere(lambda: asyncio.run(heard(house, 2, f"/api/v1/events?since={place}")))[2]

    assert again[1].startswith(b"event: news\n")
