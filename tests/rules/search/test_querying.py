# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""Whole queries: what is a filter, what is a word, and what a person is told of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.search import Fact, Field, LibraryNames, Query, Term
from phototagd.rules.search.querying import LONGEST, understand
from phototagd.rules.text.tokenising import phrases

TODAY = date(2026, 11, 20)
NAMES = LibraryNames(
    places=frozenset({"北京", "kyoto", "nice", "new york"}),
    cameras=frozenset({"fujifilm", "x100v", "fujifilm x100v", "apple", "apple iphone 12 pro"}),
)


def understood(text: str) -> Query:
    return understand(text, today=TODAY, names=NAMES)


def spoken(text: str) -> list[str]:
    """The chips as `meaning`, with a minus before what is unwanted."""
    return [
        ("-" if chip.is_negated else "") + f"{chip.kind}: {chip.meaning}"
        for chip in understood(text).chips
    ]


@pytest.mark.parametrize(
    ("text", "chips"),
    [
        (
            "去年夏天在海边拍的狗狗照片",
            ["time: 2025-06-01 to 2025-08-31", "words: 海边", "words: 狗狗"],
        ),
        (
            "my dog at the beach last summer, not at night",
            ["words: dog", "words: beach", "time: 2026-06-01 to 2026-08-31", "-time: at night"],
        ),
        ("没有人的雪山照片", ["people: nobody", "words: 雪山"]),
        ("beach without people in 2023", ["words: beach", "people: nobody", "time: 2023"]),
        (
            "show me pictures of cats not dogs last year",
            ["words: cats", "-words: dogs", "time: 2025"],
        ),
        ("京都的红叶，不要有人", ["place: place is 京都", "words: 红叶", "people: nobody"]),
        ("请帮我找一下北京的全部照片", ["place: place is 北京"]),
        ("nice flowers in Nice", ["words: nice", "words: flowers", "place: place is Nice"]),
        ("New York at night", ["place: place is New York", "time: at night"]),
        ("用富士拍的日落", ["camera: camera is 富士", "words: 日落"]),
        ("x100v portraits", ["camera: camera is x100v", "words: portraits"]),
        ("apple on the table", ["words: apple", "words: table"]),
        ("shot on my iPhone 12 pro", ["camera: camera is iPhone 12 pro"]),
        ("图书馆里的两只猫", ["words: 图书馆", "words: 猫"]),
        ("两个人在长城", ["people: 2 people", "words: 长城"]),
        ("three people hiking", ["people: 3 people", "words: hiking"]),
        ("people:2-4 party", ["people: 2 to 4 people", "words: party"]),
        ("birthday cake", ["words: birthday cake"]),
        ('"black cat" -"white cat"', ["phrase: black cat", "-phrase: white cat"]),
        ("-dog has:text", ["-words: dog", "has: has text"]),
        ("class:food mood:calm", ["category: category is food", "mood: mood is calm"]),
        ("北京 除了雪", ["place: place is 北京", "-words: 雪"]),
        ("before:2020 sunset", ["time: until 2019-12-31", "words: sunset"]),
        ("tag:wedding", ["keyword: keyword is wedding"]),
        ("RAW照片 日落", ["kind: kind is raw", "words: 日落"]),
        ("有文字的照片", ["has: has text"]),
        ("dog folder:holiday", ["words: dog", "folder: folder is holiday"]),
        ("unknownfield:value", ["words: unknownfield:value"]),
        ("is:private", ["private: private photos"]),
        ("月饼", ["words: 月饼"]),
        ("", []),
    ],
)
def test_a_query_is_understood_as(text: str, chips: list[str]) -> None:
    assert spoken(text) == chips


@pytest.mark.parametrize("text", ["的", "the", "我", "上", "在"])
def test_small_words_alone_are_what_is_looked_for(text: str) -> None:
    assert understood(text).terms == (Term((text,)),)


def test_a_place_is_found_by_its_name_in_the_other_language() -> None:
    [condition] = understood("京都").conditions

    assert isinstance(condition.test, Fact)
    assert (condition.test.field, condition.test.values) == (Field.PLACE, ("kyoto",))


def test_synonyms_are_other_spellings_of_the_word() -> None:
    [term] = understood("puppies").terms

    assert term.spellings[0] == "puppies"
    assert {"dog", "狗", "狗狗"} <= set(term.spellings)


@given(
    st.text(max_size=80) | st.text(alphabet="没有不要的在狗海边-\"': 年a1 last not", max_size=40)
)
def test_every_chip_can_be_taken_out_of_the_text(text: str) -> None:
    query = understood(text)

    ends = [0]
    for chip in query.chips:
        assert query.text[chip.start : chip.end] == chip.text
        assert chip.start >= ends[-1], "chips do not overlap"
        ends.append(chip.end)


@given(st.text(alphabet="去狗海边山水的和在里中只照片上有", min_size=1, max_size=8))
def test_chinese_is_never_cut_into_more_than_was_typed(text: str) -> None:
    """Words that were cut are parts of the text, so what holds the text holds them."""
    for term in understood(text).terms:
        assert term.spellings[0] in text or not phrases(term.spellings[0])


def test_an_endless_query_is_cut() -> None:
    assert len(understood("狗" * 5000).text) == LONGEST
