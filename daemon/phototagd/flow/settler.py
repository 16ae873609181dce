"""Writes the end of a run to the queue and tells the world, in one place."""

import threading
from typing import assert_never

from phototagd.domain.errors import Unavailable
from phototagd.domain.events import JobEnded
from phototagd.domain.job import (
    Cancelled,
    Dead,
    Done,
    GiveBack,
    Lease,
    Outcome,
    Retry,
    Snooze,
)
from phototagd.flow.held import HeldLeases
from phototagd.ports import Clock, Listener, Queue


class Settler:
    """Settles leases; an end that the store could not take is kept and written later."""

    def __init__(self, *, queue: Queue, held: HeldLeases, clock: Clock, emit: Listener) -> None:
        self._queue = queue
        self._held = held
        self._clock = clock
        self._emit = emit
        self._lock = threading.Lock()
        self._late: list[tuple[Lease, Outcome, bytes]] = []

    def settle(self, lease: Lease, outcome: Outcome, path: bytes) -> None:
        """End a run; what did not end well becomes one event.

        Raises Unavailable when the store cannot be written; the end is not forgotten then,
        and the lease stays held, until `settle_late` succeeds.
        """
        try:
            is_mine = self._queue.settle(lease, outcome, self._clock.now())
        except Unavailable:
            with self._lock:
                self._late.append((lease, outcome, path))
            raise
        self._held.drop(lease)
        if is_mine:
            self._tell(lease, outcome, path)

    def settle_late(self) -> None:
        """Write what could not be written before; raises Unavailable if it still cannot."""
        with self._lock:
            late, self._late = self._late, []
        for index, (lease, outcome, path) in enumerate(late):
            try:
                self.settle(lease, outcome, path)
            except Unavailable:
                with self._lock:
                    self._late.extend(late[index + 1 :])
                raise

    def _tell(self, lease: Lease, outcome: Outcome, path: bytes) -> None:
        match outcome:
            case Done() | GiveBack():
                return
            case Retry(reason=reason):
                word = "retry"
            case Snooze(reason=reason):
                word = "snooze"
            case Dead(reason=reason):
                word = "dead"
            case Cancelled(reason=reason):
                word = "cancelled"
            case _:
                assert_never(outcome)
        self._emit(
            JobEnded(
                job=lease.job,
                kind=lease.kind,
                asset=lease.asset,
                path=path,
                attempt=lease.attempt,
                outcome=word,
                reason=reason,
            )
        )
