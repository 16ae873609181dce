"""What is written for the words of an answer?

Each word is looked up: exactly, as a synonym, as a variant (plural, hyphen, accents,
Traditional script), as another word for the same thing, and last as a kind of something known.
A word that is none of that waits until enough photos have it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from phototagd.domain.vocabulary import Term, VocabularyMode, WordChoice
from phototagd.rules.vocabulary.heads import heads_of, is_plainly
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.sameness import same_words
from phototagd.rules.vocabulary.spelling import exact_key


@dataclass(frozen=True, slots=True)
class Match:
    """The term for a word; `is_kind`: the word is only a kind of it, and no term itself.

    `is_plain`: it says of the thing only how it looks, as in old dog, and never is a term.
    """

    term: Term
    is_kind: bool = False
    is_plain: bool = False


class Mapper:
    """Maps words to one vocabulary, and remembers what it found."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._known: dict[str, Match | None] = {}

    def match(self, word: str) -> Match | None:
        """The term that stands for a word, None for a word that is unknown."""
        if word not in self._known:
            self._known[word] = self._look_up(word)
        return self._known[word]

    def is_unknown(self, word: str) -> bool:
        """Whether the word is no term under any name, so that it may become one."""
        match = self.match(word)
        return match is None or (match.is_kind and not match.is_plain)

    def outcome(self, word: str) -> tuple[str | None, bool]:
        """What decides how the word is written, in every mode; equal where nothing changed."""
        return self._path(word, is_free=False), self.is_unknown(word)

    def choose(
        self, words: Iterable[str], mode: VocabularyMode, *, with_waiting: bool
    ) -> WordChoice:
        """What is written for the words of one answer, in their order.

        Args:
            words: Clean keywords, most important first.
            mode: How free they are.
            with_waiting: Whether unknown words are written too in guided mode.
        """
        is_free = mode is VocabularyMode.OPEN or (with_waiting and mode is VocabularyMode.GUIDED)
        written: dict[str, str] = {}
        said: dict[str, str] = {}
        for word in words:
            path = self._path(word, is_free=is_free)
            if path is None:
                continue  # blocked
            leaf = path.rpartition("|")[2]
            if path:
                written.setdefault(exact_key(leaf), path)
            if exact_key(leaf) != exact_key(word):
                said.setdefault(word, leaf)
        return WordChoice(tuple(written.values()), tuple(said.items()))

    def _path(self, word: str, *, is_free: bool) -> str | None:
        """The keyword path of a word; empty where nothing is written, None when blocked."""
        match = self.match(word)
        if match is None or (match.is_kind and is_free):
            return word if is_free else ""
        if match.term.is_blocked:
            return None
        return self.lexicon.path_of(match.term) if match.term.is_exported else ""

    def _look_up(self, word: str) -> Match | None:
        term = self._same(word)
        if term is not None:
            return Match(term)
        for head in heads_of(word):
            term = self._same(head)
            if term is not None and not term.is_blocked:
                return Match(term, is_kind=True, is_plain=is_plainly(word, head))
        return None

    def _same(self, word: str) -> Term | None:
        term = self.lexicon.like(word)
        if term is not None:
            return term
        for other in same_words(word):
            term = self.lexicon.called(other)
            if term is not None and not term.is_blocked:
                return term
        return None
