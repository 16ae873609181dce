"""A profile's own fields survive the sidecar without loss."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.tagging import Extra
from phototagd.rules.sidecars.extra_lines import extras_from, lines_of, pair_lines, pairs_from
from phototagd.rules.sidecars.sidecar_text import clean_line

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
VALUES = st.text(max_size=20).map(clean_line).filter(bool)
SCORES = st.integers(0, 100).map(lambda percent: percent / 100)


@st.composite
def extras(draw: st.DrawFn) -> tuple[Extra, ...]:
    found = []
    for name in draw(st.lists(NAMES, max_size=4, unique=True)):
        values = tuple(draw(st.lists(VALUES, min_size=1, max_size=3)))
        scores = [draw(SCORES) for _ in values] if draw(st.booleans()) else []
        found.append(Extra(name, values, tuple(scores)))
    return tuple(found)


@given(extras())
def test_lines_lose_nothing(wanted: tuple[Extra, ...]) -> None:
    assert extras_from(lines_of(wanted)) == wanted


@given(st.lists(st.text(max_size=20)))
def test_what_others_wrote_there_is_survived(lines: list[str]) -> None:
    known = extras_from(lines)

    assert extras_from(lines_of(known)) == known


def test_what_is_no_line_of_ours_is_left_out() -> None:
    assert extras_from(["", "=x", "Colour=red", "colour=", "colour red", "a@7=x"]) == ()
    assert extras_from(["colour=red = blue"]) == (Extra("colour", ("red = blue",)),)


def test_translations() -> None:
    pairs = (("dog", "狗"), ("sea shore", "海=岸"))

    assert pairs_from(pair_lines(pairs)) == pairs
    assert pairs_from(["dog", "=狗", "dog="]) == ()
