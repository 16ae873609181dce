# ruff: noqa: SIM905 -- word lists read best as text
"""English nouns lose their plural, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.text import singular as rules
from phototagd.rules.text.singular import singular

PLURALS = {
    "dogs": "dog",
    "berries": "berry",
    "movies": "movie",
    "ties": "tie",
    "boxes": "box",
    "beaches": "beach",
    "headaches": "headache",
    "dishes": "dish",
    "dresses": "dress",
    "houses": "house",
    "horses": "horse",
    "roses": "rose",
    "buses": "bus",
    "lenses": "lens",
    "viruses": "virus",
    "causes": "cause",
    "potatoes": "potato",
    "shoes": "shoe",
    "photos": "photo",
    "wolves": "wolf",
    "leaves": "leaf",
    "waves": "wave",
    "gloves": "glove",
    "children": "child",
    "women": "woman",
    "feet": "foot",
    "mice": "mouse",
    "trees": "tree",
    "prizes": "prize",
    "waltzes": "waltz",
    "boys": "boy",
    "corgis": "corgi",
    "skis": "ski",
    "taxis": "taxi",
    "cacti": "cactus",
    "pyramids": "pyramid",
}
KEPT = """
glasses sunglasses scissors jeans bus gas series species sheep deer fish grass dress chess canvas
lens iris cactus tennis news physics christmas chaos people stairs texas paris cyclamen ramen ski
sea glass moss asparagus specimen oasis axis chassis
""".split()


@pytest.mark.parametrize(("plural", "expected"), PLURALS.items())
def test_plurals(plural: str, expected: str) -> None:
    assert singular(plural) == expected


@pytest.mark.parametrize("word", KEPT)
def test_words_that_are_no_plurals(word: str) -> None:
    assert singular(word) == word


WORDS = st.one_of(
    st.text("abdeiosuvxhczy", max_size=10),
    st.sampled_from(sorted(rules._IRREGULAR) + sorted(rules._IRREGULAR.values())),
    st.builds(str.__add__, st.sampled_from(sorted(PLURALS)), st.sampled_from(["s", "es", "ies"])),
)


@given(WORDS)
def test_twice_changes_nothing(word: str) -> None:
    assert singular(singular(word)) == singular(word)


@given(WORDS)
def test_a_word_never_vanishes(word: str) -> None:
    assert bool(singular(word)) is bool(word)


@given(st.text())
def test_foreign_letters_are_survived(word: str) -> None:
    singular(word)
