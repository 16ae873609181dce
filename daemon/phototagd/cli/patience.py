"""When does a command stop waiting for photos that make no progress?"""

from collections.abc import Callable, Sequence

from phototagd.domain.engine import EngineState
from phototagd.domain.job import JobState
from phototagd.domain.status import StatusReport, TagReport


class Patience:
    """Lasts so many seconds without hope; any hope renews it.

    There is none while the model is away, or while each photo is put off for a reason of its
    own (it is not complete yet, it failed and is tried again later). With the engine switched
    off there will never be any.
    """

    def __init__(self, *, seconds: float, monotonic: Callable[[], float]) -> None:
        self._seconds = seconds
        self._monotonic = monotonic
        self._since: float | None = None

    def is_over(self, status: StatusReport, waiting: Sequence[TagReport]) -> bool:
        """Whether to give up now."""
        if status.engine.state is EngineState.OFF:
            return True
        put_off = all(r.state is JobState.QUEUED and r.reason for r in waiting)
        if status.engine.state is EngineState.OK and not put_off:
            self._since = None
            return False
        if self._since is None:
            self._since = self._monotonic()
        return self._monotonic() - self._since >= self._seconds
