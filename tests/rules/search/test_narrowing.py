"""Taking a chip out of a query leaves the others as they were."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.search import LibraryNames, Query
from phototagd.rules.search.narrowing import without_chip
from phototagd.rules.search.querying import understand

NAMES = LibraryNames(places=frozenset({"paris", "北京"}), cameras=frozenset({"nikon d750"}))
PARTS = (
    *("dog", "beach", '"red car"', "in Paris", "with 2 people", "last summer", "not at night"),
    *("has:text", "-cat", "folder:2026", "is:private", "keyword:dog", "dog*", "2024", "raw"),
    *("去年夏天", "海边", "狗狗", "两个人", "北京", "没有猫"),
)


def understood(text: str) -> Query:
    return understand(text, today=date(2026, 11, 21), names=NAMES)


def meanings(query: Query) -> list[tuple[str, str, bool]]:
    return [(chip.kind, chip.meaning, chip.is_negated) for chip in query.chips]


@pytest.mark.parametrize(
    "text",
    [
        "去年夏天在海边拍的狗狗照片",
        "my dog at the beach last summer, not at night",
        '"red car" in Paris with 2 people nikon d750',
        "没有人的雪山",
        "两个人在北京的春节",
        "people:>3 category:food dog*",
        "dog",
    ],
)
def test_each_chip_can_be_taken_out(text: str) -> None:
    query = understood(text)
    for at, chip in enumerate(query.chips):
        rest = meanings(understood(without_chip(text, chip)))
        assert rest == meanings(query)[:at] + meanings(query)[at + 1 :], chip.text


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=5, unique=True))
def test_taking_out_one_after_the_other_leaves_the_last(parts: list[str]) -> None:
    text = " ".join(parts)
    last = meanings(understood(text))[-1:]
    while len(chips := understood(text).chips) > 1:
        text = without_chip(text, chips[0])
    assert meanings(understood(text)) == last


@given(st.text(max_size=60))
def test_whatever_was_typed_gets_no_longer(text: str) -> None:
    for chip in understood(text).chips:
        rest = without_chip(text, chip)
        assert len(rest) <= len(text)
        assert rest != text
