"""Names of any bytes can be read by people and travel through JSON unchanged."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.wire.showing import path_fields, path_from, readable, shown


@given(st.binary())
def test_a_name_comes_back_from_json_as_it_was(name: bytes) -> None:
    """Whatever is in it."""
    assert path_from(json.loads(json.dumps(path_fields(name)))) == name


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_name_that_is_text_travels_as_text_alone(name: str) -> None:
    """Base64 appears only where it is needed."""
    assert path_fields(name.encode()) == {"path": name}


@given(st.binary())
def test_a_shown_name_cannot_steer_a_terminal(name: bytes) -> None:
    """One line, printable characters only."""
    assert shown(name).isprintable()


def test_ordinary_names_are_shown_as_they_are() -> None:
    """Other scripts and emoji need no escaping."""
    assert shown("/照片/Strand 🏖.jpg".encode()) == "/照片/Strand 🏖.jpg"
    assert shown(b"a\n\xff\x1b[1m") == r"a\n\xff\x1b[1m"
    assert readable(b"a\n\xff") == "a\n\\xff"


@pytest.mark.parametrize(
    "fields", [{}, {"path": 3}, {"path_base64": "?"}, {"path": "\ud800"}, {"path": None}]
)
def test_what_is_no_name_is_refused(fields: dict[str, object]) -> None:
    """With one kind of error."""
    with pytest.raises(ValueError):  # noqa: PT011 -- any message will do
        path_from(fields)
