"""`run --once`: until everything that can be done now is done."""

import threading
from collections.abc import Callable
from datetime import timedelta

from phototagd.app.desk.desk import Desk
from phototagd.app.parts import Parts
from phototagd.domain.engine import EngineState
from phototagd.domain.job import JobKind
from phototagd.domain.status import StatusReport

ALL_WELL = 0
SOME_DEAD = 1
SOME_WAIT = 75
INTERRUPTED = 130
LOOK_SECONDS = 0.2
SOON = timedelta(seconds=45)
"""Jobs that become due within this time are waited for: a second try, a move to confirm."""


class Once:
    """Watches a working crew and decides when there is nothing left to do."""

    def __init__(
        self,
        parts: Parts,
        desk: Desk,
        *,
        wait_seconds: float,
        progress: Callable[[StatusReport], None] | None,
    ) -> None:
        self._parts = parts
        self._desk = desk
        self._wait_seconds = wait_seconds
        self._progress = progress
        self._away_since: float | None = None
        self._looked_finished = False

    def run(self, stop: threading.Event) -> int:
        """Wait for the end; the exit code."""
        while not stop.wait(LOOK_SECONDS):
            report = self._desk.status()
            if self._progress is not None:
                self._progress(report)
            if self._is_surely_finished(report):
                return self._ending(report)
            if self._is_away_too_long(report):
                return SOME_DEAD if report.dead else SOME_WAIT
        return INTERRUPTED

    def _ending(self, report: StatusReport) -> int:
        """Work that only a later time, or a person, can finish is not all well."""
        if report.dead:
            return SOME_DEAD
        kinds = [JobKind.WRITE]
        if report.engine.state is not EngineState.OFF:  # or nobody is to do them
            kinds.append(JobKind.TAG)
        now = self._parts.clock.now()
        is_left = any(self._parts.store.queue.next_due(kind, now) for kind in kinds)
        return SOME_WAIT if is_left else ALL_WELL

    def _is_surely_finished(self, report: StatusReport) -> bool:
        """Twice in a row: while one look is taken, a job may pass from hand to hand unseen."""
        before, self._looked_finished = self._looked_finished, self._is_finished(report)
        return before and self._looked_finished

    def _is_finished(self, report: StatusReport) -> bool:
        watched = all(watcher.is_idle for watcher in self._parts.arriving.watchers)
        if not watched or not self._parts.arriving.intake.is_idle or report.running:
            return False
        if not self._parts.vocabulary.gardener.is_idle:
            return False
        is_off = report.engine.state is EngineState.OFF
        return not self._is_due(JobKind.WRITE) and (is_off or not self._is_due(JobKind.TAG))

    def _is_due(self, kind: JobKind) -> bool:
        now = self._parts.clock.now()
        due = self._parts.store.queue.next_due(kind, now)
        return due is not None and due <= now + SOON

    def _is_away_too_long(self, report: StatusReport) -> bool:
        """Photos wait, the model server does not come, and patience is over."""
        now = self._parts.clock.monotonic()
        if report.engine.state is not EngineState.WAITING or not self._is_due(JobKind.TAG):
            self._away_since = None
            return False
        if self._away_since is None:
            self._away_since = now
        return now - self._away_since >= self._wait_seconds
