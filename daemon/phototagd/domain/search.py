"""Looking for photos: what was understood of a query, and what was found for it.

Times of photos are wall-clock times where the photo was taken, without a zone.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from phototagd.domain.asset import AssetId


class HitOrder(StrEnum):
    """Best first, or newest first."""

    RELEVANCE = "relevance"
    DATE = "date"


class Field(StrEnum):
    """Facts of a photo that are compared as a whole, not as words."""

    CATEGORY = "category"
    MOOD = "mood"
    OBJECT = "object"
    PLACE = "place"
    CAMERA = "camera"
    KIND = "kind"
    SENSITIVE = "sensitive"
    FOLDER = "folder"


class Having(StrEnum):
    """Things that a photo has or has not."""

    TEXT = "text"
    PLACE = "place"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Term:
    """Something that must stand in a photo's words, in any of its spellings.

    `spellings` begins with what was typed, synonyms follow; each is looked for as a phrase.
    `whole` are spellings that count only as a complete keyword. `is_start` also finds longer
    words that begin so.
    """

    spellings: tuple[str, ...]
    whole: tuple[str, ...] = ()
    is_start: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A time from `start` until before `end`, on the photo's own clock."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """Taken in one of the spans, in one of these months of any year, at one of these hours.

    Whatever is empty does not count. Where `term` is given, words may say so instead.
    """

    spans: tuple[Span, ...] = ()
    months: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class People:
    """So many people are in the photo; `most` None means no limit."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A field has one of these values, folded; where `term` is given, words may say so instead."""

    field: Field
    values: tuple[str, ...]
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A test that a photo must pass, or must not."""

    test: Taken | People | Fact | Having | Term
    is_negated: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A part of the query, `text[start:end]`, and how it was understood; a person can take it out.

    `kind` is a stable word for programs ("time", "place", "people", "words" …); `meaning` says it
    in English, `sense` holds what is said (see rules.search.saying), for other languages.
    """

    start: int
    end: int
    text: str
    kind: str
    meaning: str
    is_negated: bool = False
    sense: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was understood: conditions filter, terms are ranked.

    Private photos are found only where `wants_private`, and then only they.
    """

    text: str
    terms: tuple[Term, ...] = ()
    conditions: tuple[Condition, ...] = ()
    chips: tuple[Chip, ...] = ()
    wants_private: bool = False


@dataclass(frozen=True, slots=True)
class LibraryNames:
    """The library's own names, folded: they are recognised in queries."""

    places: frozenset[str] = frozenset()
    cameras: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What the index knows of a photo, as it is read and not as it is folded.

    `names` are words of folder and file names; `place` and `camera` the spellings of each;
    `folders` are relative to their library.
    """

    asset: AssetId
    path: bytes
    keywords: tuple[str, ...]
    category: str = ""
    mood: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    people: int | None = None
    sensitive: str = ""
    place: tuple[str, ...] = ()
    camera: tuple[str, ...] = ()
    kind: str = ""
    folders: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    taken_at: datetime | None = None
    is_private: bool = False
    is_tagged: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a photo was found: `wanted` of the query was `found` in `where`."""

    wanted: str
    where: str
    found: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A photo that was found. `score` compares hits of one search only; higher is better."""

    asset: AssetId
    path: bytes
    caption: str
    taken_at: datetime | None
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Photos in order with a score each, higher is better."""

    assets: tuple[AssetId, ...] = ()
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The first photos that have all the words, of `total`; `exact` of them as whole keywords."""

    ranked: Ranked = Ranked()
    total: int = 0
    exact: frozenset[AssetId] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a query: the first hits of `total`.

    `is_loose` when no photo had all the words, and those with some are shown. `undated` photos
    fit in everything but the time, which is not known of them. `not_indexed` photos of the
    library were not seen by a model yet, or their words are not in the index yet. Of photos
    that were, `without_meaning` ones are found by their words alone so far; `meaning_trouble`
    says why nothing was looked for by meaning, where it should have been.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    is_loose: bool = False
    undated: int = 0
    not_indexed: int = 0
    without_meaning: int = 0
    meaning_trouble: str = ""
