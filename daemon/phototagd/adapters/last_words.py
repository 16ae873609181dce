"""What ends a library's threads: kept for whoever asks, instead of a traceback on stderr."""

import threading
from collections.abc import Callable, Collection
from typing import Self


class LastWords:
    """Listens for exceptions that end certain threads, while others keep their hook.

    `threads` gives the threads to listen to at that moment. Several may listen at once, and
    stop in any order.
    """

    def __init__(self, *, threads: Callable[[], Collection[threading.Thread]]) -> None:
        self._threads = threads
        self._before = threading.excepthook
        self._is_over = False
        self.heard = ""
        threading.excepthook = self

    def __call__(self, last: threading.ExceptHookArgs, /) -> None:
        """The hook: remember what ended one of ours, pass on what ended another."""
        if self._is_over or last.thread not in self._threads():
            self._before(last)
        else:
            self.heard = f"{last.exc_type.__name__}: {last.exc_value}"

    def stop(self) -> None:
        """Listen no more; may be called twice."""
        self._is_over = True
        hook = threading.excepthook
        while isinstance(hook, LastWords) and hook.is_over:
            hook = threading.excepthook = hook.before

    @property
    def is_over(self) -> bool:
        """Whether it only passes on."""
        return self._is_over

    @property
    def before(self) -> Callable[[threading.ExceptHookArgs], object] | Self:
        """The hook that was there when it began."""
        return self._before
