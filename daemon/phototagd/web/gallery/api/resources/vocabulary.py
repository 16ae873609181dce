"""The words that keywords are made of."""

from typing import Literal

from pydantic import Field

from phototagd.domain.vocabulary import Entry, Order, Suggestion, Tended, TermOrigin, Verb
from phototagd.rules.wire.showing import readable
from phototagd.web.gallery.api.operation import Asked, get, post
from phototagd.web.gallery.api.resources.words import Trial
from phototagd.web.gallery.api.shapes import Answer, Body, Params, Portion

_MOST_WORDS = 1000
_MOST_LETTERS = 500_000


class Word(Answer):
    """A word, known or only said by the model."""

    word: str
    path: str = Field(description="Where it stands, as in A|B; empty for one that waits.")
    photos: int
    state: str = Field(description="kept, grouping, blocked or waiting.")
    origin: TermOrigin
    synonyms: list[str]
    translations: list[str]


class Words(Answer):
    """Words, the most used first."""

    words: list[Word]
    next: str | None = Field(description="The cursor of the next portion; null at the end.")


class Wish(Body):
    """A change of the vocabulary."""

    verb: Verb
    words: list[str] = Field(default=[], max_length=_MOST_WORDS)
    target: str = Field(default="", max_length=_MOST_LETTERS)
    text: str = Field(default="", max_length=_MOST_LETTERS, description="The list to import.")
    dry_run: bool = Field(default=False, description="Only say what would happen.")


class Consequence(Answer):
    """What an order changes, or would change."""

    description: str
    terms: int
    photos: int
    examples: list[str] = Field(description="Some of the photos.")


class Alike(Answer):
    """Words that look like one: `words` may be merged into `target`."""

    words: list[str]
    target: str
    reason: str
    photos: int


class Suggestions(Answer):
    """What could be merged."""

    suggestions: list[Alike]


class ExportAs(Params):
    """How the list is written."""

    form: Literal["tree", "list", "paths"] = Field(
        default="tree", description="As Lightroom reads it, flat, or as A|B."
    )


class Exported(Answer):
    """The vocabulary as a keyword list."""

    text: str


def vocabulary(asked: Asked, params: Portion) -> Words:
    """List all words, the most used first."""
    entries = asked.needs.control.vocabulary.entries(asked.sight)
    end = params.start + params.limit
    told = entries[params.start : end]
    return Words(
        words=[_word(entry) for entry in told],
        next=params.next(len(told), is_more=len(entries) > end),
    )


def tend_vocabulary(asked: Asked, body: Wish) -> Consequence:
    """Add, merge, rename, block or move words, or import a list."""
    order = Order(verb=body.verb, words=tuple(body.words), target=body.target, text=body.text)
    tend = asked.needs.control.vocabulary.tend
    return _told(tend(order, is_dry=body.dry_run, sight=asked.sight))


def undo_vocabulary(asked: Asked, body: Trial) -> Consequence:
    """Take back the last change of the vocabulary."""
    tended = asked.needs.control.vocabulary.undo(is_dry=body.dry_run, sight=asked.sight)
    return _told(tended or Tended(description=""))


def vocabulary_suggestions(asked: Asked) -> Suggestions:
    """List words that look like one."""
    found = asked.needs.control.vocabulary.suggestions(asked.sight)
    return Suggestions(suggestions=[_alike(one) for one in found])


def export_vocabulary(asked: Asked, params: ExportAs) -> Exported:
    """Give the vocabulary as a keyword list."""
    return Exported(text=asked.needs.control.vocabulary.export(params.form, asked.sight))


def _word(entry: Entry) -> Word:
    return Word(
        word=entry.word,
        path=entry.path,
        photos=entry.photos,
        state=entry.state,
        origin=entry.origin,
        synonyms=list(entry.synonyms),
        translations=list(entry.translations),
    )


def _alike(one: Suggestion) -> Alike:
    return Alike(words=list(one.words), target=one.target, reason=one.reason, photos=one.photos)


def _told(tended: Tended) -> Consequence:
    return Consequence(
        description=tended.description,
        terms=tended.terms,
        photos=tended.photos,
        examples=[readable(file) for file in tended.examples],
    )


OPERATIONS = (
    get("/vocabulary", vocabulary),
    post("/vocabulary/orders", tend_vocabulary, 409),
    post("/vocabulary/undo", undo_vocabulary, 409),
    get("/vocabulary/suggestions", vocabulary_suggestions),
    get("/vocabulary/export", export_vocabulary),
)
