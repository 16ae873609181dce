"""One request's connection, which its deadline or another thread may cut.

A time limit of httpx is one per read: a server that drips a byte a second never exceeds it. So
the wire keeps the socket of its request, and shutting that down wakes whatever reads or writes
on it, wherever the request stands.
"""

import contextlib
import socket
import threading
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, auto
from typing import Any, Self

from phototagd.ports import Clock


class Cut(Enum):
    """Why a wire was cut by us."""

    TIME_IS_UP = auto()
    ABANDONED = auto()


class WireCut(Exception):
    """We cut the wire; `wire.cut` says why."""


class Wire:
    """The connection of one request, for at most `seconds` over all its retries.

    The time is checked with the injected clock at every chunk; a watchdog thread measures real
    time for reads that block. Use as a context manager.
    """

    def __init__(self, *, seconds: float, clock: Clock) -> None:
        self.seconds = seconds
        self.received = 0
        self.was_dropped = False  # by the other side, while it was to answer
        self.cut: Cut | None = None
        self._clock = clock
        self._until = clock.monotonic() + seconds
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._watchdog = threading.Timer(seconds, self.abort, [Cut.TIME_IS_UP])
        self._watchdog.name = "model-deadline"
        self._watchdog.daemon = True

    def __enter__(self) -> Self:
        self._watchdog.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._watchdog.cancel()
        self._watchdog.join()
        with self._lock:
            self._socket = None

    def remaining(self) -> float:
        """Seconds left; never less than a moment, for time-outs that must not be zero."""
        return max(0.001, self._until - self._clock.monotonic())

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """Learn the socket, as httpcore's `trace` extension reports connections."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
            if self.cut is not None:
                self._shut()

    def abort(self, why: Cut) -> None:
        """Cut the connection from any thread; the first reason counts."""
        with self._lock:
            self.cut = self.cut or why
        self._shut()

    def check(self) -> None:
        """Raise WireCut when the time is up or the wire was cut."""
        if self.cut is None and self._clock.monotonic() >= self._until:
            self.abort(Cut.TIME_IS_UP)
        if self.cut is not None:
            raise WireCut

    def watched(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks as they come, counted, until the time is up."""
        for chunk in chunks:
            self.received += len(chunk)
            self.check()
            yield chunk
        self.check()

    def _shut(self) -> None:
        with self._lock:
            if self._socket is not None:
                # Not the method of an SSL socket: that one also unwraps, under the reader's feet.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
