"""A word has one translation in a library: a person's, or the first that an answer gave."""

import pytest

from doubles.tagging_line import TaggingLine
from phototagd.domain.vocabulary import Term, TermChange, TermId, VocabularyPolicy
from phototagd.flow.tending.living import LivingVocabulary
from phototagd.flow.tending.translations import Translations


@pytest.fixture
def living(line: TaggingLine) -> LivingVocabulary:
    """A vocabulary of a dog, a cat that a person translated, and the sea."""
    vocabulary = LivingVocabulary(
        store=line.store.vocabulary,
        policy=VocabularyPolicy(),
        clock=line.clock,
        emit=line.events,
    )
    terms = (
        Term(id=TermId(1), name="dog"),
        Term(id=TermId(2), name="cat", translations=("Katze", "喵")),
        Term(id=TermId(3), name="sea", translations=("Meer",)),
    )
    vocabulary.change(lambda _: TermChange(put=terms))
    return vocabulary


def test_the_first_translation_stays(living: LivingVocabulary) -> None:
    translations = Translations(vocabulary=living, language="zh")
    translations.learn([("dog", "狗"), ("cat", "猫"), ("sea", "海"), ("ghost", "鬼")])
    translations.learn([("dog", "犬")])

    known = translations.known(["dog", "cat", "sea", "ghost"])
    assert known == {"dog": "狗", "cat": "喵", "sea": "海"}
    assert living.mapper.lexicon.terms[TermId(3)].translations == ("Meer", "海")


def test_a_word_that_means_something_else_is_no_translation(living: LivingVocabulary) -> None:
    translations = Translations(vocabulary=living, language="zh")

    translations.learn([("dog", "喵")])

    assert translations.known(["dog"]) == {}
