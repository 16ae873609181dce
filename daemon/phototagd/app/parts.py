"""Everything the daemon is made of, wired together and not yet running."""

from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.app.arriving.arriving import Arriving
from phototagd.app.asking.asking import Asking
from phototagd.app.asking.engines import Connect
from phototagd.app.asking.profiling import profiles_of, styles_of
from phototagd.app.bells import Bells
from phototagd.app.finding.meaning import Meaning, kin_of
from phototagd.app.ground import Ground
from phototagd.app.keeping.keeping import Keeping
from phototagd.app.tending.bilingual import worded
from phototagd.app.tending.vocabulary import Vocabulary
from phototagd.app.writing.shelving import Shelving
from phototagd.app.writing.writing_room import WritingRoom
from phototagd.domain.events import Event, PhotoAdopted, PhotoTagged
from phototagd.flow.asking.kin import Kin
from phototagd.flow.bus import Bus
from phototagd.flow.held import HeldLeases
from phototagd.flow.pace import Pace
from phototagd.flow.settler import Settler
from phototagd.ports import Clock, PhotoReader, StepHook
from phototagd.settings import Settings


class Parts:
    """The living parts that the daemon starts, asks and stops, in the order of a photo's path.

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
        self.settings, self.clock, self.bus, self.store = settings, clock, bus, store
        self.mounts, self.reader = mounts, reader
        self.bells = Bells()
        self.pace = Pace(clock=clock)
        bus.join(self.pace)
        bus.join(self._wake_writer)
        self._ground = self._level(step)
        profiles = profiles_of(settings)
        self._styles = styles_of(settings, profiles)
        self.style = self._styles[profiles.usual.name]
        self.arriving = Arriving(
            self._ground, profiles=profiles, long_side=self.style.image_long_side
        )
        self.shelving = Shelving(
            catalogue=store.catalogue, libraries=self.arriving.libraries, step=step
        )
        self.vocabulary = self._vocabulary()
        kin = kin_of(settings)
        self.asking = self._asking(kin, connect)
        self.writing = self._writing()
        self.keeping = Keeping(self._ground, shelving=self.shelving)
        self.meaning = self._meaning(kin)

    def close(self) -> None:
        """Let go of model servers and of processes that were started; may be called twice."""
        self.meaning.close()
        self.shelving.close()
        self.asking.close()

    def _level(self, step: StepHook) -> Ground:
        held = HeldLeases()
        return Ground(
            settings=self.settings,
            clock=self.clock,
            bus=self.bus,
            store=self.store,
            mounts=self.mounts,
            reader=self.reader,
            step=step,
            bells=self.bells,
            held=held,
            settler=Settler(queue=self.store.queue, held=held, clock=self.clock, emit=self.bus),
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

    def _asking(self, kin: Kin, connect: Connect) -> Asking:
        return Asking(
            self._ground,
            style=self.style,
            styles=self._styles,
            vocabulary=self.vocabulary,
            adopter=self.shelving.adopter(),
            walker=self.arriving.walker,
            kin=kin,
            look_again=self.arriving.look_again,
            connect=connect,
            warm_places=lambda: self.writing.gazetteer.warm(),  # noqa: PLW0108 -- made later
        )

    def _writing(self) -> WritingRoom:
        return WritingRoom(
            self._ground,
            shelving=self.shelving,
            wording=worded(self.vocabulary.wording, self.vocabulary.living, self.style),
            language=self.style.language,
        )

    def _meaning(self, kin: Kin) -> Meaning:
        return Meaning(
            self.settings,
            store=self.store,
            kin=kin,
            clock=self.clock,
            emit=self.bus,
            is_open=lambda: not self.asking.closures(),
            photos_waiting=self.asking.waiting,
        )

    def _wake_writer(self, event: Event) -> None:
        if isinstance(event, PhotoTagged | PhotoAdopted):
            self.bells.to_write()
