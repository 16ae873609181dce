"""The decoding process: `python -m phototagd.adapters.images.worker MEMORY SECONDS PIXELS`.

Reads requests from standard input, answers on standard output, ends when input does. It knows
one photo at a time and keeps nothing, so that it can be killed at any moment.
"""

import os
import queue
import sys
import threading
import warnings
from typing import BinaryIO

from phototagd.adapters.images.decoding import prepare
from phototagd.adapters.images.frames import BrokenFrame, read_frame, write_frame
from phototagd.adapters.images.inspecting import inspect
from phototagd.adapters.images.limits import Alarm, limit_memory
from phototagd.adapters.images.messages import (
    READY,
    Failure,
    Message,
    Request,
    failed,
    inspection_message,
    prepared_message,
    thumbnail_message,
)
from phototagd.adapters.images.small import thumbnail
from phototagd.domain.errors import NotYet, Unreadable, Vanished

_GRACE_SECONDS = 10.0


def main(memory_limit_bytes: int, time_limit_seconds: float, max_pixels: int) -> None:
    """Serve until standard input ends; decoders are loaded before READY is said."""
    replies = _private_stdout()
    warnings.simplefilter("ignore")  # decoders warn about what the photo is, not about us
    limit_memory(memory_limit_bytes)
    requests: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests,), daemon=True).start()
    write_frame(replies, *READY)
    alarm = Alarm(time_limit_seconds + _GRACE_SECONDS)
    while True:
        request = Request.from_message(requests.get())
        with alarm:
            write_frame(replies, *answer(request, max_pixels))


def answer(request: Request, max_pixels: int) -> Message:
    """Do what was asked; every failure becomes a reply."""
    try:
        return _result(request, max_pixels)
    except NotYet as error:
        return failed(Failure.NOT_YET, str(error))
    except Vanished as error:
        return failed(Failure.VANISHED, str(error))
    except Unreadable as error:
        return failed(Failure.UNREADABLE, str(error))
    except MemoryError:
        return failed(Failure.MEMORY, "")


def _result(request: Request, max_pixels: int) -> Message:
    photo = request.photo
    if request.thumbnail is not None:
        return thumbnail_message(thumbnail(photo, request.thumbnail, max_pixels=max_pixels))
    if request.long_side is None:
        return inspection_message(inspect(photo, max_pixels=max_pixels))
    return prepared_message(prepare(photo, long_side=request.long_side, max_pixels=max_pixels))


def _private_stdout() -> BinaryIO:
    """Keep the pipe to ourselves: what C libraries print must not get between frames."""
    private = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)  # only now: an import that fails is still heard
    os.close(silence)
    return private


def _read_requests(requests: "queue.SimpleQueue[Message]") -> None:
    """Pass requests on; when the daemon is gone, end at once, even amid a photo."""
    try:
        while (frame := read_frame(sys.stdin.buffer)) is not None:
            requests.put(frame)
    except BrokenFrame:
        pass
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
