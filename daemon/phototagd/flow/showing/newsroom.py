"""Keeps the latest news for pages that are open."""

import threading
from collections import deque
from collections.abc import Callable

from phototagd.domain.events import DaemonChanged, Event
from phototagd.domain.news import News, Notice
from phototagd.rules.service.noticing import notice_of

KEPT = 1024
"""Notices that readers may lag behind before they look at everything anew."""

_MOST_DIGITS = 15


class Newsroom:
    """A listener of events and the port `Newsstand`: one ring of notices for all readers.

    `run` tells the places of this daemon from those of one before it. When the daemon stops
    readers are woken and find it closed.
    """

    def __init__(self, *, run: str, kept: int = KEPT) -> None:
        self._run = run
        self._lock = threading.Lock()
        self._ring: deque[Notice] = deque(maxlen=kept)
        self._last = 0  # the number of the newest notice
        self._wakes: list[Callable[[], None]] = []
        self.is_closed = False

    def __call__(self, event: Event) -> None:
        """Take an event in; from any thread."""
        notice = notice_of(event)
        is_end = isinstance(event, DaemonChanged) and event.state == "stopping"
        with self._lock:
            self.is_closed = self.is_closed or is_end
            if notice is not None:
                self._ring.append(notice)
                self._last += 1
            wakes = list(self._wakes) if notice is not None or is_end else []
        for wake in wakes:
            wake()

    def since(self, place: str) -> News:
        """What came since a place that an earlier answer named."""
        with self._lock:
            until = f"{self._run}-{self._last}"
            missed = self._missed(place)
            if missed is None:
                return News(until, is_complete=False)
            return News(until, tuple(self._ring)[len(self._ring) - missed :])

    def listen(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call `wake` when there may be news, until the answer is called."""
        with self._lock:
            self._wakes.append(wake)

        def leave() -> None:
            with self._lock:
                if wake in self._wakes:
                    self._wakes.remove(wake)

        return leave

    def _missed(self, place: str) -> int | None:
        """How many notices came since; None when they are not all known any more."""
        run, _, number = place.rpartition("-")
        if run != self._run or not number.isascii() or not number.isdecimal():
            return None
        if len(number) > _MOST_DIGITS:
            return None
        missed = self._last - int(number)
        return missed if 0 <= missed <= len(self._ring) else None
