"""One event, many listeners; and bells that wake loops."""

from collections.abc import Callable

from phototagd.domain.events import Event
from phototagd.ports import Listener


class Bus:
    """Hands each event to every listener, in the order they joined."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def join(self, listener: Listener) -> None:
        """From now on this listener hears everything."""
        self._listeners.append(listener)

    def __call__(self, event: Event) -> None:
        """Tell everybody."""
        for listener in self._listeners:
            listener(event)


class Bell:
    """Wakes whoever asked to be woken; ringing an unheard bell is harmless.

    Parts ring bells that they get in their constructor; loops, which exist only later, listen.
    """

    def __init__(self) -> None:
        self._wake: list[Callable[[], None]] = []

    def listen(self, wake: Callable[[], None]) -> None:
        """From now on, wake this one."""
        self._wake.append(wake)

    def __call__(self) -> None:
        """Ring."""
        for wake in self._wake:
            wake()
