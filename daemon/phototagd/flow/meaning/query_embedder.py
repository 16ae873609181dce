"""Turns queries into vectors, and never lets a person wait for long."""

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime

from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.domain.meaning import Vector
from phototagd.ports import Clock
from phototagd.ports.meaning import Embedder
from phototagd.rules.meaning.families import Family

WAIT_SECONDS = 1.0
REST_SECONDS = 15.0
"""After a failure nobody is asked for so long: each query would wait for the same failure."""

_REMEMBERED = 256
_AT_ONCE = 2
_MOST_WAITING = 8


class QueryEmbedder:
    """Asks the embedding model in threads of its own, and remembers what it said.

    A query that took too long is not cut: a model that is being loaded would never get there.
    Its vector is there when the query comes again.
    """

    def __init__(
        self,
        *,
        embedder: Embedder,
        family: Family,
        clock: Clock,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        self._embedder = embedder
        self._family = family
        self._clock = clock
        self._wait_seconds = wait_seconds
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="query-embedder")
        self._lock = threading.Lock()
        self._known: OrderedDict[str, Vector] = OrderedDict()
        self._asked: dict[str, Future[Vector]] = {}
        self._rest_until = clock.monotonic()
        self._failure: PhototagdError | None = None

    def vector(self, text: str) -> Vector:
        """The vector of a query.

        Raises Unavailable when there is none within the time, or the model cannot be asked.
        """
        with self._lock:
            if text in self._known:
                self._known.move_to_end(text)
                return self._known[text]
            asked = self._asked.get(text)
            if asked is None:
                asked = self._ask(text)
        try:
            return asked.result(timeout=self._wait_seconds)
        except NotInTime as error:
            raise Unavailable(
                f"the embedding model did not answer within {self._wait_seconds:g} s"
            ) from error
        except Unavailable:
            raise
        except PhototagdError as error:
            raise Unavailable(
                f"the embedding model makes nothing of this query: {error}"
            ) from error

    def close(self) -> None:
        """Take no more queries; who closes the embedder ends those in flight."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _ask(self, text: str) -> Future[Vector]:
        if self._failure is not None and self._clock.monotonic() < self._rest_until:
            raise Unavailable(str(self._failure))
        if len(self._asked) >= _MOST_WAITING:
            raise Unavailable("the embedding model is still busy with other queries")
        try:
            asked = self._threads.submit(self._embed, text)
        except RuntimeError as error:  # closed
            raise Unavailable("the daemon stops") from error
        self._asked[text] = asked
        return asked

    def _embed(self, text: str) -> Vector:
        failure: PhototagdError | None = None
        vector: Vector = ()
        try:
            [vector] = self._embedder.embed([self._family.query.format(text)])
        except Unavailable as error:
            failure = error
            raise
        finally:
            with self._lock:
                self._asked.pop(text, None)
                self._failure = failure
                self._rest_until = self._clock.monotonic() + REST_SECONDS
                if vector:
                    self._known[text] = vector
                    while len(self._known) > _REMEMBERED:
                        self._known.popitem(last=False)
        return vector
