"""Reads text in a process of its own, with limits on memory and time."""

import sys
import threading
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from phototagd.adapters.images.child import Child
from phototagd.adapters.images.messages import Failure, Message, failure_in
from phototagd.domain.errors import PhototagdError, ProcessKilled, Unavailable, Unreadable
from phototagd.domain.privacy import TextLine

MEMORY_LIMIT_BYTES = 2 << 30
TIME_LIMIT_SECONDS = 60.0

# -P: the working folder may hold photos and, by accident or malice, a PIL.py.
_COMMAND = (sys.executable, "-P", "-m", "phototagd.adapters.reading_text.worker")
_START_SECONDS = 60.0
_MAX_ANSWERS = 2_000
_PACKAGES = ("rapidocr", "onnxruntime")


def installed_reader() -> str:
    """Name and version of what can read text here; empty where nothing is installed."""
    try:
        versions = [version(package) for package in _PACKAGES]
    except PackageNotFoundError:
        return ""
    return f"{_PACKAGES[0]} {versions[0]}"


class ProcessTextReader:
    """A `TextReader` over one long-lived child process, started when first needed.

    One picture at a time; callers from several threads wait for each other. A child that
    crashed, hung or was killed is replaced at the next call, and a healthy one after some
    thousand pictures.

    Args:
        name: What reads, with its version.
        threads: How many CPUs one picture may use.
        memory_limit_bytes: Address space a picture may take beyond that of the idle child.
        time_limit_seconds: Wall time per picture.
        command: The child to run; it gets limits and threads as further arguments.
    """

    def __init__(
        self,
        *,
        name: str,
        threads: int = 1,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
        time_limit_seconds: float = TIME_LIMIT_SECONDS,
        command: Sequence[str] = _COMMAND,
    ) -> None:
        self._name = name
        self._time_limit_seconds = time_limit_seconds
        arguments = (memory_limit_bytes, time_limit_seconds, threads)
        self._command = (*command, *(str(argument) for argument in arguments))
        self._turn = threading.Lock()
        self._state = threading.Lock()  # guards the two below; never held while waiting
        self._child: Child | None = None
        self._closed = False

    @property
    def name(self) -> str:
        """What reads, with its version."""
        return self._name

    def warm(self) -> None:
        """Start the child without waiting for it."""
        with self._turn:
            self._living_child()

    def read(self, jpeg: bytes) -> list[TextLine]:
        """See the port."""
        with self._turn:
            reply = self._exchange(jpeg)
        failure = failure_in(reply)
        if failure is not None:
            raise _error(*failure)
        try:
            return [TextLine(str(text), float(score)) for text, score in _lines(reply)]
        except (KeyError, TypeError, ValueError) as error:
            raise ProcessKilled("the text reader answered nonsense") from error

    def close(self) -> None:
        """End the process, also under a call in another thread; may be called twice."""
        with self._state:
            self._closed = True
            child, self._child = self._child, None
        if child is not None:
            child.end()

    def _exchange(self, jpeg: bytes) -> Message:
        child = self._living_child()
        try:
            if child.answered == 0:
                self._await_greeting(child)
            child.send(({}, jpeg))
            reply = child.receive(self._time_limit_seconds)
        except PhototagdError:
            self._drop_child()
            self._raise_if_closed()
            raise
        if child.answered > _MAX_ANSWERS or failure_in(reply) is not None:
            self._drop_child()
        return reply

    def _await_greeting(self, child: Child) -> None:
        try:
            child.receive(_START_SECONDS)
        except ProcessKilled as error:  # no photo was involved yet
            raise Unavailable(f"the text reader does not start: {error}") from error

    def _living_child(self) -> Child:
        with self._state:
            self._raise_if_closed()
            if self._child is None:
                try:
                    self._child = Child(self._command, doing="reading text")
                except OSError as error:
                    raise Unavailable(f"the text reader cannot start: {error}") from error
            return self._child

    def _drop_child(self) -> None:
        with self._state:
            child, self._child = self._child, None
        if child is not None:
            child.end()

    def _raise_if_closed(self) -> None:
        if self._closed:
            raise Unavailable("the text reader is closed")


def _lines(reply: Message) -> list[tuple[object, str]]:
    lines = reply[0]["lines"]
    if not isinstance(lines, list):
        raise TypeError("not lines")
    return [(text, str(score)) for text, score in lines]


def _error(failure: Failure, reason: str) -> PhototagdError:
    if failure is Failure.MEMORY:
        return ProcessKilled("reading text ran out of memory")
    return Unreadable(reason)
