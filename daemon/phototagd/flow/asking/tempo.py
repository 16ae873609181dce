"""Notices when answers become slow, and says so once."""

import threading

from phototagd.domain.events import ModelSlowed
from phototagd.ports import Listener
from phototagd.rules.asking.drifting import Drift


class Tempo:
    """Listens to how long one endpoint takes for each answer, from any thread.

    Recipes are compared with themselves: profiles that take turns may differ in length.
    """

    def __init__(self, *, endpoint: str, emit: Listener) -> None:
        self._endpoint = endpoint
        self._emit = emit
        self._lock = threading.Lock()
        self._drifts: dict[str, Drift] = {}

    def answered(self, recipe: str, seconds: float) -> None:
        """Another answer took `seconds` on the server; warns when that became usual."""
        with self._lock:
            before = self._drifts.get(recipe, Drift())
            after = self._drifts[recipe] = before.after(recipe, seconds)
        if before.tells(after):
            assert after.usual is not None, "slow is a comparison"
            self._emit(
                ModelSlowed(
                    endpoint=self._endpoint,
                    seconds=round(after.now, 2),
                    usual_seconds=round(after.usual, 2),
                )
            )
