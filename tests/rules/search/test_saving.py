"""Searches that are kept: their names, and the file that outlives the database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder
from phototagd.rules.search.saving import file_of, kept_as, searches_in

SEARCHES = st.builds(
    SavedSearch,
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=20),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=50),
    st.sampled_from(HitOrder),
)


@given(st.lists(SEARCHES, unique_by=lambda one: one.name))
def test_the_file_holds_them_all(searches: list[SavedSearch]) -> None:
    assert searches_in(file_of(searches)) == sorted(searches, key=lambda one: one.name)


@given(st.text())
def test_any_file_can_be_read(text: str) -> None:
    searches_in(text)


def test_what_makes_no_sense_is_left_out() -> None:
    text = (
        '{"searches": [1, {"name": "a"}, {"name": "b", "query": "dog"}, {"name": 7, "query": "x"}]}'
    )
    assert searches_in(text) == [SavedSearch("b", "dog")]
    assert searches_in('{"searches": {"name": 1}}') == []
    assert searches_in("[]") == []


def test_names_are_one_line_and_not_empty() -> None:
    assert kept_as("  my \n dogs ", " dog ", HitOrder.DATE) == SavedSearch(
        "my dogs", "dog", HitOrder.DATE
    )
    for name, query in (
        ("", "dog"),
        ("a", " "),
        ("a" * 101, "dog"),
        ("a", "d" * 1001),
        ("a\x1b", "dog"),
    ):
        with pytest.raises(ValueError, match=r"name|query"):
            kept_as(name, query, HitOrder.RELEVANCE)
