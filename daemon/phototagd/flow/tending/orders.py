"""Carries out what people want of the vocabulary."""

from collections import Counter

from phototagd.domain.vocabulary import (
    Entry,
    Order,
    Suggestion,
    Tended,
    Term,
    TermChange,
    TermOrigin,
)
from phototagd.flow.tending.living import LivingVocabulary
from phototagd.ports import VocabularyStore
from phototagd.rules.vocabulary.keyword_lists import write_list
from phototagd.rules.vocabulary.suggesting import Neighbours
from phototagd.rules.vocabulary.suggesting import suggestions as near_words
from phototagd.rules.vocabulary.tending import carried_out, described

MOST_EXAMPLES = 5


class VocabularyOrders:
    """The port `VocabularyControl`; `neighbours` finds words of near meaning, where it can."""

    def __init__(
        self,
        *,
        vocabulary: LivingVocabulary,
        store: VocabularyStore,
        neighbours: Neighbours | None = None,
    ) -> None:
        self._vocabulary = vocabulary
        self._store = store
        self._neighbours = neighbours

    def entries(self) -> list[Entry]:
        """All terms, and the words of the model that are none, the most used first."""
        mapper = self._vocabulary.mapper
        photos: Counter[int] = Counter()
        waiting: list[Entry] = []
        for use in self._store.words():
            match = mapper.match(use.word)
            if match is not None and not match.is_kind:
                photos[match.term.id] += use.photos
            else:
                waiting.append(_waiting(use.word, use.photos))
        terms = [
            _entry(term, mapper.lexicon.path_of(term), photos[term.id]) for term in mapper.lexicon
        ]
        return sorted([*terms, *waiting], key=lambda entry: (-entry.photos, entry.word))

    def tend(self, order: Order, *, is_dry: bool) -> Tended:
        """Carry out an order, or say what it would change."""
        description = described(order)
        change = carried_out(self._vocabulary.mapper.lexicon, order)
        tended = self._concerned(description, change)
        if not is_dry and change:
            self._vocabulary.change(
                lambda mapper: carried_out(mapper.lexicon, order), order=description
            )
        return tended

    def undo(self, *, is_dry: bool) -> Tended | None:
        """Take back the last order, or say what that would change."""
        last = self._store.last_order()
        if last is None:
            return None
        tended = self._concerned(f"undo {last.description}", last.reverse)
        if not is_dry:
            self._vocabulary.take_back(last)
        return tended

    def suggestions(self) -> list[Suggestion]:
        """Words that look like one, the most used first."""
        return near_words(self.entries(), self._neighbours)

    def export(self, form: str) -> str:
        """The vocabulary as a file."""
        return write_list(self._vocabulary.mapper.lexicon, form)

    def _concerned(self, description: str, change: TermChange) -> Tended:
        photos, examples = self._store.photos_with(self._vocabulary.plan(change), MOST_EXAMPLES)
        return Tended(
            description=description,
            terms=len(change.put) + len(change.dropped),
            photos=photos,
            examples=tuple(examples),
        )


def _entry(term: Term, path: str, photos: int) -> Entry:
    state = "blocked" if term.is_blocked else "kept" if term.is_exported else "grouping"
    return Entry(
        word=term.name,
        path=path,
        photos=photos,
        state=state,
        origin=term.origin,
        synonyms=term.synonyms,
        translations=term.translations,
    )


def _waiting(word: str, photos: int) -> Entry:
    return Entry(word=word, path="", photos=photos, state="waiting", origin=TermOrigin.ANSWERS)
