"""The daemon's end of one decoding process."""

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import BinaryIO, cast

from phototagd.adapters.images.frames import BrokenFrame, read_frame, write_frame
from phototagd.adapters.images.messages import Message
from phototagd.domain.errors import ProcessKilled

_REAP_SECONDS = 5.0


class Child:
    """A running process that answers one request at a time.

    A thread of its own reads the replies, so that waiting has a time limit on every platform
    and even a process that cannot be killed (stuck in a dead share) is simply left behind.
    Raises OSError when the process cannot be started.
    """

    def __init__(
        self, command: Sequence[str], *, niceness: int = 0, doing: str = "decoding"
    ) -> None:
        self._doing = doing
        self._process = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            start_new_session=True,  # Ctrl-C is for the daemon, which then ends its child
        )
        if niceness and sys.platform != "win32":
            with contextlib.suppress(OSError):  # it may have died already, which shows later
                os.setpriority(os.PRIO_PROCESS, self._process.pid, niceness)
        self._stdin = cast("BinaryIO", self._process.stdin)
        self._stdout = cast("BinaryIO", self._process.stdout)
        self._replies: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="decoder-replies", daemon=True)
        self._reader.start()
        self.answered = 0

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def send(self, message: Message) -> None:
        """Pass a request on; a dead process shows when its reply is awaited."""
        with contextlib.suppress(OSError):
            write_frame(self._stdin, *message)

    def receive(self, seconds: float) -> Message:
        """The next reply; raises ProcessKilled, naming how, when none comes in time."""
        try:
            reply = self._replies.get(timeout=seconds)
        except queue.Empty:
            self.end()
            raise ProcessKilled(f"{self._doing} hung for more than {seconds:g} s") from None
        if reply is None:
            raise ProcessKilled(f"{self._doing} crashed: {self._how_it_died()}")
        self.answered += 1
        return reply

    def end(self) -> None:
        """Kill the process and collect it; may be called twice and from any thread."""
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_REAP_SECONDS)
        with contextlib.suppress(OSError):
            self._stdin.close()
        self._reader.join(_REAP_SECONDS)

    def _read(self) -> None:
        with self._stdout:
            with contextlib.suppress(BrokenFrame, OSError, ValueError):
                while (frame := read_frame(self._stdout)) is not None:
                    self._replies.put(frame)
            self._replies.put(None)

    def _how_it_died(self) -> str:
        """Collects the process; one that closed its output but lives on is killed."""
        try:
            code = self._process.wait(_REAP_SECONDS)
        except subprocess.TimeoutExpired:
            self.end()
            return "it stopped answering"
        self.end()
        if code >= 0:
            return f"it ended with status {code}"
        try:
            name = signal.Signals(-code).name
        except ValueError:
            name = f"signal {-code}"
        hint = " (out of memory?)" if name == "SIGKILL" else ""
        return f"{name}{hint}"
