"""Several decoding processes behind one photo reader, lent out in the order of asking."""

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue

from phototagd.domain.asset import Inspection, Prepared
from phototagd.ports import PhotoReader


class PhotoReaderPool:
    """A `PhotoReader` over others, each of which works on one photo at a time.

    A photo is alone in its process, so whatever it does there is its own fault and nobody
    else's. Who came first is served first: neither the photos for the model nor those that
    intake compares can keep the other waiting for more than one photo of everybody else.
    """

    def __init__(self, *, readers: Sequence[PhotoReader]) -> None:
        self._readers = tuple(readers)
        self._lock = threading.Lock()  # guards the two below; never held while waiting
        self._idle = list(self._readers)
        self._waiting: deque[SimpleQueue[PhotoReader]] = deque()

    def warm(self) -> None:
        """Start all processes without waiting for them."""
        for reader in self._readers:
            reader.warm()

    def prepare(self, photo: bytes, *, long_side: int) -> Prepared:
        """See the port; waits for a free process first."""
        with self._borrowed() as reader:
            return reader.prepare(photo, long_side=long_side)

    def inspect(self, photo: bytes) -> Inspection:
        """See the port; waits for a free process first."""
        with self._borrowed() as reader:
            return reader.inspect(photo)

    def close(self) -> None:
        """End all processes; who waits for one gets it closed. May be called twice."""
        for reader in self._readers:
            reader.close()

    @contextmanager
    def _borrowed(self) -> Iterator[PhotoReader]:
        reader = self._take()
        try:
            yield reader
        finally:
            self._give_back(reader)

    def _take(self) -> PhotoReader:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            turn: SimpleQueue[PhotoReader] = SimpleQueue()
            self._waiting.append(turn)
        return turn.get()

    def _give_back(self, reader: PhotoReader) -> None:
        """Hand a process to who waits longest; it never lies idle while somebody waits."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().put(reader)
            else:
                self._idle.append(reader)
