"""News while a page is open: soon, without names, and nothing of private photos."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from doubles.browsing import elsewhere
from doubles.gallery_house import GalleryHouse
from phototagd.domain.errors import Unavailable
from phototagd.domain.events import DaemonChanged, GateMoved, PhotoFound
from phototagd.web.gallery.doorman import Viewer
from phototagd.web.gallery.streaming import MOST_READERS, NewsStream

ANYBODY = Viewer(is_welcome=True)
HOUR = 3600.0


def stream_of(house: GalleryHouse, *, heartbeat_seconds: float = HOUR) -> NewsStream:
    return NewsStream(
        newsstand=house.newsroom,
        gallery=house.showroom,
        control=house.control,
        heartbeat_seconds=heartbeat_seconds,
        calm_seconds=0,
    )


def listening(house: GalleryHouse, test: Callable[["Reader"], Awaitable[None]], **how: Any) -> None:
    """Run a test with a reader of the news."""

    async def run() -> None:
        reader = Reader(house, **how)
        try:
            async with asyncio.timeout(10):
                await test(reader)
        finally:
            await reader.lines.aclose()

    elsewhere(lambda: asyncio.run(run()))


class Reader:
    """Reads message by message."""

    def __init__(
        self,
        house: GalleryHouse,
        *,
        viewer: Callable[[], Viewer] = lambda: ANYBODY,
        place: str = "",
        heartbeat_seconds: float = HOUR,
    ) -> None:
        self.house = house
        self.stream = stream_of(house, heartbeat_seconds=heartbeat_seconds)
        lines = self.stream.to(viewer, place)
        assert hasattr(lines, "aclose")
        self.lines: Any = lines
        self.place = ""

    async def raw(self) -> str:
        piece: bytes = await anext(self.lines)
        return piece.decode()

    async def next(self) -> tuple[str, dict[str, Any]]:
        """Kind and body of the next message, the greeting left out."""
        text = await self.raw()
        if text.startswith("retry:"):
            text = await self.raw()
        fields = dict(line.split(": ", 1) for line in text.strip().splitlines())
        self.place = fields["id"]
        return fields["event"], json.loads(fields["data"])

    async def left(self) -> list[bytes]:
        rest: AsyncIterator[bytes] = self.lines
        return [piece async for piece in rest]

    def find(self, asset: int) -> None:
        self.house.newsroom(
            PhotoFound(path=b"/p/secret name.jpg", asset=asset, kind="jpeg", how="new")
        )


def test_a_reader_begins_with_how_everything_stands(house: GalleryHouse) -> None:
    async def test(reader: Reader) -> None:
        assert (await reader.raw()).startswith("retry: ")
        kind, body = await reader.next()
        assert kind == "snapshot"
        assert body["photos"] == []
        assert (body["work"]["queued"], body["work"]["state"]) == (2, "ok")

    listening(house, test)


def test_photos_are_news_by_their_number(house: GalleryHouse) -> None:
    asset = house.shelf.put("a", caption="A dog")

    async def test(reader: Reader) -> None:
        await reader.next()
        reader.find(asset)
        text = await reader.raw()
        assert '"photos": [1]' in text
        assert "secret" not in text

    listening(house, test)


def test_private_photos_are_no_news_but_to_who_may_see_them(house: GalleryHouse) -> None:
    private = house.shelf.put("a", caption="A passport", is_private=True)
    open_ = house.shelf.put("b", caption="A dog")
    may_see = [False]

    async def test(reader: Reader) -> None:
        await reader.next()
        reader.find(private)
        assert (await reader.next())[1]["photos"] == []
        reader.find(private)
        reader.find(open_)
        assert (await reader.next())[1]["photos"] == [open_]
        may_see[0] = True
        reader.find(private)
        assert (await reader.next())[1]["photos"] == [private]

    def viewer() -> Viewer:
        return Viewer(is_welcome=True, is_owner=True, sees_private=may_see[0])

    listening(house, test, viewer=viewer)


def test_a_session_that_ends_hears_nothing_more(house: GalleryHouse) -> None:
    is_in = [True]

    async def test(reader: Reader) -> None:
        await reader.next()
        is_in[0] = False
        reader.find(house.shelf.put("a", caption="A dog"))
        assert await reader.left() == []

    listening(house, test, viewer=lambda: Viewer(is_welcome=is_in[0]))


def test_a_reader_comes_back_to_where_it_was(house: GalleryHouse) -> None:
    asset = house.shelf.put("a")
    place = house.newsroom.since("").until
    house.newsroom(PhotoFound(path=b"/p", asset=asset, kind="jpeg", how="new"))

    async def test(reader: Reader) -> None:
        kind, body = await reader.next()
        assert (kind, body["photos"]) == ("news", [asset])

    listening(house, test, place=place)


def test_too_much_at_once_is_one_look_at_everything(house: GalleryHouse) -> None:
    async def test(reader: Reader) -> None:
        await reader.next()
        for asset in range(1, 102):
            reader.find(asset)
        kind, body = await reader.next()
        assert (kind, body["photos"]) == ("snapshot", [])
        assert reader.place == house.newsroom.since("").until

    listening(house, test)


def test_silence_is_broken_by_heartbeats(house: GalleryHouse) -> None:
    async def test(reader: Reader) -> None:
        await reader.next()
        assert [await reader.raw() for _ in range(2)] == [": nothing new\n\n"] * 2

    listening(house, test, heartbeat_seconds=0)


def test_a_store_that_is_away_ends_no_stream(
    house: GalleryHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable("the disk of the state folder is full")

    async def test(reader: Reader) -> None:
        await reader.next()
        monkeypatch.setattr(house.showroom, "seen", away)
        monkeypatch.setattr(house.control, "status", away)
        reader.find(1)
        assert (await reader.next())[1] == {"photos": [], "work": None}

    listening(house, test)


def test_the_stream_ends_with_the_daemon(house: GalleryHouse) -> None:
    async def test(reader: Reader) -> None:
        await reader.next()
        house.newsroom(DaemonChanged(state="stopping"))
        assert await reader.left() == []

    listening(house, test)
    assert not stream_of(house).is_full


def test_readers_that_left_are_forgotten(house: GalleryHouse) -> None:
    async def run() -> None:
        stream = stream_of(house)
        readers: list[Any] = [stream.to(lambda: ANYBODY, "") for _ in range(MOST_READERS)]
        for reader in readers:
            await anext(reader)
            await anext(reader)
        assert stream.is_full
        for reader in readers:
            await reader.aclose()
        assert not stream.is_full
        house.newsroom(GateMoved(reason=""))

    elsewhere(lambda: asyncio.run(run()))


def test_only_who_asks_for_a_stream_gets_one(house: GalleryHouse) -> None:
    assert house.browser.get("/news").status_code == 406
    house.keys.set_password("open sesame")
    answer = house.browser.get("/news", headers={"accept": "text/event-stream"})
    assert answer.status_code == 401
