"""Text that every program and XML itself can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from phototagd.rules.sidecars.sidecar_text import (
    ALT_TEXT_LIMIT,
    alt_text,
    clean_keyword,
    clean_line,
    is_camera_junk,
)


@pytest.mark.parametrize(
    ("word", "cleaned"),
    [
        ("rock/roll", "rock roll"),
        ("a|b\\c,d;e", "a b c d e"),
        ("  two\n words\t", "two words"),
        ("e\u0301te\u0301", "été"),
        ("bell\x07", "bell"),
        ("//", ""),
    ],
)
def test_keywords_lose_what_programs_take_for_separators(word: str, cleaned: str) -> None:
    assert clean_keyword(word) == cleaned


@given(st.text())
def test_cleaned_text_is_valid_xml_and_stays_as_it_is(text: str) -> None:
    cleaned = clean_line(text)

    element = etree.Element("a")
    element.text = cleaned
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text == (cleaned or None)
    assert clean_line(cleaned) == cleaned


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_alt_text_keeps_its_limit(caption: str) -> None:
    assert len(alt_text(caption)) <= ALT_TEXT_LIMIT


def test_alt_text_is_cut_at_a_word() -> None:
    cut = alt_text("word " * 60)

    assert cut.endswith("word…")
    assert alt_text("湖" * 300) == "湖" * 249 + "…"
    assert alt_text("short") == "short"


@pytest.mark.parametrize("text", ["Grandma's DSC collection", "Digital cameras on a table", "Anna"])
def test_a_persons_words_are_not_junk(text: str) -> None:
    assert not is_camera_junk(text)
