"""How far everything is, put together from the store, the engines and the watchers."""

from collections.abc import Callable, Sequence

from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.library import LibraryReport
from phototagd.domain.status import Closure, StatusReport
from phototagd.flow.asking.pausing import Pause
from phototagd.flow.pace import Pace
from phototagd.ports import Clock, Queue

NOT_RUNNING = EngineReport(EngineState.OFF, "no daemon is running", "start it: phototagd run")


class Reporter:
    """Answers `status`; without a daemon only the store speaks."""

    def __init__(
        self,
        *,
        version: str,
        queue: Queue,
        clock: Clock,
        pace: Pace,
        pause: Pause,
        closures: Callable[[], Sequence[Closure]],
        is_running: bool,
        engine: Callable[[], EngineReport],
        libraries: Callable[[], Sequence[LibraryReport]],
    ) -> None:
        self._version = version
        self._queue = queue
        self._clock = clock
        self._pace = pace
        self._pause = pause
        self._closures = closures
        self._engine = engine
        self._libraries = libraries
        self._started_at = clock.monotonic() if is_running else None

    def status(self) -> StatusReport:
        """How far everything is, now."""
        tally = self._queue.tally(self._clock.now())
        per_minute = self._pace.per_minute()
        waiting = tally.queued + tally.running - tally.snoozed
        moves = waiting > 0 and per_minute > 0
        return StatusReport(
            version=self._version,
            uptime_seconds=self._uptime(),
            paused=self._pause.is_set,
            queued=tally.queued,
            running=tally.running,
            done=tally.done,
            dead=tally.dead,
            cancelled=tally.cancelled,
            per_minute=round(per_minute, 2),
            eta_seconds=round(waiting * 60 / per_minute) if moves else None,
            engine=self._engine(),
            libraries=tuple(self._libraries()),
            closures=tuple(self._closures()) if self._started_at is not None else (),
        )

    def _uptime(self) -> float | None:
        if self._started_at is None:
            return None
        return round(self._clock.monotonic() - self._started_at, 1)
