# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""Tokens: whatever is written is found by any of its parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.text.tokenising import (
    BOUNDARY,
    fold,
    holds,
    phrases,
    tokens,
    tokens_of,
    whole,
    wholes_of,
)

HAN = st.text(alphabet="狗猫海边山水臺灣の가ไ", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("狗在海边", "狗在 在海 海边 边"),
        ("狗", "狗"),
        ("Dogs' Cafés, the dog's", "dog cafe the dog"),
        ("２０２４年 ＡＢＣ", "2024 年 abc"),
        ("臺灣", "台湾 湾"),
        ("iPhone15手机", "iphone15 手机 机"),
        ("snake_case", "snake case"),
        ("🎂 !?", ""),
    ],
)
def test_a_text_is_cut_into(text: str, expected: str) -> None:
    assert " ".join(tokens(text)) == expected


@given(st.text(max_size=20), HAN, st.text(max_size=20))
def test_every_part_of_a_run_is_found(before: str, word: str, after: str) -> None:
    stream = list(tokens(before + word + after))

    assert all(holds(stream, phrase) for phrase in phrases(word))


@given(HAN, HAN)
def test_nothing_is_found_that_is_not_there(text: str, word: str) -> None:
    found = all(holds(list(tokens(text)), phrase) for phrase in phrases(word))

    assert found == (fold(word) in fold(text))


def test_a_phrase_never_reaches_into_the_next_value() -> None:
    stream = tokens_of(["sea", "lion"]).split(" ")

    assert BOUNDARY in stream
    assert not any(holds(stream, phrase) for phrase in phrases("sea lion"))


def test_a_complete_keyword_is_one_token_whatever_its_spelling() -> None:
    assert whole("Golden Retrievers") == whole("golden  retriever") == "⟨golden·retriever⟩"
    assert whole("!") == ""
    assert wholes_of(["dog", "Dogs", "", "cat"]) == "⟨dog⟩ ⟨cat⟩"


@given(st.text(max_size=30))
def test_tokens_are_letters_and_digits_only(text: str) -> None:
    """So no token can end a quoted string of FTS5."""
    assert all(token.isalnum() or not token.isascii() for token in tokens(text))
    assert not any(char in token for token in tokens(text) for char in " \"'*():")
