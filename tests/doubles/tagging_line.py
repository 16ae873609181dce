"""Everything between a tag job and its tagging, on a real store, moved by hand."""

import os
from pathlib import Path
from typing import Any

from doubles import EventLog, FakeClock
from doubles.captioner import FakeCaptioner
from doubles.photo_reader import FakePhotoReader
from doubles.profiles import style
from phototagd.adapters.hashing import ContentIdentifier
from phototagd.adapters.sqlite.store import Store
from phototagd.adapters.walking import ScandirWalker
from phototagd.domain.asset import AssetId, Location
from phototagd.domain.errors import Unavailable
from phototagd.domain.job import EVERYBODY, NOBODY, JobView, Priority
from phototagd.domain.record import Arrival, PathRecord
from phototagd.domain.tagging import Tagging
from phototagd.flow.asking.endpoint import Endpoint
from phototagd.flow.asking.finisher import Finisher
from phototagd.flow.asking.inquiries import Inquiries
from phototagd.flow.asking.lane import Lane
from phototagd.flow.asking.pair_sharer import PairSharer
from phototagd.flow.asking.preparer import Preparer
from phototagd.flow.asking.ready import ReadyPhotos
from phototagd.flow.asking.refusing import refusal
from phototagd.flow.held import HeldLeases
from phototagd.flow.keeping.janitor import Janitor
from phototagd.flow.settler import Settler
from phototagd.rules.arriving.eligibility import IgnoreRules


class Failing:
    """Passes everything on to a port, but raises first what a test put into `errors`."""

    def __init__(self, real: Any) -> None:
        self._real = real
        self.errors: dict[str, list[Exception]] = {}
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._real, name)

        def call(*args: Any, **named: Any) -> Any:
            self.calls.append(name)
            if self.errors.get(name):
                raise self.errors[name].pop(0)
            return method(*args, **named)

        return call


class NoAnswersBeside:
    """No sidecar holds an answer."""

    def answer_for(self, _asset: AssetId, _profile: str | None = None) -> Tagging | None:
        return None


class TaggingLine:
    """One endpoint with lanes, a preparer and a janitor; `ask_all` works everything off."""

    def __init__(self, folder: Path, store: Store, clock: FakeClock, *, lanes: int = 1) -> None:
        self.folder = folder
        self.folder.mkdir(exist_ok=True)
        self.clock = clock
        self.events = EventLog()
        self.changed: list[PathRecord] = []
        self.store = store
        self.queue = Failing(store.queue)
        self.catalogue = Failing(store.catalogue)
        self.care = Failing(store.care)
        self.captioner = FakeCaptioner()
        self.reader = FakePhotoReader()
        self.held = HeldLeases()
        self.library = store.catalogue.open_library(os.fsencode(folder))
        self.is_paused = False
        self.settler = Settler(queue=self.queue, held=self.held, clock=clock, emit=self.events)
        self.ready = ReadyPhotos(depth=lanes + 1, on_room=lambda: None)
        self.endpoint = Endpoint(
            captioner=self.captioner,
            canary=b"canary",
            styles={"photos": style()},
            clock=clock,
            emit=self.events,
        )
        self.preparer = self._preparer()
        self.inquiries = self._inquiries()
        self.lanes = [self._lane() for _ in range(lanes)]
        self.lane = self.lanes[0]
        self.janitor = Janitor(
            queue=self.queue,
            care=self.care,
            index=self.store.search,
            held=self.held,
            settler=self.settler,
            clock=clock,
        )
        self.endpoint.keep()
        self.captioner.questions.clear()
        self.events.events.clear()

    def photo(
        self, name: str = "a.jpg", content: str = "", priority: Priority = Priority.NEW
    ) -> AssetId:
        """A photo on disk, taken in; its asset. Equal content is the same asset."""
        path = self.folder / name
        path.write_bytes(b"\xff\xd8\xff\xe0" + (content or name).encode() + b"\xff\xd9")
        identity = ContentIdentifier().identify(os.fsencode(path))
        location = Location(self.library.id, b"", os.fsencode(name))
        arrived = self.store.catalogue.take_in([Arrival(location, identity, priority)])
        return arrived[0].asset

    def path(self, name: str = "a.jpg") -> bytes:
        return os.fsencode(self.folder / name)

    def ask_once(self) -> None:
        """Prepare what there is room for, then one question."""
        self.prepare_all()
        self.lane.step()

    def prepare_all(self) -> None:
        while self.preparer.step() == 0.0:
            pass

    def recover(self) -> None:
        """The next probes of the endpoint."""
        for _ in range(2):
            self.clock.advance(15)
            self.endpoint.keep()

    def tag_job(self, asset: AssetId) -> JobView:
        jobs = self.store.queue.jobs(None, 1000)
        paths = {p.absolute for p in self.store.catalogue.paths_of(asset, include_gone=True)}
        return next(job for job in jobs if job.kind == "tag" and job.location in paths)

    def state(self, asset: AssetId) -> str:
        return str(self.tag_job(asset).state)

    def fail(self, port: Failing, method: str, times: int = 1) -> None:
        """The next calls of a port's method find a full disk."""
        port.errors[method] = [Unavailable("the disk is full") for _ in range(times)]

    def outcomes(self) -> list[str]:
        return [event.outcome for event in self.events.named("job.ended")]

    def _preparer(self) -> Preparer:
        return Preparer(
            queue=self.queue,
            catalogue=self.catalogue,
            walker=ScandirWalker(ignore=IgnoreRules()),
            reader=self.reader,
            adopter=NoAnswersBeside(),
            share=PairSharer(
                catalogue=self.catalogue,
                queue=self.queue,
                reader=self.reader,
                clock=self.clock,
            ).look,
            ready=self.ready,
            held=self.held,
            settler=self.settler,
            clock=self.clock,
            emit=self.events,
            long_side=1024,
            on_changed=self.changed.append,
            admitted=self._admitted,
        )

    def _admitted(self) -> frozenset[Priority]:
        return NOBODY if self.is_paused else self.endpoint.admitted

    def _lane(self) -> Lane:
        return Lane(
            endpoint=self.endpoint,
            ready=self.ready,
            catalogue=self.catalogue,
            finisher=Finisher(catalogue=self.catalogue, clock=self.clock, emit=self.events),
            settler=self.settler,
            held=self.held,
            clock=self.clock,
            emit=self.events,
            admitted=lambda: NOBODY if self.is_paused else EVERYBODY,
            inquiries=self.inquiries,
            wait_seconds=0.0,
        )

    def _inquiries(self) -> Inquiries:
        return Inquiries(
            reader=self.reader,
            long_side=1024,
            clock=self.clock,
            emit=self.events,
            refusal=lambda: refusal(
                [self.endpoint], is_paused=self.is_paused, admitted=self._admitted()
            ),
            on_ask=self.ready.wake,
        )
