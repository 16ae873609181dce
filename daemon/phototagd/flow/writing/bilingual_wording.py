"""Offers each keyword in both languages, where the answer or the vocabulary knows both."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from phototagd.flow.writing.sheet import Evidence
from phototagd.flow.writing.wording import Wording, Words
from phototagd.rules.text.both_languages import in_both

Known = Callable[[Iterable[str]], Mapping[str, str]]


class BilingualWording:
    """Adds translations to the words of another wording.

    `known` gives the pairs of the vocabulary: its word for a thing goes before that of one
    answer, so that a library has one translation of a word.
    """

    def __init__(self, *, wording: Wording, known: Known) -> None:
        self._wording = wording
        self._known = known

    def words(self, evidence: Evidence) -> Words:
        """The words of the other wording, each followed by its translation."""
        words = self._wording.words(evidence)
        tagging = evidence.tagging
        answered = {} if tagging is None else dict(tagging.answer.translations)
        leaves = [path.rpartition("|")[2] for path in words.keywords]
        translations = {**answered, **self._known(leaves)}
        return replace(words, keywords=in_both(words.keywords, translations))
