"""How long the disk takes to promise something: the times of the last commits."""

import statistics
from collections import deque

_KEPT = 50
_ENOUGH = 10


class CommitTimes:
    """The seconds of the last fifty commits that waited for the disk; safe between threads."""

    def __init__(self) -> None:
        self._seconds: deque[float] = deque(maxlen=_KEPT)

    def add(self, seconds: float) -> None:
        """One more."""
        self._seconds.append(seconds)

    def median(self) -> float | None:
        """The usual one; None while there were fewer than ten."""
        seconds = list(self._seconds)
        return statistics.median(seconds) if len(seconds) >= _ENOUGH else None
