"""A profile: what photos of one kind are asked about, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

DEFAULT_PROFILE = "photos"
"""The profile of libraries that name none; jobs and records of before profiles are its own."""


class FieldKind(StrEnum):
    """What a field of an answer holds."""

    TEXT = "text"  # a sentence or two
    WORDS = "words"  # clean single words, as keywords are
    LINES = "lines"  # text exactly as it stands in the picture
    CHOICE = "choice"  # one of the values
    CHOICES = "choices"  # some of the values
    COUNT = "count"  # a whole number, 0 or more
    SCORES = "scores"  # names, each with how sure the model is


class Tongue(StrEnum):
    """Which of the languages in force a field is written in."""

    CAPTION = "caption"
    KEYWORDS = "keywords"
    NONE = "none"  # as it stands in the picture, or one of the values


KNOWN_FIELDS: Mapping[str, FieldKind] = {
    "category": FieldKind.CHOICE,
    "mood": FieldKind.CHOICES,
    "objects": FieldKind.WORDS,
    "people": FieldKind.COUNT,
    "text": FieldKind.LINES,
}
"""Fields with a place of their own in an `Answer`; all others become its extras."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileField:
    """One thing that is asked about.

    `ask` is what the model is told of it. `values` are those of a choice. `most` counts the
    entries of a list, `longest` the characters of one text. An optional one is asked about
    only where the settings say so.
    """

    name: str
    kind: FieldKind
    ask: str
    tongue: Tongue
    values: tuple[str, ...] = ()
    most: int = 1
    longest: int = 60
    is_optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Prompt, fields, preferred words and stop list under a name.

    `examples` holds a good answer by language code; a field may be missing in it. Caption,
    keywords and the class of private things are part of every profile.
    """

    name: str
    title: str
    task: str
    short_caption: str
    detailed_caption: str
    keywords: str
    fields: tuple[ProfileField, ...]
    vocabulary: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    examples: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


def profile_asked(recipe: str) -> str:
    """The profile that the recipe of a `tag` job stands for."""
    return recipe or DEFAULT_PROFILE


def recipe_asking(profile: str) -> str:
    """What a `tag` job's recipe is called that asks by the current recipe of a profile."""
    return "" if profile == DEFAULT_PROFILE else profile
