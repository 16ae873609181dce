"""Time, listeners, and whoever supervises the daemon."""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from phototagd.domain.events import Event


class Clock(Protocol):
    """Time, injected so that tests own it."""

    def now(self) -> datetime:
        """The wall time, aware UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump."""
        ...

    def wait(self, wake: threading.Event, seconds: float) -> bool:
        """Wait until `wake` is set or `seconds` have passed; True when it was set."""
        ...


class Listener(Protocol):
    """Somebody who wants to know what happens; must not raise and must not block."""

    def __call__(self, event: Event, /) -> None:
        """Take note of one event."""
        ...


class ServiceManager(Protocol):
    """Whoever supervises the daemon (systemd, or nobody)."""

    def ready(self, status: str) -> None:
        """The daemon serves."""
        ...

    def alive(self) -> None:
        """All loops make progress."""
        ...

    def status(self, text: str) -> None:
        """One line for a person."""
        ...

    def reloading(self) -> AbstractContextManager[None]:
        """Settings are being read again."""
        ...

    def stopping(self) -> None:
        """The daemon ends."""
        ...


StepHook = Callable[[str], None]
"""Called with the name of each durable step; tests crash there, production does nothing."""
