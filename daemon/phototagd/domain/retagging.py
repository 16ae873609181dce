"""Photos that are to be asked about anew: which ones, how many, and how long it may take."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Union

from phototagd.domain.search import Condition


class Said(StrEnum):
    """What is known of how a photo was last answered, and where it lies."""

    MODEL = "model"
    RECIPE = "recipe"
    LANGUAGE = "language"
    PROFILE = "profile"
    PATH = "path"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A fact has this spelling; `*` stands for anything, and case only counts in paths."""

    of: Said
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Last answered from `start` until before `end`; times without a zone are local."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Not:
    """What the choice does not fit."""

    choice: "Choice"


@dataclass(frozen=True, slots=True)
class All:
    """What fits every one of the choices."""

    choices: tuple["Choice", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """What fits one of the choices at least."""

    choices: tuple["Choice", ...]


@dataclass(frozen=True, slots=True)
class IsPrivate:
    """Photos that show something private."""


Choice = Union[Condition, Pattern, Answered, IsPrivate, Not, All, Any]  # noqa: UP007 -- names itself


@dataclass(frozen=True, slots=True)
class RetagPlan:
    """What a retagging comes to.

    `photos` were or would be queued; `questions` counts a photo once for each profile. `seconds`
    is an estimate from the pace, None while none was measured. `examples` are some paths.
    """

    photos: int
    questions: int
    seconds: float | None
    examples: tuple[bytes, ...]
