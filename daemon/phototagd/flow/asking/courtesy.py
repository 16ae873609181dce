"""Manners towards others on the same model server: stand back while they work, tidy up after."""

from collections.abc import Callable, Sequence

from phototagd.domain.engine import LoadedModel
from phototagd.domain.events import EngineShared, ModelSpilled, ModelUnloaded
from phototagd.domain.status import Closure, ClosureCause
from phototagd.flow.asking.kin import Kin
from phototagd.ports import Captioner, Clock, Listener
from phototagd.rules.asking.yielding import Neighbours


class Courtesy:
    """What one endpoint does about other programs on its server.

    Args:
        yields: Whether photos wait while another program uses its own model there: asking
            would make the server load one model after the other, for both.
        unload_after_seconds: How long our model lies unused before it is unloaded; 0 leaves
            that to the server.
        is_open: Whether photos may be asked about at all; while not, the model is unloaded.
        is_awaited: Whether a person waits for a photo.
        kin: Our other models, which may be loaded beside it and are no strangers.
    """

    def __init__(
        self,
        *,
        captioner: Captioner,
        clock: Clock,
        emit: Listener,
        yields: bool = False,
        unload_after_seconds: float = 0.0,
        is_open: Callable[[], bool] = lambda: True,
        is_awaited: Callable[[], bool] = lambda: False,
        kin: Kin | None = None,
    ) -> None:
        self._kin = kin or Kin()
        self._captioner = captioner
        self._clock = clock
        self._emit = emit
        self._yields = yields
        self._unload_after_seconds = unload_after_seconds
        self._is_open = is_open
        self._is_awaited = is_awaited
        self._neighbours = Neighbours()
        self._has_loaded = False
        self._is_spilled = False
        self.closure: Closure | None = None

    @property
    def may_load(self) -> bool:
        """Whether our model may be loaded now: others do not mind, or a person waits."""
        return (self.closure is None and self._is_open()) or self._is_awaited()

    def loading(self) -> None:
        """Our model is about to be loaded or asked: what is loaded is ours to unload."""
        self._has_loaded = True

    def look(self, *, is_asking: bool) -> bool:
        """See what the server holds; whether the server was given up or taken back just now.

        Raises Unavailable when the server cannot be asked.
        """
        loaded = self._captioner.loaded()
        now = self._clock.monotonic()
        if loaded is not None:
            strangers = [one for one in loaded if one.is_ours or not self._kin.knows(one.name)]
            self._neighbours = self._neighbours.after(strangers, now)
            self._watch_memory(loaded)
        elif not is_asking and not self._kin.is_asking:  # it loads a model, and not for us
            self._neighbours = self._neighbours.while_loading(now)
        if not is_asking:
            self._tidy_up(now)
        return self._stand_back(now)

    def _stand_back(self, now: float) -> bool:
        name = self._neighbours.busy_with(now) if self._yields else ""
        before = self.closure
        reason = f"another program uses {name} on the model server" if name else ""
        self.closure = Closure(ClosureCause.OTHERS, reason) if name else None
        is_moved = (before is None) != (self.closure is None)
        if is_moved:
            self._emit(EngineShared(endpoint=self._captioner.name, reason=reason))
        return is_moved

    def _tidy_up(self, now: float) -> None:
        quiet = self._neighbours.quiet_seconds(now)
        if quiet is None or not self._has_loaded or self._is_awaited():
            return
        is_idle = 0 < self._unload_after_seconds <= quiet
        if is_idle or not self._is_open():
            self._captioner.unload()
            self._has_loaded = False
            reason = f"unused for {quiet:.0f} s" if is_idle else "no photos are asked about now"
            self._emit(ModelUnloaded(endpoint=self._captioner.name, reason=reason))

    def _watch_memory(self, loaded: Sequence[LoadedModel]) -> None:
        """Warn once when our model does not fit on the GPU, until it has fitted again."""
        ours = [model.memory for model in loaded if model.is_ours]
        if not ours:
            return
        is_spilled = ours[0].gpu < ours[0].total
        if is_spilled and not self._is_spilled:
            self._emit(
                ModelSpilled(
                    endpoint=self._captioner.name,
                    total_bytes=ours[0].total,
                    gpu_bytes=ours[0].gpu,
                )
            )
        self._is_spilled = is_spilled
