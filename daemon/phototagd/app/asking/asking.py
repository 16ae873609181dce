"""The model is asked: gates, servers, the lanes to them, and what a photo becomes before."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from importlib.resources import files

from phototagd.app.asking.engines import Connect, build_endpoints
from phototagd.app.asking.opening_hours import opening_hours
from phototagd.app.asking.pairing import pair_sharing
from phototagd.app.asking.screening import Screening, text_reader
from phototagd.app.ground import Ground
from phototagd.app.tending.bilingual import learner
from phototagd.app.tending.vocabulary import Vocabulary
from phototagd.domain.asset import AssetId, Prepared
from phototagd.domain.job import NOBODY, Priority
from phototagd.domain.record import PathRecord
from phototagd.domain.status import Closure
from phototagd.flow.asking.adopter import Adopter
from phototagd.flow.asking.endpoint import Endpoint
from phototagd.flow.asking.finisher import Finisher
from phototagd.flow.asking.gates import Gates
from phototagd.flow.asking.inquiries import Inquiries
from phototagd.flow.asking.kin import Kin
from phototagd.flow.asking.lane import Lane
from phototagd.flow.asking.outrider import Outrider
from phototagd.flow.asking.pausing import Pause
from phototagd.flow.asking.preparer import Preparer
from phototagd.flow.asking.ready import ReadyPhotos
from phototagd.flow.asking.refusing import refusal
from phototagd.ports import Walker
from phototagd.rules.answers.style import Style


class Asking:
    """Endpoints with their lanes, the preparer that feeds them, and persons' own questions.

    Args:
        style: The style of the usual profile; `styles` has that of each profile by its name.
        kin: Models of ours that may be loaded beside those that look at photos.
        look_again: Told of a photo that is not what was taken in.
        warm_places: Makes places ready without waiting.
    """

    def __init__(
        self,
        ground: Ground,
        *,
        style: Style,
        styles: Mapping[str, Style],
        vocabulary: Vocabulary,
        adopter: Adopter,
        walker: Walker,
        kin: Kin,
        look_again: Callable[[PathRecord], None],
        connect: Connect,
        warm_places: Callable[[], None],
    ) -> None:
        self._ground = ground
        self._style, self._styles = style, styles
        self._vocabulary = vocabulary
        self.pause = Pause(emit=ground.bus, on_change=ground.bells.gates_moved)
        self.gates = Gates(
            pause=self.pause,
            schedule=opening_hours(ground.settings),
            clock=ground.clock,
            emit=ground.bus,
            to_local=datetime.astimezone,
        )
        self.screening = self._screening()
        self._outrider = Outrider(reader=ground.reader, warm=warm_places)
        servers = self._servers(kin, connect)
        slots = [endpoint for endpoint, lanes in servers for _ in range(lanes)]
        self.endpoints = [endpoint for endpoint, _ in servers]
        self.ready = ReadyPhotos(depth=len(slots) + 1, on_room=ground.bells.to_prepare)
        self.inquiries = self._inquiries()
        self.preparer = self._preparer(adopter, walker, look_again)
        self.lanes = [self._lane(endpoint) for endpoint in slots]

    @cached_property
    def canary(self) -> bytes:
        """The picture that a model must be able to describe."""
        return files("phototagd").joinpath("canary.jpg").read_bytes()

    def admitted(self) -> frozenset[Priority]:
        """The classes that at least one endpoint may be asked about now."""
        taken = NOBODY.union(*(endpoint.admitted for endpoint in self.endpoints))
        return taken & self.gates.admitted()

    def closures(self) -> list[Closure]:
        """Why photos wait although the model works."""
        yielding = [endpoint.closure for endpoint in self.endpoints]
        everywhere = yielding if all(yielding) else []
        return [*self.gates.closures(), *filter(None, everywhere)]

    def waiting(self) -> int:
        """Photos that a model could be asked about now."""
        if not self.admitted():
            return 0
        tally = self._ground.store.queue.tally(self._ground.clock.now())
        return tally.queued + tally.running - tally.snoozed

    def close(self) -> None:
        """Let go of the model servers and of what reads text; may be called twice."""
        self.screening.close()
        for endpoint in self.endpoints:
            endpoint.close()

    def _screen(self, asset: AssetId, path: bytes, prepared: Prepared) -> None:
        self._outrider.look(path)
        self.screening.screen(asset, path, prepared)

    def _screening(self) -> Screening:
        ground = self._ground
        return Screening(
            text_reader(ground.settings),
            store=ground.store,
            photos=ground.reader,
            clock=ground.clock,
            emit=ground.bus,
            long_side=self._style.image_long_side,
            is_busy=lambda: bool(self.waiting()),
        )

    def _servers(self, kin: Kin, connect: Connect) -> list[tuple[Endpoint, int]]:
        ground = self._ground
        return build_endpoints(
            ground.settings,
            styles=self._styles,
            canary=self.canary,
            clock=ground.clock,
            emit=ground.bus,
            on_change=ground.bells.gates_moved,
            is_open=lambda: self.gates.is_open,
            is_awaited=lambda: self.inquiries.are_waiting() or ground.store.queue.is_awaited(),
            kin=kin,
            only_words=self._vocabulary.living.values,
            connect=connect,
        )

    def _inquiries(self) -> Inquiries:
        return Inquiries(
            reader=self._ground.reader,
            long_side=self._style.image_long_side,
            clock=self._ground.clock,
            emit=self._ground.bus,
            refusal=lambda: refusal(
                self.endpoints, is_paused=self.pause.is_set, admitted=self.admitted()
            ),
            on_ask=self._wake_lanes,
        )

    def _preparer(
        self,
        adopter: Adopter,
        walker: Walker,
        look_again: Callable[[PathRecord], None],
    ) -> Preparer:
        ground = self._ground
        return Preparer(
            queue=ground.store.queue,
            catalogue=ground.store.catalogue,
            walker=walker,
            reader=ground.reader,
            adopter=adopter,
            share=pair_sharing(ground.settings, ground.store, ground.reader, ground.clock),
            ready=self.ready,
            held=ground.held,
            settler=ground.settler,
            clock=ground.clock,
            emit=ground.bus,
            long_side=self._style.image_long_side,
            on_changed=look_again,
            admitted=self.admitted,
            screen=self._screen,
        )

    def _lane(self, endpoint: Endpoint) -> Lane:
        ground = self._ground
        return Lane(
            endpoint=endpoint,
            ready=self.ready,
            catalogue=ground.store.catalogue,
            finisher=Finisher(
                catalogue=ground.store.catalogue,
                clock=ground.clock,
                emit=ground.bus,
                learn=learner(self._vocabulary.living, self._style),
                privacy=ground.store.privacy.privacy,
            ),
            settler=ground.settler,
            held=ground.held,
            clock=ground.clock,
            emit=ground.bus,
            admitted=self.gates.admitted,
            hint=self._vocabulary.hint,
            inquiries=self.inquiries,
        )

    def _wake_lanes(self) -> None:
        self.ready.wake()
        self._ground.bells.gates_moved()
