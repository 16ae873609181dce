"""How fast photos are done, for a person who wants to know when it ends."""

import threading
from collections import deque

from phototagd.domain.events import Event, PhotoTagged
from phototagd.ports import Clock

WINDOW_SECONDS = 300.0
MOST_REMEMBERED = 10_000


class Pace:
    """A listener that counts tagged photos over the last five minutes."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._times: deque[float] = deque(maxlen=MOST_REMEMBERED)
        self._started_at = clock.monotonic()

    def __call__(self, event: Event) -> None:
        """Count an event if it is a tagged photo."""
        if isinstance(event, PhotoTagged):
            with self._lock:
                self._times.append(self._clock.monotonic())

    def per_minute(self) -> float:
        """Photos tagged a minute, over five minutes or since the start if that is less."""
        now = self._clock.monotonic()
        with self._lock:
            while self._times and self._times[0] < now - WINDOW_SECONDS:
                self._times.popleft()
            count = len(self._times)
        window = min(max(now - self._started_at, 1.0), WINDOW_SECONDS)
        return count * 60.0 / window
