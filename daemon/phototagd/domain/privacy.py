"""What is known of how private a photo is, before any model is asked."""

from dataclasses import dataclass
from enum import StrEnum


class Suspicion(StrEnum):
    """How sure it is that a photo shows something private."""

    CLEAR = "clear"
    SUSPECT = "suspect"  # somebody else must see it too: the model, or a person
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in a picture, and how sure its reader is of it, from 0 to 1."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Finding:
    """A class of private thing in the text of a photo; never the text itself.

    `detector` is what proved it, `score` how much that proves, from 0 to 1.
    """

    what: str
    detector: str
    score: float
    count: int


@dataclass(frozen=True, slots=True)
class PrivacyCheck:
    """What `reader` made of the text in a photo."""

    reader: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Privacy:
    """A person's verdict, which is the last word, and the check of the photo's text."""

    verdict: bool | None = None
    check: PrivacyCheck | None = None
