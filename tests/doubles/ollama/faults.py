"""What can be made to go wrong, one request at a time."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Faults of one answer, and (LOAD_FAULTS) of one load."""

    RESET = "reset"  # before any byte
    RESET_MID_STREAM = "reset-mid-stream"
    HALF_CLOSE = "half-close"  # the server stops sending in the middle
    DRIP = "drip"  # one byte at a time
    WEDGE = "wedge"  # never answers
    WEDGE_MID_STREAM = "wedge-mid-stream"
    CRASH = "crash"
    CRASH_MID_STREAM = "crash-mid-stream"
    SILENT_END = "silent-end"  # no line with done:true
    NOT_DONE = "not-done"  # the last line says done:false
    EMPTY_OBJECT = "empty-object"  # {"model":"", ..., "done":false} alone
    WHITESPACE = "whitespace"  # cut, and nothing but white space
    LENGTH = "length"  # cut in the middle of the JSON
    CUT_LINE = "cut-line"  # ends inside a line
    ERROR_LINE = "error-line"
    THINKING = "thinking"  # the answer is in `thinking`
    FENCED = "fenced"  # ```json ... ```
    PROSE = "prose"  # an object inside sentences
    VIOLATION = "violation"  # valid JSON, but not of the schema
    EMPTY = "empty"  # done, stop, no text

    OUT_OF_MEMORY = "out-of-memory"
    TERMINATED = "terminated"
    UNKNOWN_ARCHITECTURE = "unknown-architecture"
    LOAD_FAILED = "load-failed"
    LOAD_STALLED = "load-stalled"
    BINARY_MISSING = "binary-missing"


LOAD_FAULTS = frozenset(
    {
        Fault.OUT_OF_MEMORY,
        Fault.TERMINATED,
        Fault.UNKNOWN_ARCHITECTURE,
        Fault.LOAD_FAILED,
        Fault.LOAD_STALLED,
        Fault.BINARY_MISSING,
    },
)


@dataclass(frozen=True)
class Recorded:
    """Answer with a body from bodies.json instead; a 200 there is a line in the stream."""

    name: str


@dataclass(frozen=True)
class Say:
    """Let the model say exactly this."""

    content: str
    thinking: str = ""
    done_reason: str = "stop"


Scripted = Fault | Recorded | Say
