"""The loops of the daemon: started bottom up, stopped in mirror order."""

import os
from contextlib import suppress

from phototagd.app.asking.decoding import decoders_of
from phototagd.app.parts import Parts
from phototagd.domain.errors import Unavailable
from phototagd.domain.events import Trouble
from phototagd.flow.loop import Loop, Step

PHOTO_SECONDS = 30.0
"""How long the photos being asked about may take to finish when the daemon stops."""

STOP_SECONDS = 15.0
BACKUP_PATIENCE_SECONDS = 3600.0  # reading or copying a large database on a slow disk
WATCH_PATIENCE_SECONDS = 1800.0  # one step of a watcher on a very slow share


class Crew:
    """All loops of the daemon; starting and stopping tolerate being called twice."""

    def __init__(
        self, parts: Parts, *, is_watching: bool = True, photo_seconds: float = PHOTO_SECONDS
    ) -> None:
        self._parts = parts
        self._photo_seconds = photo_seconds
        self._lanes = self._lane_loops()
        self._endpoints = self._endpoint_loops()
        self._preparers = self._preparer_loops()
        self._writer = self._loop(Step("writer", parts.writing.worker.step))
        self._intake = self._loop(Step("intake", parts.arriving.intake.run_once))
        self._janitor = self._loop(Step("janitor", parts.keeping.janitor.step))
        self._gardener = self._loop(Step("gardener", parts.vocabulary.gardener.step))
        self._archivist = self._loop(
            Step("archivist", parts.keeping.archivist.step, BACKUP_PATIENCE_SECONDS)
        )
        self._indexers = self._indexer_loops()
        self._reviewers = self._reviewer_loops()
        self._inspector = self._loop(
            Step("inspector", parts.keeping.inspector.step, BACKUP_PATIENCE_SECONDS)
        )
        self._watchers = self._watcher_loops() if is_watching else []
        self._loops = [
            self._janitor,
            self._gardener,
            self._archivist,
            self._inspector,
            self._writer,
            *self._indexers,
            *self._reviewers,
            *self._endpoints,
            *self._lanes,
            *self._preparers,
            self._intake,
            *self._watchers,
        ]
        self._listen()

    def start(self) -> None:
        """Take back what a dead daemon held, then begin: those who write before those who watch."""
        self._parts.store.queue.reclaim(self._parts.clock.now(), everything=True)
        self._parts.reader.warm()
        self._parts.asking.screening.warm()
        for loop in self._loops:
            loop.start()

    def wake_watchers(self) -> None:
        """A rescan was asked for."""
        for loop in self._watchers:
            loop.poke()

    def stuck(self) -> list[str]:
        """The loops that make no progress."""
        return [loop.name for loop in self._loops if not loop.is_alive()]

    def stop(self) -> None:
        """Finish or give back the photos in flight, and end; what stays is reported."""
        for loop in self._loops:
            loop.ask_to_stop()
        left = [*self._end(self._watchers, STOP_SECONDS), *self._end([self._intake], STOP_SECONDS)]
        for watcher in self._parts.arriving.watchers:
            watcher.stop()
        left += self._end([*self._preparers, *self._reviewers], STOP_SECONDS)
        with suppress(Unavailable):  # the next start takes back what is still out
            self._parts.asking.preparer.give_back("the daemon stops")
        self._end(self._lanes, self._photo_seconds)
        self._parts.close()  # whatever is still in flight goes back to the queue
        left += self._end([*self._lanes, *self._endpoints, *self._indexers], STOP_SECONDS)
        keepers = [self._writer, self._archivist, self._inspector, self._gardener, self._janitor]
        left += self._end(keepers, STOP_SECONDS)
        if left:
            self._parts.bus(Trouble(what="stopping", reason=f"still running: {', '.join(left)}"))

    def _listen(self) -> None:
        bells = self._parts.bells
        for loop in self._preparers:
            bells.to_prepare.listen(loop.poke)
        bells.to_write.listen(self._writer.poke)
        for loop in self._lanes:
            bells.to_ask.listen(loop.poke)
        for loop in self._endpoints:
            bells.to_probe.listen(loop.poke)

    def _end(self, loops: list[Loop], seconds: float) -> list[str]:
        """Wait for loops that were asked to stop, together; the names of those that did not."""
        until = self._parts.clock.monotonic() + seconds
        return [loop.name for loop in loops if not loop.stop(seconds=self._left(until))]

    def _left(self, until: float) -> float:
        return max(until - self._parts.clock.monotonic(), 0.0)

    def _loop(self, step: Step) -> Loop:
        return Loop(step=step, clock=self._parts.clock, emit=self._parts.bus)

    def _preparer_loops(self) -> list[Loop]:
        numbers = range(1, decoders_of(self._parts.settings) + 1)
        step = self._parts.asking.preparer.step
        return [self._loop(Step(f"preparer-{number}", step)) for number in numbers]

    def _lane_loops(self) -> list[Loop]:
        model = self._parts.settings.model
        patience = 2 * (model.timeout_seconds + model.load_timeout_seconds)
        return [
            self._loop(Step(f"lane-{number}", lane.step, patience))
            for number, lane in enumerate(self._parts.asking.lanes, start=1)
        ]

    def _endpoint_loops(self) -> list[Loop]:
        model = self._parts.settings.model
        patience = 2 * (model.timeout_seconds + model.load_timeout_seconds)
        return [
            self._loop(Step(f"endpoint {endpoint.name}", endpoint.keep, patience))
            for endpoint in self._parts.asking.endpoints
        ]

    def _indexer_loops(self) -> list[Loop]:
        indexer = self._parts.meaning.indexer
        return [] if indexer is None else [self._loop(Step("indexer", indexer.step, 1800.0))]

    def _reviewer_loops(self) -> list[Loop]:
        reviewer = self._parts.asking.screening.reviewer
        return [] if reviewer is None else [self._loop(Step("reviewer", reviewer.step))]

    def _watcher_loops(self) -> list[Loop]:
        return [
            self._loop(
                Step(
                    f"watcher {os.fsdecode(watcher.report().root)}",
                    watcher.run_once,
                    WATCH_PATIENCE_SECONDS,
                )
            )
            for watcher in self._parts.arriving.watchers
        ]
