"""One value into a settings file, and nothing else."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.service.settings_text import with_value


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", '[web]\nlisten = "x"\n'),
        ("a = 1\n", 'a = 1\n\n[web]\nlisten = "x"\n'),
        ("[web]\n# listen = 1\n[log]\n", '[web]\nlisten = "x"\n# listen = 1\n[log]\n'),
        ('[web]\nlisten = "y" # old\n', '[web]\nlisten = "x"\n'),
        ('[a]\nlisten = "y"\n[ web ] # z\n', '[a]\nlisten = "y"\n[ web ] # z\nlisten = "x"\n'),
        ('[web]\n[[library]]\nlisten = "y"\n', '[web]\nlisten = "x"\n[[library]]\nlisten = "y"\n'),
    ],
)
def test_it_goes_where_it_belongs(text: str, wanted: str) -> None:
    assert with_value(text, "web", "listen", "x") == wanted


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])), st.booleans())
def test_any_text_comes_back_as_it_was(value: str, has_table: bool) -> None:  # noqa: FBT001
    text = '[web]\nlisten = "a"\nother = 1\n[log]\n' if has_table else "[log]\n"

    read = tomllib.loads(with_value(text, "web", "listen", value))

    assert read["web"]["listen"] == value
    assert {**read, "web": None} == {**tomllib.loads(text), "web": None}
