"""The reading process: `python -m phototagd.adapters.reading_text.worker MEMORY SECONDS THREADS`.

Gets pictures on standard input, answers with their text on standard output, ends when input
does, and keeps nothing. Nothing is fetched: the models are part of RapidOCR's package.
"""

import io
import os
import queue
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any, BinaryIO

from phototagd.adapters.images.frames import BrokenFrame, read_frame, write_frame
from phototagd.adapters.images.limits import Alarm, limit_memory
from phototagd.adapters.images.messages import READY, Failure, Message, failed

_GRACE_SECONDS = 10.0

Read = Callable[[bytes], Message]


def main(memory_limit_bytes: int, time_limit_seconds: float, load: Callable[[], Read]) -> None:
    """Serve until standard input ends; the models are loaded before READY is said."""
    replies = _private_stdout()
    warnings.simplefilter("ignore")
    read = load()
    limit_memory(memory_limit_bytes)
    pictures: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read_pictures, args=(pictures,), daemon=True).start()
    write_frame(replies, *READY)
    alarm = Alarm(time_limit_seconds + _GRACE_SECONDS)
    while True:
        picture = pictures.get()
        with alarm:
            write_frame(replies, *_answer(read, picture))


def rapid_ocr(threads: int) -> Read:
    """RapidOCR with its models loaded."""
    import numpy as np  # noqa: PLC0415 -- an extra, and slow to load: here alone
    from PIL import Image  # noqa: PLC0415
    from rapidocr import RapidOCR  # noqa: PLC0415

    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )

    def read(jpeg: bytes) -> Message:
        try:
            with Image.open(io.BytesIO(jpeg)) as picture:
                pixels = np.asarray(picture.convert("RGB"))[:, :, ::-1]
        except (OSError, ValueError, SyntaxError) as error:
            return failed(Failure.UNREADABLE, f"not a picture: {type(error).__name__}")
        found: Any = engine(pixels)
        lines = zip(found.txts or (), found.scores or (), strict=True)
        return {"lines": [[str(text), float(score)] for text, score in lines]}, b""

    return read


def _answer(read: Read, picture: bytes) -> Message:
    try:
        return read(picture)
    except MemoryError:
        return failed(Failure.MEMORY, "")


def _private_stdout() -> BinaryIO:
    """Keep the pipe to ourselves, and say nothing elsewhere: it might be what was read."""
    private = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    os.close(silence)
    return private


def _read_pictures(pictures: "queue.SimpleQueue[bytes]") -> None:
    """Pass pictures on; when the daemon is gone, end at once."""
    try:
        while (frame := read_frame(sys.stdin.buffer)) is not None:
            pictures.put(frame[1])
    except BrokenFrame:
        pass
    finally:
        os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), lambda: rapid_ocr(int(sys.argv[3])))
