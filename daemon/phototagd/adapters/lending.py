"""Several of a thing that serves one caller at a time, lent out in the order of asking."""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Lender(Generic[Thing]):
    """Who came first is served first, and nothing lies idle while somebody waits."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self._lock = threading.Lock()  # guards the two below; never held while waiting
        self._idle = list(things)
        self._waiting: deque[SimpleQueue[Thing]] = deque()

    @contextmanager
    def _borrowed(self) -> Iterator[Thing]:
        thing = self._take()
        try:
            yield thing
        finally:
            self._give_back(thing)

    def _take(self) -> Thing:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            turn: SimpleQueue[Thing] = SimpleQueue()
            self._waiting.append(turn)
        return turn.get()

    def _give_back(self, thing: Thing) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().put(thing)
            else:
                self._idle.append(thing)
