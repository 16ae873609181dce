"""Carries out what people want of the vocabulary."""

from collections import Counter

from phototagd.domain.gallery import Sight
from phototagd.domain.vocabulary import (
    Entry,
    Order,
    Suggestion,
    Tended,
    Term,
    TermChange,
    TermId,
    TermOrigin,
)
from phototagd.flow.tending.living import LivingVocabulary
from phototagd.ports import VocabularyStore
from phototagd.rules.vocabulary.keyword_lists import write_list
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.sighting import in_sight
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

    def entries(self, sight: Sight) -> list[Entry]:
        """All terms, and the words of the model that are none, the most used first."""
        photos, waiting = self._uses(sight)
        lexicon = self._in_sight(photos, sight)
        terms = [_entry(term, lexicon.path_of(term), photos[term.id]) for term in lexicon]
        return sorted([*terms, *waiting], key=lambda entry: (-entry.photos, entry.word))

    def tend(self, order: Order, *, is_dry: bool, sight: Sight) -> Tended:
        """Carry out an order, or say what it would change."""
        description = described(order)
        change = carried_out(self._vocabulary.mapper.lexicon, order)
        tended = self._concerned(description, change, sight)
        if not is_dry and change:
            self._vocabulary.change(
                lambda mapper: carried_out(mapper.lexicon, order), order=description
            )
        return tended

    def undo(self, *, is_dry: bool, sight: Sight) -> Tended | None:
        """Take back the last order, or say what that would change."""
        last = self._store.last_order()
        if last is None:
            return None
        tended = self._concerned(f"undo {last.description}", last.reverse, sight)
        if not is_dry:
            self._vocabulary.take_back(last)
        return tended

    def suggestions(self, sight: Sight) -> list[Suggestion]:
        """Words that look like one, the most used first."""
        return near_words(self.entries(sight), self._neighbours)

    def export(self, form: str, sight: Sight) -> str:
        """The vocabulary as a file."""
        photos, _ = self._uses(sight)
        return write_list(self._in_sight(photos, sight), form)

    def _uses(self, sight: Sight) -> tuple[Counter[TermId], list[Entry]]:
        """How many photos in sight have each term, and the words that are none."""
        photos: Counter[TermId] = Counter()
        waiting: list[Entry] = []
        for use in self._store.words_in(sight):
            match = self._vocabulary.mapper.match(use.word)
            if match is not None and not match.is_kind:
                photos[match.term.id] += use.photos
            else:
                waiting.append(_waiting(use.word, use.photos))
        return photos, waiting

    def _in_sight(self, photos: Counter[TermId], sight: Sight) -> Lexicon:
        lexicon = self._vocabulary.mapper.lexicon
        return in_sight(lexicon, used=set(photos), beyond=self._store.words_beyond(sight))

    def _concerned(self, description: str, change: TermChange, sight: Sight) -> Tended:
        words = self._vocabulary.plan(change)
        photos, examples = self._store.photos_with(words, MOST_EXAMPLES, sight)
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
