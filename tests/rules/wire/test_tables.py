"""Cells that a spreadsheet takes for nothing but text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.wire.tables import cell


@pytest.mark.parametrize("text", ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "  =cmd|'/c calc'!A1", "-"])
def test_formulas_are_quoted(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-1.5", "0.25", "A dog = a friend", "", "/photos/=a.jpg", "狗"])
def test_numbers_and_plain_text_stay(text: str) -> None:
    assert cell(text) == text


@given(st.text())
def test_no_cell_begins_a_formula_or_a_line(text: str) -> None:
    shown = cell(text)
    assert not shown.lstrip().startswith(("=", "+", "@"))
    assert shown.isprintable()
