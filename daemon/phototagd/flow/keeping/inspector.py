"""Looks after the store's health: a full check once a week, and how fast its disk is."""

from phototagd.domain.events import StoreInspected, StoreSlow, Trouble
from phototagd.domain.inspection import Inspection
from phototagd.ports import Clock, Listener, Queue, StoreCare
from phototagd.rules.service.inspecting import SLOW_COMMIT_SECONDS, is_inspection_due, is_slow

REST_SECONDS = 60.0


class Inspector:
    """Reads the whole store when there is nothing else to do; each trouble is told once."""

    def __init__(self, *, care: StoreCare, queue: Queue, clock: Clock, emit: Listener) -> None:
        self._care = care
        self._queue = queue
        self._clock = clock
        self._emit = emit
        self._is_slow = False

    def step(self) -> float:
        """One round; how many seconds to rest. Raises Unavailable when the store is away."""
        self._watch_speed()
        now = self._clock.now()
        last = self._care.last_inspection()
        tally = self._queue.tally(now)
        is_idle = not tally.running and tally.queued == tally.snoozed
        if is_inspection_due(None if last is None else last.at, now, is_idle=is_idle):
            self._inspect()
        return REST_SECONDS

    def _watch_speed(self) -> None:
        """Tell a slow disk once, until it was fast again."""
        seconds = self._care.commit_seconds()
        was_slow, self._is_slow = self._is_slow, is_slow(seconds)
        if seconds is not None and self._is_slow and not was_slow:
            self._emit(StoreSlow(seconds=seconds, limit_seconds=SLOW_COMMIT_SECONDS))

    def _inspect(self) -> None:
        started = self._clock.monotonic()
        complaints = self._care.complaints()
        self._care.record_inspection(Inspection(self._clock.now(), tuple(complaints)))
        seconds = round(self._clock.monotonic() - started, 3)
        self._emit(StoreInspected(seconds=seconds, complaints=len(complaints)))
        if complaints:
            self._emit(
                Trouble(
                    what="database",
                    reason=f"it is damaged: {complaints[0]}",
                    remedy="stop the daemon, then restore a backup or run: phototagd rebuild",
                )
            )
