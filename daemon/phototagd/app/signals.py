"""Signals as flags: stop, interrupt, reload."""

import os
import signal
import threading
from types import FrameType, TracebackType
from typing import Self

FORCED = 130


class Signals:
    """Turns signals into flags for the length of a block; works in the main thread only.

    SIGTERM and SIGINT set `stop`; a second SIGINT ends the process at once, which is safe at
    any moment. SIGHUP asks for a reload. In other threads nothing is installed.
    """

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.interrupted = False
        self._reload = False
        self._before: dict[signal.Signals, object] = {}

    def take_reload(self) -> bool:
        """Whether a reload was asked for since the last call."""
        asked, self._reload = self._reload, False
        return asked

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            wanted = [signal.SIGTERM, signal.SIGINT]
            if hasattr(signal, "SIGHUP"):
                wanted.append(signal.SIGHUP)
            self._before = {number: signal.signal(number, self._handle) for number in wanted}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # as signal() returned it

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        if number == getattr(signal, "SIGHUP", None):
            self._reload = True
            return
        if number == signal.SIGINT:
            if self.interrupted:
                os._exit(FORCED)
            self.interrupted = True
        self.stop.set()
