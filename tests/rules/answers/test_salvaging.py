"""A whole object is found wherever a model put it; half of one never is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.errors import BadReply
from phototagd.rules.answers.salvaging import find_object

ANSWER = {"caption": 'A {dog} "sits" ]here[.', "keywords": ["dog"], "text": ["```"]}
TEXT = json.dumps(ANSWER)
PROSE = st.text(st.characters(exclude_characters="{}`"), max_size=40)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
ANSWERS = st.fixed_dictionaries({"caption": VALUES, "keywords": VALUES, "text": VALUES})


def test_a_proper_reply_needs_no_repair() -> None:
    assert find_object(TEXT, "thoughts") == (ANSWER, ())


@pytest.mark.parametrize(
    ("content", "thinking", "repairs"),
    [
        ("```json\n" + TEXT.replace("```", "~") + "\n```", "", ("fenced",)),
        ("```\n" + TEXT.replace("```", "~") + "```", "", ("fenced",)),
        ("", TEXT, ("thinking",)),
        ("", "I should answer now.\n" + TEXT, ("thinking", "embedded")),
        ("Here you are: " + TEXT + " Enjoy!", "", ("embedded",)),
        ("<think>{maybe}</think>" + TEXT, "", ("embedded",)),
        ('{"a": 1} ' + TEXT, "", ("embedded",)),
        (TEXT.replace("sits", "sits\non"), "", ("control",)),
    ],
)
def test_repairs_are_named(content: str, thinking: str, repairs: tuple[str, ...]) -> None:
    found, named = find_object(content, thinking)

    assert named == repairs
    assert found["keywords"] == ["dog"]


def test_of_several_drafts_the_last_is_meant() -> None:
    draft = json.dumps({**ANSWER, "caption": "draft"})

    assert find_object(f"First {draft} then {TEXT}", "")[0] == ANSWER


@given(ANSWERS, PROSE, PROSE)
def test_any_whole_object_is_found_in_prose(
    answer: dict[str, object], before: str, after: str
) -> None:
    found, _ = find_object(before + json.dumps(answer) + after, "")

    assert found == answer


@given(ANSWERS, st.data())
def test_a_cut_answer_is_never_taken(answer: dict[str, object], data: st.DataObject) -> None:
    text = json.dumps(answer)
    cut = text[: data.draw(st.integers(0, len(text) - 1))]

    with pytest.raises(BadReply):
        find_object(cut, "")
    with pytest.raises(BadReply):
        find_object("```json\n" + cut, cut)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("A dog on a beach.", "no JSON"),
        ("[1, 2]", "no JSON"),
        ('{"caption": "A dog"}', "no whole JSON object"),
        ("{" * 50_000, "no whole JSON object"),
        ('{"caption":' + "[" * 50_000, "no whole JSON object"),
        ('{"caption": ' + "9" * 5000 + ', "keywords": []}', "no whole JSON object"),
    ],
)
def test_what_is_no_answer_has_a_reason(content: str, reason: str) -> None:
    with pytest.raises(BadReply, match=reason):
        find_object(content, "")


@given(st.text(st.sampled_from('{}[]",:`\\ \nab1'), max_size=80))
def test_any_text_ends_in_an_object_or_a_reason(text: str) -> None:
    try:
        found, _ = find_object(text, "")
    except BadReply:
        return
    assert {"caption", "keywords"} <= found.keys()
