"""Which priority class is served next?

A person first, a new photo next, retries before the backlog; but retries and backlog count
how often they were passed over and then take a turn, so that a flood starves neither.
"""

from collections.abc import Collection

from phototagd.domain.job import Priority

# After so many draws without it, a waiting class is owed one: of a flood of everything, new
# photos get about 7 of 10 draws, retries 2, the backlog 1.
_PATIENCE = {Priority.RETRY: 4, Priority.BACKLOG: 8}


class Scheduler:
    """Draws classes by weight; deterministic, for one caller at a time."""

    def __init__(self) -> None:
        self._passed = dict.fromkeys(_PATIENCE, 0)
        self._last: Priority | None = None

    def draw(self, present: Collection[Priority]) -> Priority:
        """The class to serve next, out of those that have something; `present` is not empty.

        A person is always first. A new photo that arrives is next, even when another class is
        owed a turn; of any 16 draws that no person takes, a waiting class gets at least one.
        """
        if Priority.PERSON in present:
            return Priority.PERSON
        chosen = self._owed(present) or min(present)
        for waiting in _PATIENCE:
            if waiting is chosen:
                self._passed[waiting] = 0
            elif waiting in present:
                self._passed[waiting] += 1
        self._last = chosen
        return chosen

    def _owed(self, present: Collection[Priority]) -> Priority | None:
        if Priority.NEW in present and self._last is not Priority.NEW:
            return None  # it has just arrived, or stood back for an owed turn
        owed = [p for p in _PATIENCE if p in present and self._passed[p] >= _PATIENCE[p]]
        return max(owed, key=lambda p: (self._passed[p], -p), default=None)
