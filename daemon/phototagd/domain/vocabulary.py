"""The vocabulary: the words that keywords are made of, and what people do with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

from phototagd.domain.asset import LibraryId

TermId = NewType("TermId", int)


class VocabularyMode(StrEnum):
    """How free the model's words are."""

    OPEN = "open"  # every word is written; known ones in the vocabulary's spelling
    GUIDED = "guided"  # known words are written, new ones when several photos have them
    CLOSED = "closed"  # known words alone are written


class TermOrigin(StrEnum):
    """Where a term comes from."""

    PERSON = "person"  # a person's order, or a keyword found in a sidecar
    FILE = "file"  # an imported list
    ANSWERS = "answers"  # the model's words, seen on enough photos


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word of the vocabulary.

    `synonyms` are other words for it that are never written; `translations` are the same word
    in other languages. A blocked term keeps its words out of sidecars and search. One that is
    not exported only groups those below it.
    """

    id: TermId
    name: str
    parent: TermId | None = None
    synonyms: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()
    origin: TermOrigin = TermOrigin.PERSON
    is_blocked: bool = False
    is_exported: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyPolicy:
    """What the settings say: how free words are, and when a new one is believed.

    A word of the model is born once `born_after` photos have it; those that wait are written
    all the same while fewer than `warm_up_photos` were answered, or always.
    """

    mode: VocabularyMode = VocabularyMode.GUIDED
    modes: Mapping[LibraryId, VocabularyMode] = field(default_factory=dict)
    born_after: int = 3
    warm_up_photos: int = 100
    writes_waiting: bool = False

    def mode_of(self, library: LibraryId) -> VocabularyMode:
        """How free words are in a library."""
        return self.modes.get(library, self.mode)


@dataclass(frozen=True, slots=True)
class TermChange:
    """Terms to put in the place of those with the same id, or beside them, and those to drop."""

    put: tuple[Term, ...] = ()
    dropped: tuple[TermId, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.put or self.dropped)


@dataclass(frozen=True, slots=True)
class WordUse:
    """A word of the model, and how many photos it was said of.

    `key` is what its variants (plural, hyphen, accents) have in common.
    """

    word: str
    key: str
    photos: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyState:
    """Where the stored vocabulary stands.

    `revision` counts its changes, `last_term` is the highest id ever given. `is_grown`: enough
    photos were answered to tell common words from others. `policy` is the fingerprint of the
    settings that sidecars were written by.
    """

    revision: int
    last_term: TermId
    is_grown: bool
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastOrder:
    """An order that can be taken back by `reverse`."""

    id: int
    description: str
    reverse: TermChange


class Verb(StrEnum):
    """What a person can do with the vocabulary."""

    ADD = "add"  # words, below the target path or at the top; lifts a block
    MERGE = "merge"  # words become synonyms of the target
    RENAME = "rename"  # the one word gets the target's spelling
    BLOCK = "block"  # words are never written
    MOVE = "move"  # words go below the target path; an empty one is the top
    IMPORT = "import"  # what a keyword list in `text` says is added


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One change of the vocabulary by a person."""

    verb: Verb
    words: tuple[str, ...] = ()
    target: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tended:
    """What an order changes, or would change.

    `photos` counts those whose words are mapped anew; `examples` are some of their paths.
    `terms` counts the terms that are put or dropped.
    """

    description: str
    terms: int = 0
    photos: int = 0
    examples: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A word as lists show it: a term, or a word of the model that is none (`path` is empty)."""

    word: str
    path: str
    photos: int
    state: str  # kept, grouping, blocked or waiting
    origin: TermOrigin
    synonyms: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Words that look like one: `words` may be merged into `target`."""

    words: tuple[str, ...]
    target: str
    reason: str  # spelling, variant or meaning
    photos: int = 0


@dataclass(frozen=True, slots=True)
class WordChoice:
    """What becomes of the words of one answer.

    `written` are keyword paths, most important first. `said` pairs each word that is not
    written as it was said with the word that is written for it, empty where none is: it is
    searched for all the same.
    """

    written: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = field(default=())
