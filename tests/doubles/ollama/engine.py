"""Loading, queueing and cancelling, as Ollama's scheduler does it."""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from doubles.ollama.bodies import refuse
from doubles.ollama.faults import Fault
from doubles.ollama.registry import Model, Profile

_POLL_SECONDS = 0.005
_RELOAD_KEYS = (
    "num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread", "draft_num_predict",
)  # fmt: skip
_OLD_TEXTS = {Fault.OUT_OF_MEMORY: "out-of-memory-old", Fault.TERMINATED: "terminated-old"}


class Gone(Exception):
    """The client hung up, or the server is being stopped."""


@dataclass
class Runner:
    """A loaded model."""

    model: Model
    key: tuple[object, ...]
    context: int
    keep_alive: float
    expires_at: float
    queue: deque[object] = field(default_factory=deque)


class Engine:
    """One model loads at a time; a loaded one answers one request at a time, in order."""

    def __init__(self, *, profile: Profile, clock: Callable[[], float], max_queue: int) -> None:
        self.load_gate = threading.Event()
        self.load_gate.set()
        self.load_seconds = 0.0
        self.load_faults: deque[Fault] = deque()
        self.loads: list[str] = []
        self.aborted_loads = 0
        self._profile = profile
        self._clock = clock
        self._max_queue = max_queue
        self._changed = threading.Condition()
        self._runners: dict[str, Runner] = {}
        self._loading: str | None = None
        self._pending = 0

    @property
    def is_loading(self) -> bool:
        return self._loading is not None

    def runner(
        self,
        model: Model,
        options: dict[str, object],
        *,
        shift: bool,
        keep_alive: float,
        is_gone: Callable[[], bool],
    ) -> Runner:
        """The loaded model, after loading it if need be; refuses like Ollama."""
        key = (*(options.get(name) for name in _RELOAD_KEYS), shift)
        with self._changed:
            runner = self._await_turn(model, key, is_gone)
            if runner is not None:
                runner.keep_alive = keep_alive
                runner.expires_at = self._clock() + keep_alive
                return runner
            self._loading = model.name
        try:
            self._load(model, is_gone)
            context = max(2048, min(int(str(options.get("num_ctx") or 4096)), model.context_max))
            runner = Runner(model, key, context, keep_alive, self._clock() + keep_alive)
        finally:
            with self._changed:
                self._loading = None
                self._changed.notify_all()
        with self._changed:
            self._runners[model.name] = runner
        self.loads.append(model.name)
        return runner

    @contextlib.contextmanager
    def slot(self, runner: Runner, is_gone: Callable[[], bool]) -> Iterator[None]:
        """The runner's only slot, first come first served; freed at once when left."""
        ticket = object()
        with self._changed:
            runner.queue.append(ticket)
        try:
            while runner.queue[0] is not ticket:
                self.pause(is_gone)
            yield
        finally:
            with self._changed:
                runner.queue.remove(ticket)
                runner.expires_at = self._clock() + runner.keep_alive
                if runner.keep_alive == 0 and not runner.queue:
                    self._runners.pop(runner.model.name, None)
                self._changed.notify_all()

    def crash(self, runner: Runner) -> None:
        """The process is gone; the next request loads it again."""
        with self._changed:
            self._runners.pop(runner.model.name, None)

    def unload(self, model: Model) -> None:
        with self._changed:
            self._runners.pop(model.name, None)

    def loaded(self, is_gone: Callable[[], bool]) -> list[Runner]:
        """What /api/ps lists; waits while anything loads."""
        while self._loading is not None:
            self.pause(is_gone)
        with self._changed:
            self._expire()
            return list(self._runners.values())

    def pause(self, is_gone: Callable[[], bool], seconds: float = _POLL_SECONDS) -> None:
        """Wait a little; Gone when the client hung up meanwhile."""
        if is_gone():
            raise Gone
        time.sleep(min(seconds, _POLL_SECONDS))

    def _await_turn(
        self, model: Model, key: tuple[object, ...], is_gone: Callable[[], bool]
    ) -> Runner | None:
        """The fitting runner, or None when it is our turn to load."""
        is_pending = False
        try:
            while True:
                self._expire()
                runner = self._runners.get(model.name)
                if self._loading is None and (runner is None or runner.key == key):
                    return runner
                if self._loading is None and runner is not None and not runner.queue:
                    return None  # idle, but loaded with other options
                if not is_pending and self._loading != model.name:
                    if self._pending >= self._max_queue:
                        raise refuse("busy")
                    self._pending += 1
                    is_pending = True
                if is_gone():
                    raise Gone
                self._changed.wait(_POLL_SECONDS)
        finally:
            self._pending -= is_pending

    def _load(self, model: Model, is_gone: Callable[[], bool]) -> None:
        until = time.monotonic() + self.load_seconds
        try:
            while not self.load_gate.is_set() or time.monotonic() < until:
                self.pause(is_gone)
        except Gone:
            self.aborted_loads += 1
            raise
        if model.family == "mllama" and not self._profile.is_old_engine:
            raise refuse("unknown-architecture")
        if self.load_faults:
            fault = self.load_faults.popleft()
            old = _OLD_TEXTS.get(fault) if self._profile.is_old_engine else None
            raise refuse(old or fault.value)

    def _expire(self) -> None:
        now = self._clock()
        for name, runner in list(self._runners.items()):
            if not runner.queue and runner.keep_alive >= 0 and runner.expires_at <= now:
                del self._runners[name]
