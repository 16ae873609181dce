"""Offers each keyword in both languages, where the answer or the vocabulary knows both."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from phototagd.flow.writing.sheet import Evidence
from phototagd.flow.writing.wording import Wording, Words
from phototagd.rules.text.both_languages import in_both


class BilingualWording:
    """Adds translations to the words of another wording.

    `known` are the pairs of the vocabulary: a person's word for a thing goes before the
    model's.
    """

    def __init__(self, *, wording: Wording, known: Callable[[], Mapping[str, str]]) -> None:
        self._wording = wording
        self._known = known

    def words(self, evidence: Evidence) -> Words:
        """The words of the other wording, each followed by its translation."""
        words = self._wording.words(evidence)
        tagging = evidence.tagging
        answered = {} if tagging is None else dict(tagging.answer.translations)
        translations = {**answered, **self._known()}
        return replace(words, keywords=in_both(words.keywords, translations))
