"""The whole house in one thread: every part is real but the model server and the clock."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from doubles import EventLog, FakeClock
from doubles.captioner import FakeCaptioner
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.adapters.mounts import MountTable
from phototagd.app.parts import Parts
from phototagd.app.store import no_step, open_store
from phototagd.domain.job import JobKind
from phototagd.flow.bus import Bus
from phototagd.ports import StepHook
from phototagd.settings import Settings

ROUNDS = 60


class HandDriven:
    """Parts whose loops a test turns by hand."""

    def __init__(self, parts: Parts, clock: FakeClock, events: EventLog) -> None:
        self.parts = parts
        self.clock = clock
        self.events = events
        for lane in parts.asking.lanes:
            lane._wait_seconds = 0.0  # nobody puts a photo there while it waits

    def start(self) -> None:
        """As `Crew.start` begins."""
        self.parts.store.queue.reclaim(self.clock.now(), everything=True)
        self.parts.keeping.janitor.step()

    def turn(self) -> None:
        """Every loop once, and a little time."""
        parts = self.parts
        for endpoint in parts.asking.endpoints:
            endpoint.keep()
        for watcher in parts.arriving.watchers:
            watcher.run_once()
        parts.arriving.intake.run_once()
        parts.asking.preparer.step()
        for lane in parts.asking.lanes:
            lane.step()
        parts.writing.worker.step()
        parts.vocabulary.gardener.step()
        self.clock.advance(1.0)

    def run(self) -> None:
        """Until nothing is left to do."""
        for _ in range(ROUNDS):
            self.turn()
            if self.is_finished():
                return
        raise AssertionError("the work never ends")

    def is_finished(self) -> bool:
        queue, now = self.parts.store.queue, self.clock.now()
        return (
            self.parts.arriving.intake.is_idle
            and all(watcher.is_idle for watcher in self.parts.arriving.watchers)
            and queue.next_due(JobKind.TAG, now) is None
            and queue.next_due(JobKind.WRITE, now) is None
            and not queue.tally(now).running
        )


@contextmanager
def hand_driven(
    settings: Settings,
    *,
    clock: FakeClock,
    captioner: FakeCaptioner,
    reader: ProcessPhotoReader,
    step: StepHook = no_step,
) -> Iterator[HandDriven]:
    """The house of these settings; `reader` is shared, its child process is slow to start."""
    bus, events = Bus(), EventLog()
    bus.join(events)
    has_engine = settings.model.engine != "none"
    store = open_store(settings.state_dir, clock=clock, emit=bus, has_engine=has_engine, step=step)
    with store:
        parts = Parts(
            settings,
            clock=clock,
            bus=bus,
            store=store,
            mounts=MountTable(),
            reader=reader,
            step=step,
            connect=lambda *_: captioner,
        )
        with closing(parts):
            try:
                yield HandDriven(parts, clock, events)
            finally:
                for watcher in parts.arriving.watchers:
                    watcher.stop()
