"""The vocabulary as its page lists it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from phototagd.domain.vocabulary import Entry, Suggestion
from phototagd.rules.vocabulary.spelling import exact_key

STATES = ("kept", "waiting", "blocked", "grouping")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the words that may be one: with it as `target`, the `others` become it."""

    target: str
    photos: int
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Words side by side, the one that is proposed to stay first."""

    candidates: Sequence[Candidate]
    reason: str


def counts(entries: Sequence[Entry]) -> Mapping[str, int]:
    """How many words there are in each state, and in all under the empty one."""
    found = Counter(entry.state for entry in entries)
    return {"": len(entries)} | {state: found[state] for state in STATES}


def fitting(entries: Sequence[Entry], state: str, text: str) -> list[Entry]:
    """The words in a state (empty: in any) that hold a text under one of their names."""
    wanted = exact_key(text)
    return [
        entry
        for entry in entries
        if state in {"", entry.state} and (not wanted or _holds(entry, wanted))
    ]


def side_by_side(one: Suggestion, entries: Sequence[Entry]) -> Group:
    """A suggestion with the photos of each of its words; any of them may be the one to stay."""
    photos = {entry.path or entry.word: entry.photos for entry in reversed(entries)}
    photos |= {entry.word: entry.photos for entry in reversed(entries)}
    words = (one.target, *one.words)
    return Group(
        candidates=[
            Candidate(word, photos.get(word, 0), [other for other in words if other != word])
            for word in words
        ],
        reason=one.reason,
    )


def _holds(entry: Entry, wanted: str) -> bool:
    names = (entry.word, entry.path, *entry.synonyms, *entry.translations)
    return any(wanted in exact_key(name) for name in names)
