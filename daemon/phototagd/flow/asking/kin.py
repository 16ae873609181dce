"""Our own other models on a model server: their work is not that of strangers."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from phototagd.rules.asking.models import full_name


class Kin:
    """Knows the names of our other models, and whether one of them is being asked."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = frozenset(map(full_name, names))
        self._lock = threading.Lock()
        self._in_flight = 0

    def knows(self, name: str) -> bool:
        """Whether a model is one of ours."""
        return full_name(name) in self._names

    @property
    def is_asking(self) -> bool:
        """Whether one is being asked, and perhaps loaded for it."""
        return self._in_flight > 0

    @contextmanager
    def asking(self) -> Iterator[None]:
        """One of them is asked for the length of the block."""
        with self._lock:
            self._in_flight += 1
        try:
            yield
        finally:
            with self._lock:
                self._in_flight -= 1
