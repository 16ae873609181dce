"""A named thread that calls one step again and again, and can be asked whether it lives."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from phototagd.domain.errors import Unavailable
from phototagd.domain.events import Trouble
from phototagd.ports import Clock, Listener

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Step:
    """What a loop does: `run` works once and returns how many seconds it wants to rest.

    `patience_seconds` is how long one run may legitimately take; beyond it the loop counts
    as hung and the daemon stops telling its supervisor that it is alive.
    """

    name: str
    run: Callable[[], float]
    patience_seconds: float = 600.0


class Loop:
    """Runs a step in a thread until stopped; survives whatever the step raises.

    Starting is synchronous; stopping waits. Both tolerate being called twice.
    """

    def __init__(self, *, step: Step, clock: Clock, emit: Listener) -> None:
        self.name = step.name
        self._step = step
        self._clock = clock
        self._emit = emit
        self._wake = threading.Event()
        self._stopping = False
        self._failures = 0
        self._told = ""
        self._entered_at: float | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in a thread of the step's name."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
            self._thread.start()

    def poke(self) -> None:
        """End the present rest: there may be something to do."""
        self._wake.set()

    def ask_to_stop(self) -> None:
        """Stop after the present step, without waiting for it."""
        self._stopping = True
        self._wake.set()

    def stop(self, *, seconds: float) -> bool:
        """Stop and wait; False when the step did not return in time."""
        self.ask_to_stop()
        if self._thread is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def is_alive(self) -> bool:
        """Whether the thread runs and its present step is within its patience."""
        if self._thread is None or not self._thread.is_alive():
            return False
        entered_at = self._entered_at
        if entered_at is None:
            return True
        return self._clock.monotonic() - entered_at <= self._step.patience_seconds

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            rest = self.run_once()
            if rest > 0 and not self._stopping:
                self._clock.wait(self._wake, rest)

    def run_once(self) -> float:
        """Run the step; how many seconds to rest before the next one."""
        self._entered_at = self._clock.monotonic()
        try:
            rest = self._step.run()
        except Unavailable as error:
            return self._failed(str(error), error.remedy)
        except Exception as error:  # noqa: BLE001 -- a loop must outlive every bug in its step
            return self._failed(f"{type(error).__name__}: {error}", "this is a bug; please report")
        finally:
            self._entered_at = None
        self._failures, self._told = 0, ""
        return rest

    def _failed(self, reason: str, remedy: str) -> float:
        """Report a failure, once while it lasts, and back off, doubling up to a minute."""
        if reason != self._told:
            self._told = reason
            self._emit(Trouble(what=self.name, reason=reason, remedy=remedy))
        pause = min(FIRST_PAUSE_SECONDS * 2.0**self._failures, LONGEST_PAUSE_SECONDS)
        self._failures += 1
        return pause
