"""Whether photos may be asked about now, and why not: one place for everything that holds."""

from collections.abc import Callable
from datetime import datetime

from phototagd.domain.events import GateMoved
from phototagd.domain.job import EVERYBODY, NOBODY, ONLY_A_PERSON, Priority
from phototagd.domain.status import Closure, ClosureCause
from phototagd.flow.asking.pausing import Pause
from phototagd.ports import Clock, Listener
from phototagd.rules.asking.schedules import Schedule, spoken


class Gates:
    """A person's pause holds everything; the schedule lets what a person asks for through.

    `to_local` gives the wall time of a moment where the daemon runs.
    """

    def __init__(
        self,
        *,
        pause: Pause,
        schedule: Schedule,
        clock: Clock,
        emit: Listener,
        to_local: Callable[[datetime], datetime],
    ) -> None:
        self._pause = pause
        self._schedule = schedule
        self._clock = clock
        self._emit = emit
        self._to_local = to_local
        self._was_open = True

    def reschedule(self, schedule: Schedule) -> None:
        """From now on, this schedule."""
        self._schedule = schedule

    @property
    def is_open(self) -> bool:
        """Whether photos are asked about that nobody waits for."""
        return self.admitted() == EVERYBODY

    def admitted(self) -> frozenset[Priority]:
        """The classes that may be asked about now."""
        if self._pause.is_set:
            return NOBODY
        return EVERYBODY if self._is_in_schedule() else ONLY_A_PERSON

    def closures(self) -> list[Closure]:
        """Why photos wait; empty while they do not."""
        closures = []
        if self._pause.is_set:
            closures.append(Closure(ClosureCause.PERSON, "paused; go on with: phototagd resume"))
        if not self._schedule.is_open(self._to_local(self._clock.now())):
            closures.append(self._outside_schedule())
        return closures

    def _is_in_schedule(self) -> bool:
        """Tells when it begins and ends, whoever notices first."""
        is_open = self._schedule.is_open(self._to_local(self._clock.now()))
        if is_open != self._was_open:
            self._was_open = is_open
            self._emit(GateMoved(reason="" if is_open else self._outside_schedule().reason))
        return is_open

    def _outside_schedule(self) -> Closure:
        now = self._clock.now()
        until = self._schedule.next_change(now, self._to_local)
        if until is None:
            return Closure(ClosureCause.SCHEDULE, "the schedule is never open")
        words = spoken(self._to_local(until), self._to_local(now))
        return Closure(ClosureCause.SCHEDULE, f"outside the schedule until {words}", until)
