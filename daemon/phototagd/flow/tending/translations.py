"""Which word says the same in the language of captions? The vocabulary keeps the pairs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from phototagd.domain.vocabulary import Term, TermChange
from phototagd.flow.tending.living import LivingVocabulary
from phototagd.rules.text.language import wrong_script
from phototagd.rules.vocabulary.mapping import Mapper

Pairs = Sequence[tuple[str, str]]


class Translations:
    """Learns pairs from answers, once for each term; a person's pairs are never changed."""

    def __init__(self, *, vocabulary: LivingVocabulary, language: str) -> None:
        self._vocabulary = vocabulary
        self._language = language

    def known(self, words: Iterable[str]) -> Mapping[str, str]:
        """Those of the words that have a translation, with it."""
        lexicon = self._vocabulary.mapper.lexicon
        found = ((word, lexicon.named(word)) for word in words)
        pairs = ((word, self._of(term)) for word, term in found if term is not None)
        return {word: same for word, same in pairs if same}

    def learn(self, pairs: Pairs) -> None:
        """Give terms without a translation the one of an answer; raises Unavailable."""
        if self._change(self._vocabulary.mapper, pairs):
            self._vocabulary.change(lambda mapper: self._change(mapper, pairs))

    def _change(self, mapper: Mapper, pairs: Pairs) -> TermChange:
        put: dict[int, Term] = {}
        for word, same in pairs:
            term = mapper.lexicon.named(word)
            if term is None or self._of(term) or mapper.lexicon.called(same) is not None:
                continue
            put.setdefault(term.id, replace(term, translations=(*term.translations, same)))
        return TermChange(put=tuple(put.values()))

    def _of(self, term: Term) -> str:
        """The first of its translations that may be in the language of captions."""
        fitting = (t for t in term.translations if not wrong_script(t * 4, self._language))
        return next(fitting, "")
