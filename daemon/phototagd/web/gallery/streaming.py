"""News as server-sent events: what changed, for whoever looks, without names.

    event: snapshot | news
    id: where this reader is; a browser sends it back as Last-Event-ID
    data: {"photos": [12, 15], "work": {"state": "ok", "paused": false, "queued": 7, …}}

`snapshot` comes first, and to a reader that has missed something: look at everything anew.
`photos` are the ones in the reader's sight that changed. `work` is null while the store cannot be
read. Every 15 seconds without news a comment is sent, so that nobody takes the line for dead.
The format: HTML Living Standard, 9.2 Server-sent events.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress

from starlette.concurrency import run_in_threadpool

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import PhototagdError
from phototagd.domain.gallery import Sight
from phototagd.domain.news import News
from phototagd.domain.status import StatusReport
from phototagd.ports import Control, Gallery, Newsstand
from phototagd.web.gallery.doorman import Viewer

HEARTBEAT_SECONDS = 15.0
CALM_SECONDS = 0.5
"""At least so long between two messages: what comes meanwhile goes together."""

RETRY_MS = 3000
MOST_READERS = 64
_MOST_NAMED = 100  # beyond it, looking at everything anew is less work


class NewsStream:
    """Writes the news for readers; it holds nothing for them but their place."""

    def __init__(
        self,
        *,
        newsstand: Newsstand,
        gallery: Gallery,
        control: Control,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
        calm_seconds: float = CALM_SECONDS,
    ) -> None:
        self._newsstand = newsstand
        self._gallery = gallery
        self._control = control
        self._heartbeat_seconds = heartbeat_seconds
        self._calm_seconds = calm_seconds
        self._readers = 0  # counted in the one loop that serves

    @property
    def is_full(self) -> bool:
        """Whether so many listen that nobody more is let in."""
        return self._readers >= MOST_READERS

    async def to(self, viewer: Callable[[], Viewer], place: str) -> AsyncIterator[bytes]:
        """The stream for a reader, from a place on (empty for a new one).

        `viewer` says who reads, each time anew: a closed session hears nothing more. It ends
        with the daemon.
        """
        yield f"retry: {RETRY_MS}\n\n".encode()
        with self._bell() as bell:
            while not self._newsstand.is_closed:
                bell.clear()
                reader = await run_in_threadpool(viewer)
                if not reader.is_welcome:
                    return
                news = self._newsstand.since(place)
                place = news.until
                if not news.is_empty:
                    sight = Sight(sees_private=reader.sees_private)
                    yield await run_in_threadpool(self._message, news, sight)
                    await asyncio.sleep(self._calm_seconds)
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._heartbeat_seconds):
                        await bell.wait()
                if not bell.is_set():
                    yield b": nothing new\n\n"

    @contextmanager
    def _bell(self) -> Iterator[asyncio.Event]:
        """Rings when there may be news, from whatever thread they come."""
        bell = asyncio.Event()
        loop = asyncio.get_running_loop()

        def wake() -> None:
            if not bell.is_set():
                with suppress(RuntimeError):  # the loop ended a moment ago
                    loop.call_soon_threadsafe(bell.set)

        leave = self._newsstand.listen(wake)
        self._readers += 1
        try:
            yield bell
        finally:
            self._readers -= 1
            leave()

    def _message(self, news: News, sight: Sight) -> bytes:
        named = {notice.asset for notice in news.notices if notice.asset is not None}
        is_whole = not news.is_complete or len(named) > _MOST_NAMED
        body = {
            "photos": [] if is_whole else self._in_sight(named, sight),
            "work": self._work(),
        }
        kind = "snapshot" if is_whole else "news"
        return f"event: {kind}\nid: {news.until}\ndata: {json.dumps(body)}\n\n".encode()

    def _in_sight(self, assets: set[AssetId], sight: Sight) -> list[AssetId]:
        try:
            return sorted(self._gallery.seen(assets, sight))
        except PhototagdError:  # the next page that is opened says what is wrong
            return []

    def _work(self) -> dict[str, object] | None:
        try:
            return _numbers(self._control.status())
        except PhototagdError:
            return None


def _numbers(report: StatusReport) -> dict[str, object]:
    return {
        "state": report.engine.state.value,
        "paused": report.paused,
        "closed": bool(report.closures),
        "queued": report.queued,
        "running": report.running,
        "done": report.done,
        "dead": report.dead,
        "per_minute": report.per_minute,
        "eta_seconds": report.eta_seconds,
    }
