"""Is a model server used by others just now, and does anybody need our model?

A server tells which models it holds and when it will unload each; that moment moves with
every use. So a model whose moment stands still is only lying there, however long it stays:
photos wait for programs that work, not for memory that is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from phototagd.domain.engine import LoadedModel

QUIET_SECONDS = 300.0
"""As long as Ollama itself keeps a model for a person who thinks about the next question."""

_SAME = timedelta(seconds=1)  # servers that count down may differ by the time of the look
_LOADING = "a model that is being loaded"


@dataclass(frozen=True, slots=True)
class Seen:
    """One model as it was last seen; `used_at` in monotonic seconds."""

    name: str
    is_ours: bool
    expires_at: datetime | None
    used_at: float


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a server held at the last look, and when each model was used as far as we saw."""

    seen: tuple[Seen, ...] = ()

    def after(self, loaded: Sequence[LoadedModel], now: float) -> "Neighbours":
        """What is known after another look; a model seen first counts as used just now."""
        before = {model.name: model for model in self.seen}
        return Neighbours(tuple(_seen(model, before.get(model.name), now) for model in loaded))

    def while_loading(self, now: float) -> "Neighbours":
        """What is known when the server loads something for somebody else."""
        rest = tuple(model for model in self.seen if model.name != _LOADING)
        return Neighbours((*rest, Seen(_LOADING, is_ours=False, expires_at=None, used_at=now)))

    def busy_with(self, now: float) -> str:
        """The model of others that was used last, if that is not long ago; else empty."""
        others = [
            model
            for model in self.seen
            if not model.is_ours and now - model.used_at < QUIET_SECONDS
        ]
        return max(others, key=lambda model: model.used_at).name if others else ""

    def quiet_seconds(self, now: float) -> float | None:
        """How long our model was not used by anybody; None when it is not loaded."""
        ours = [now - model.used_at for model in self.seen if model.is_ours]
        return min(ours) if ours else None


def _seen(model: LoadedModel, before: Seen | None, now: float) -> Seen:
    is_still = before is not None and _is_same(before.expires_at, model.expires_at)
    used_at = before.used_at if before is not None and is_still else now
    return Seen(model.name, model.is_ours, model.expires_at, used_at)


def _is_same(before: datetime | None, after: datetime | None) -> bool:
    if before is None or after is None:
        return before is after
    return abs(after - before) < _SAME
