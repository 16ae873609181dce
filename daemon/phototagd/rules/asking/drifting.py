"""Do photos take much longer than they used to, with nothing changed that would explain it?

A model that no longer fits on the GPU, a hot card or a neighbour make every answer slower
without any error. A slow photo is nothing; twenty of them are.
"""

from dataclasses import dataclass, replace
from statistics import median

WINDOW = 20
FACTOR = 2.0
_LEAST_SECONDS = 0.5  # a difference that nobody would notice is none


@dataclass(frozen=True, slots=True)
class Drift:
    """How long answers take with one recipe, in seconds.

    `latest` are the answers of the window in progress, `now` the median of the last full one,
    and `usual` the least median so far. `is_slow` compares the two.
    """

    recipe: str = ""
    usual: float | None = None
    now: float = 0.0
    latest: tuple[float, ...] = ()

    @property
    def is_slow(self) -> bool:
        """Whether answers take much longer than they did."""
        usual = self.now if self.usual is None else self.usual
        return self.now > usual * FACTOR and self.now - usual > _LEAST_SECONDS

    def after(self, recipe: str, seconds: float) -> "Drift":
        """What is known after another answer; another recipe begins anew."""
        if recipe != self.recipe:
            return Drift(recipe=recipe, latest=(seconds,))
        latest = (*self.latest, seconds)
        if len(latest) < WINDOW:
            return replace(self, latest=latest)
        now = median(latest)
        usual = now if self.usual is None else min(self.usual, now)
        return Drift(recipe=recipe, usual=usual, now=now)

    def tells(self, after: "Drift") -> bool:
        """Whether the step to `after` is the moment to warn a person."""
        return after.is_slow and not self.is_slow
