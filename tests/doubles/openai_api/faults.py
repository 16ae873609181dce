"""What can be made to go wrong with one answer; error bodies are kept in bodies.json."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from doubles.ollama.bodies import Body

_RECORDED = json.loads(Path(__file__).with_name("bodies.json").read_text())


class Fault(StrEnum):
    """Faults of one answer."""

    LENGTH = "length"  # cut in the middle of the JSON
    NO_FINISH = "no-finish"  # finish_reason is null
    OTHER_FINISH = "other-finish"  # finish_reason is neither stop nor length
    NO_CHOICES = "no-choices"
    EMPTY = "empty"  # stop, no words
    CUT_BODY = "cut-body"  # HTTP is whole, its JSON is not
    HALF_BODY = "half-body"  # the connection ends inside the body
    SILENT_CLOSE = "silent-close"  # the connection ends before any byte
    RESET = "reset"
    HANG = "hang"  # never answers
    DRIP = "drip"  # one byte at a time
    IGNORES_SCHEMA = "ignores-schema"  # prose
    FENCED = "fenced"  # ```json ... ```
    THINKING = "thinking"  # the answer is in reasoning_content


@dataclass(frozen=True)
class Recorded:
    """Answer with a body from bodies.json instead."""

    name: str


@dataclass(frozen=True)
class Say:
    """Let the model say exactly this."""

    content: str


Scripted = Fault | Recorded | Say


def names() -> list[str]:
    """Every recorded body."""
    return list(_RECORDED)


def body(name: str) -> Body:
    """A recorded body."""
    recorded = _RECORDED[name]
    if "raw" in recorded:
        return Body(recorded["status"], recorded["raw"].encode(), "text/html")
    return Body(recorded["status"], json.dumps(recorded["body"]).encode())
