"""Everything the daemon is made of, wired together and not yet running."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from importlib.resources import files

from phototagd.adapters.backup_folder import BackupFolder
from phototagd.adapters.hashing import ContentIdentifier
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.adapters.walking import ScandirWalker
from phototagd.app.arriving.libraries import LibraryBuilder
from phototagd.app.asking.engines import Connect, build_endpoints
from phototagd.app.asking.opening_hours import opening_hours
from phototagd.app.asking.pairing import pair_sharing
from phototagd.app.asking.profiling import profiles_of, styles_of
from phototagd.app.asking.screening import Screening, text_reader
from phototagd.app.finding.meaning import Meaning, kin_of
from phototagd.app.tending.vocabulary import Vocabulary
from phototagd.app.writing.bilingual import learner, worded
from phototagd.app.writing.shelving import Shelving
from phototagd.app.writing.writing_room import WritingRoom
from phototagd.domain.events import Event, PhotoAdopted, PhotoTagged
from phototagd.domain.job import NOBODY, Priority
from phototagd.domain.record import PathRecord
from phototagd.domain.status import Closure
from phototagd.flow.arriving.candidates import Found
from phototagd.flow.arriving.intake import Intake
from phototagd.flow.asking.adopter import Adopter
from phototagd.flow.asking.endpoint import Endpoint
from phototagd.flow.asking.finisher import Finisher
from phototagd.flow.asking.gates import Gates
from phototagd.flow.asking.inquiries import Inquiries
from phototagd.flow.asking.kin import Kin
from phototagd.flow.asking.lane import Lane
from phototagd.flow.asking.pausing import Pause
from phototagd.flow.asking.preparer import Preparer
from phototagd.flow.asking.ready import ReadyPhotos
from phototagd.flow.asking.refusing import refusal
from phototagd.flow.bus import Bell, Bus
from phototagd.flow.held import HeldLeases
from phototagd.flow.keeping.archivist import Archivist
from phototagd.flow.keeping.inspector import Inspector
from phototagd.flow.keeping.janitor import Janitor
from phototagd.flow.keeping.verifier import Verifier
from phototagd.flow.pace import Pace
from phototagd.flow.requests import Requests
from phototagd.flow.settler import Settler
from phototagd.flow.writing.write_worker import WriteWorker
from phototagd.ports import Clock, PhotoReader, StepHook
from phototagd.rules.answers.style import Style
from phototagd.rules.arriving.eligibility import IgnoreRules
from phototagd.settings import Settings


@dataclass(frozen=True, slots=True)
class Bells:
    """Who is woken by what: work in the queue, room among ready photos, a gate that moved."""

    to_prepare: Bell = field(default_factory=Bell)
    to_write: Bell = field(default_factory=Bell)
    to_ask: Bell = field(default_factory=Bell)
    to_probe: Bell = field(default_factory=Bell)

    def work_came(self) -> None:
        """The queue has something new."""
        self.to_prepare()
        self.to_write()

    def person_came(self) -> None:
        """Somebody waits for a photo: models may be loaded for it."""
        self.work_came()
        self.to_probe()

    def gates_moved(self) -> None:
        """A pause or a breaker changed."""
        self.to_prepare()
        self.to_ask()
        self.to_probe()


class Parts:
    """The living parts that the daemon starts, asks and stops.

    Making them wires everything; nothing runs yet, and no connection is made.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock,
        bus: Bus,
        store: Store,
        mounts: MountTable,
        reader: PhotoReader,
        step: StepHook,
        connect: Connect,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.bus = bus
        self.store = store
        self.bells = Bells()
        self.mounts = mounts
        self.reader = reader
        self.pause = Pause(emit=bus, on_change=self.bells.gates_moved)
        self.gates = self._gates()
        self.pace = Pace(clock=clock)
        bus.join(self.pace)
        bus.join(self._wake_writer)
        self.profiles = profiles_of(settings)
        self._styles = styles_of(settings, self.profiles)
        self._held = HeldLeases()
        self._settler = Settler(queue=store.queue, held=self._held, clock=clock, emit=bus)
        self.libraries = self._library_builder()
        self.shelving = Shelving(catalogue=store.catalogue, libraries=self.libraries, step=step)
        self.vocabulary = self._vocabulary()
        self.endpoints, self.lanes, self.preparer = self._asking(connect)
        self.writing_room, self.writing = self._writing()
        self.intake = self._intake()
        self.watchers = self.libraries.watchers(self.intake)
        self.requests = self._requests()
        self.archivist = self._archivist()
        self.janitor = self._janitor()
        self.inspector = Inspector(care=store.care, queue=store.queue, clock=clock, emit=bus)
        self.meaning = self._meaning()

    @property
    def style(self) -> Style:
        """The style of the usual profile."""
        return self._styles[self.profiles.usual.name]

    @cached_property
    def canary(self) -> bytes:
        """The picture that a model must be able to describe."""
        return files("phototagd").joinpath("canary.jpg").read_bytes()

    @cached_property
    def inquiries(self) -> Inquiries:
        """Persons' own questions about photos."""
        return Inquiries(
            reader=self.reader,
            long_side=self.style.image_long_side,
            clock=self.clock,
            emit=self.bus,
            refusal=lambda: refusal(
                self.endpoints, is_paused=self.pause.is_set, admitted=self.admitted()
            ),
            on_ask=self._wake_lanes,
        )

    @cached_property
    def _walker(self) -> ScandirWalker:
        return ScandirWalker(ignore=IgnoreRules())

    @cached_property
    def _kin(self) -> Kin:
        return kin_of(self.settings)

    def _library_builder(self) -> LibraryBuilder:
        return LibraryBuilder(
            settings=self.settings,
            catalogue=self.store.catalogue,
            mounts=self.mounts,
            clock=self.clock,
            emit=self.bus,
            profiles=self.profiles,
        )

    @cached_property
    def screening(self) -> Screening:
        """Who looks for private text in photos; nobody where that is not installed."""
        return Screening(
            text_reader(self.settings),
            store=self.store,
            photos=self.reader,
            clock=self.clock,
            emit=self.bus,
            long_side=self.style.image_long_side,
            is_busy=lambda: bool(self._photos_waiting()),
        )

    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(
            self.settings,
            store=self.store,
            language=self.style.language,
            neighbours=lambda words: self.meaning.neighbours(words),  # noqa: PLW0108 -- made later
            clock=self.clock,
            emit=self.bus,
            on_queued=self.bells.to_write,
        )

    def admitted(self) -> frozenset[Priority]:
        """The classes that at least one endpoint may be asked about now."""
        taken = NOBODY.union(*(endpoint.admitted for endpoint in self.endpoints))
        return taken & self.gates.admitted()

    def closures(self) -> list[Closure]:
        """Why photos wait although the model works."""
        yielding = [endpoint.closure for endpoint in self.endpoints]
        everywhere = yielding if all(yielding) else []
        return [*self.gates.closures(), *filter(None, everywhere)]

    def close(self) -> None:
        """Let go of the model servers and of what reads text; may be called twice."""
        self.screening.close()
        self.meaning.close()
        self.shelving.close()
        for endpoint in self.endpoints:
            endpoint.close()

    def _gates(self) -> Gates:
        return Gates(
            pause=self.pause,
            schedule=opening_hours(self.settings),
            clock=self.clock,
            emit=self.bus,
            to_local=datetime.astimezone,
        )

    def _asking(self, connect: Connect) -> tuple[list[Endpoint], list[Lane], Preparer]:
        servers = build_endpoints(
            self.settings,
            styles=self._styles,
            canary=self.canary,
            clock=self.clock,
            emit=self.bus,
            on_change=self.bells.gates_moved,
            is_open=lambda: self.gates.is_open,
            is_awaited=lambda: self.inquiries.are_waiting() or self.store.queue.is_awaited(),
            kin=self._kin,
            only_words=self.vocabulary.living.values,
            connect=connect,
        )
        slots = [endpoint for endpoint, lanes in servers for _ in range(lanes)]
        self.ready = ready = ReadyPhotos(depth=len(slots) + 1, on_room=self.bells.to_prepare)
        preparer = Preparer(
            queue=self.store.queue,
            catalogue=self.store.catalogue,
            walker=self._walker,
            reader=self.reader,
            adopter=self.shelving.adopter(),
            share=pair_sharing(self.settings, self.store, self.reader, self.clock),
            ready=ready,
            held=self._held,
            settler=self._settler,
            clock=self.clock,
            emit=self.bus,
            long_side=self.style.image_long_side,
            on_changed=self._look_again,
            admitted=self.admitted,
            screen=self.screening.screen,
        )
        lanes = [self._lane(endpoint, ready) for endpoint in slots]
        return [endpoint for endpoint, _ in servers], lanes, preparer

    def _lane(self, endpoint: Endpoint, ready: ReadyPhotos) -> Lane:
        return Lane(
            endpoint=endpoint,
            ready=ready,
            catalogue=self.store.catalogue,
            finisher=Finisher(
                catalogue=self.store.catalogue,
                clock=self.clock,
                emit=self.bus,
                learn=learner(self.vocabulary.living, self.style),
                privacy=self.store.privacy.privacy,
            ),
            settler=self._settler,
            held=self._held,
            clock=self.clock,
            emit=self.bus,
            admitted=self.gates.admitted,
            hint=self.vocabulary.hint,
            inquiries=self.inquiries,
        )

    def _writing(self) -> tuple[WritingRoom, WriteWorker]:
        room = WritingRoom(
            store=self.store,
            shelving=self.shelving,
            reader=self.reader,
            wording=worded(self.vocabulary.wording, self.vocabulary.living, self.style),
            language=self.style.language,
            clock=self.clock,
            emit=self.bus,
        )
        worker = WriteWorker(
            queue=self.store.queue,
            catalogue=self.store.catalogue,
            writer=room.writer,
            held=self._held,
            settler=self._settler,
            clock=self.clock,
        )
        return room, worker

    def _intake(self) -> Intake:
        return Intake(
            catalogue=self.store.catalogue,
            walker=self._walker,
            identifier=ContentIdentifier(),
            reader=self.reader,
            clock=self.clock,
            emit=self.bus,
            on_arrival=self.bells.work_came,
            quiet_seconds=self.settings.intake.quiet_seconds,
            long_side=self.style.image_long_side,
        )

    def _requests(self) -> Requests:
        return Requests(
            catalogue=self.store.catalogue,
            queue=self.store.queue,
            intake=self.intake,
            ledger=self.store.ledger,
            clock=self.clock,
            on_arrival=self.bells.person_came,
            profile=self.profiles.usual.name,
        )

    def _meaning(self) -> Meaning:
        return Meaning(
            self.settings,
            store=self.store,
            kin=self._kin,
            clock=self.clock,
            emit=self.bus,
            is_open=lambda: not self.closures(),
            photos_waiting=self._photos_waiting,
        )

    def _photos_waiting(self) -> int:
        """Photos that a model could be asked about now."""
        if not self.admitted():
            return 0
        tally = self.store.queue.tally(self.clock.now())
        return tally.queued + tally.running - tally.snoozed

    def _janitor(self) -> Janitor:
        return Janitor(
            queue=self.store.queue,
            care=self.store.care,
            index=self.store.search,
            held=self._held,
            settler=self._settler,
            clock=self.clock,
        )

    @property
    def verifier(self) -> Verifier:
        """Who compares the store with the disk."""
        return Verifier(
            catalogue=self.store.catalogue,
            care=self.store.care,
            files=self.shelving.files,
            editor=self.shelving.editor,
            shelves=self.shelving.shelves,
        )

    @property
    def adopter(self) -> Adopter:
        """Who takes over answers that stand in sidecars."""
        return self.shelving.adopter()

    def _archivist(self) -> Archivist:
        return Archivist(
            care=self.store.care,
            backups=BackupFolder(folder=self.settings.state_dir / "backups"),
            keep=self.settings.backup.keep,
            clock=self.clock,
            emit=self.bus,
            to_local=datetime.astimezone,
        )

    def _look_again(self, record: PathRecord) -> None:
        """A photo is not what was taken in: whatever it is now must not be missed."""
        self.intake.offer(
            [
                Found(
                    location=record.location,
                    root=record.root,
                    stamp=record.stamp,
                    priority=Priority.NEW,
                    must_read=True,
                )
            ]
        )

    def _wake_lanes(self) -> None:
        self.ready.wake()
        self.bells.gates_moved()

    def _wake_writer(self, event: Event) -> None:
        if isinstance(event, PhotoTagged | PhotoAdopted):
            self.bells.to_write()
