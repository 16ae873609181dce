"""Whether a person wants the model left alone."""

from collections.abc import Callable

from phototagd.domain.events import DaemonChanged
from phototagd.ports import Listener


class Pause:
    """A switch: while it is set no photo is sent; watching and writing go on.

    It lives in memory: a restart ends a pause.
    """

    def __init__(self, *, emit: Listener, on_change: Callable[[], None] = lambda: None) -> None:
        self._emit = emit
        self._on_change = on_change
        self.is_set = False

    def pause(self) -> None:
        """Send nothing more; the photo being asked about is finished."""
        self._switch(to=True, word="paused")

    def resume(self) -> None:
        """Go on."""
        self._switch(to=False, word="resumed")

    def _switch(self, *, to: bool, word: str) -> None:
        if self.is_set != to:
            self.is_set = to
            self._emit(DaemonChanged(state=word))
            self._on_change()
