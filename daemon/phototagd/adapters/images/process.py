"""Decodes photos in a process of its own, with limits on memory and time."""

import sys
import threading
from collections.abc import Sequence

from phototagd.adapters.images.child import Child
from phototagd.adapters.images.messages import (
    Failure,
    Message,
    Request,
    failure_in,
    inspection_in,
    prepared_in,
    thumbnail_in,
)
from phototagd.domain.asset import Inspection, Prepared
from phototagd.domain.errors import (
    NotYet,
    PhototagdError,
    ProcessKilled,
    Unavailable,
    Unreadable,
    Vanished,
)
from phototagd.domain.gallery import SmallPicture, ThumbnailSize

MEMORY_LIMIT_BYTES = 2 << 30
TIME_LIMIT_SECONDS = 120.0
MAX_PIXELS = 250_000_000

# -P: the working folder may hold photos and, by accident or malice, a PIL.py.
_COMMAND = (sys.executable, "-P", "-m", "phototagd.adapters.images.worker")
_START_SECONDS = 60.0
_MAX_ANSWERS = 5_000


class ProcessPhotoReader:
    """A `PhotoReader` over one long-lived child process, started when first needed.

    One photo at a time; callers from several threads wait for each other. A child that
    crashed, hung or was killed is replaced at the next call, and a healthy one after some
    thousand photos, so that leaks in decoders cannot pile up.

    Args:
        memory_limit_bytes: Address space a photo may take beyond that of the idle child.
        time_limit_seconds: Wall time per photo.
        max_pixels: Larger pictures are refused before they are decoded.
        niceness: How far the child stands behind other processes, 0 to 19.
        command: The child to run; it gets the three limits as further arguments.
    """

    def __init__(
        self,
        *,
        memory_limit_bytes: int = MEMORY_LIMIT_BYTES,
        time_limit_seconds: float = TIME_LIMIT_SECONDS,
        max_pixels: int = MAX_PIXELS,
        niceness: int = 0,
        command: Sequence[str] = _COMMAND,
    ) -> None:
        self._memory_limit_bytes = memory_limit_bytes
        self._time_limit_seconds = time_limit_seconds
        self._niceness = niceness
        limits = (memory_limit_bytes, time_limit_seconds, max_pixels)
        self._command = (*command, *(str(limit) for limit in limits))
        self._turn = threading.Lock()
        self._state = threading.Lock()  # guards the two below; never held while waiting
        self._child: Child | None = None
        self._closed = False

    def warm(self) -> None:
        """Start the child without waiting for it, so that the first photo is not slow."""
        with self._turn:
            self._living_child()

    def prepare(self, photo: bytes, *, long_side: int) -> Prepared:
        """The photo at an absolute path as the model wants it: upright sRGB baseline JPEG.

        `long_side` in pixels. `pixel_hash` covers the picture as stored, before orientation
        and colour profile, at a fixed size: neither metadata nor `long_side` change it.
        Raises NotYet, Unreadable, Vanished, ProcessKilled, or Unavailable when no child can
        be started or the reader was closed.
        """
        reply = self._answer(Request(photo, long_side))
        try:
            return prepared_in(reply)
        except (KeyError, TypeError, ValueError) as error:
            raise ProcessKilled("the decoding process answered nonsense") from error

    def inspect(self, photo: bytes) -> Inspection:
        """Camera facts and embedded words of a photo; the same errors as `prepare`."""
        reply = self._answer(Request(photo, None))
        try:
            return inspection_in(reply)
        except (KeyError, TypeError, ValueError) as error:
            raise ProcessKilled("the decoding process answered nonsense") from error

    def thumbnail(self, photo: bytes, size: ThumbnailSize) -> SmallPicture:
        """A photo as a small upright WebP without metadata; the same errors as `prepare`."""
        reply = self._answer(Request(photo, thumbnail=size))
        try:
            return thumbnail_in(reply)
        except (KeyError, TypeError, ValueError) as error:
            raise ProcessKilled("the decoding process answered nonsense") from error

    def close(self) -> None:
        """End the process, also under a call in another thread; may be called twice."""
        with self._state:
            self._closed = True
            child = self._child
            self._child = None
        if child is not None:
            child.end()

    def _answer(self, request: Request) -> Message:
        with self._turn:
            was_used, reply = self._exchange(request)
            failure = failure_in(reply)
            if failure is not None and failure[0] is Failure.MEMORY:
                # Decoders fragment and leak: only a fresh child can say "too large".
                self._drop_child()
                if was_used:
                    _, reply = self._exchange(request)
                    failure = failure_in(reply)
        if failure is not None:
            raise self._error(*failure)
        return reply

    def _exchange(self, request: Request) -> tuple[bool, Message]:
        child = self._living_child()
        was_used = child.answered > 1  # beyond the greeting
        try:
            if child.answered == 0:
                self._await_greeting(child)
            child.send(request.to_message())
            reply = child.receive(self._time_limit_seconds)
        except PhototagdError:
            self._drop_child()
            self._raise_if_closed()
            raise
        if child.answered > _MAX_ANSWERS:
            self._drop_child()
        return was_used, reply

    def _await_greeting(self, child: Child) -> None:
        try:
            child.receive(_START_SECONDS)
        except ProcessKilled as error:  # no photo was involved yet
            raise Unavailable(f"the decoding process does not start: {error}") from error

    def _living_child(self) -> Child:
        with self._state:
            self._raise_if_closed()
            if self._child is None:
                try:
                    self._child = Child(self._command, niceness=self._niceness)
                except OSError as error:
                    raise Unavailable(f"the decoding process cannot start: {error}") from error
            return self._child

    def _drop_child(self) -> None:
        with self._state:
            child = self._child
            self._child = None
        if child is not None:
            child.end()

    def _raise_if_closed(self) -> None:
        if self._closed:
            raise Unavailable("the photo reader is closed")

    def _error(self, failure: Failure, reason: str) -> PhototagdError:
        match failure:
            case Failure.NOT_YET:
                return NotYet(reason)
            case Failure.VANISHED:
                return Vanished(reason)
            case Failure.UNREADABLE:
                return Unreadable(reason)
            case Failure.MEMORY:
                limit = self._memory_limit_bytes >> 20
                return Unreadable(f"decoding needs more than {limit} MB of memory")
