"""The table of synonyms is sound."""

from collections import Counter

import pytest

from phototagd.rules.text.simplified import _SIMPLIFIED, _TRADITIONAL, simplified
from phototagd.rules.text.synonym_groups import GROUPS
from phototagd.rules.text.synonyms import spelled
from phototagd.rules.text.tokenising import phrases, whole

LINES = [line.split(",") for line in GROUPS.splitlines() if line]


def test_there_are_enough_groups_and_each_has_two_words() -> None:
    assert len(LINES) >= 150
    assert all(len(line) >= 2 for line in LINES)


def test_every_word_has_tokens_and_stands_in_one_group_only() -> None:
    words = [word.strip().lstrip("=") for line in LINES for word in line]

    assert all(phrases(word) for word in words)
    # Plurals of one group may be the same word; in two groups it would tie these together.
    groups = Counter(
        token for line in LINES for token in {whole(word.strip().lstrip("=")) for word in line}
    )
    assert [token for token, count in groups.items() if count > 1] == []


@pytest.mark.parametrize("word", ["zebra crossing sign", "", "!", "⟨⟩"])
def test_a_word_without_synonyms_is_itself(word: str) -> None:
    assert spelled(word).spellings == (word,)
    assert spelled(word).whole == ()


def test_short_words_are_synonyms_only_as_a_complete_keyword() -> None:
    term = spelled("horse")

    assert "马" in term.whole
    assert "马" not in term.spellings
    assert spelled("马").spellings[0] == "马", "what was typed counts everywhere"


def test_every_traditional_character_has_one_simplified_that_is_final() -> None:
    assert len(_TRADITIONAL) == len(_SIMPLIFIED)
    assert len(set(_TRADITIONAL)) == len(_TRADITIONAL)
    assert simplified(_SIMPLIFIED) == _SIMPLIFIED
