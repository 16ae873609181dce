"""Counts the photos that went, so that many at once can be said in one line."""

from phototagd.ports import Clock

MANY = 100
REST_SECONDS = 30.0


class Losses:
    """Photos believed gone lately, until none went for half a minute."""

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._count = 0
        self._last_at = 0.0

    def add(self, count: int) -> None:
        """So many photos are believed gone now."""
        if count:
            self._count += count
            self._last_at = self._clock.monotonic()

    def settled(self) -> int:
        """How many went, once that is over and if they were many; else 0."""
        if not self._count or self._clock.monotonic() - self._last_at < REST_SECONDS:
            return 0
        count, self._count = self._count, 0
        return count if count >= MANY else 0
