# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""A reply that makes sense becomes an answer; nonsense has a reason in words."""

import json
from collections.abc import Mapping
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles.profiles import shipped, style, values_of
from phototagd.domain.errors import BadReply
from phototagd.rules.answers.choices import SENSITIVE
from phototagd.rules.answers.parsing import Parsed, parse

GOOD: dict[str, object] = {
    "caption": "A falcon sits on a gloved hand.",
    "category": "bird",
    "keywords": ["Falcons", "glove", "bird of prey"],
    "mood": ["calm"],
    "objects": ["falcon", "glove"],
    "people": 1,
    "sensitive": "none",
    "text": ["OPEN"],
}


def parsed(changes: Mapping[str, object] = MappingProxyType({}), language: str = "en") -> Parsed:
    fields = {k: v for k, v in {**GOOD, **changes}.items() if v != "missing"}
    return parse(json.dumps(fields), "", style=style(max_keywords=15, language=language))


def refused(changes: Mapping[str, object], language: str = "en") -> str:
    with pytest.raises(BadReply) as caught:
        parsed(changes, language)
    return str(caught.value)


def test_a_good_reply() -> None:
    result = parsed()

    assert result.salvage == ""
    assert result.answer.caption == "A falcon sits on a gloved hand."
    assert result.answer.keywords == ("falcon", "glove", "bird of prey")
    assert (result.answer.category, result.answer.mood) == ("bird", ("calm",))
    assert (result.answer.people, result.answer.sensitive) == (1, "none")
    assert (result.answer.objects, result.answer.text) == (("falcon", "glove"), ("OPEN",))


@pytest.mark.parametrize(
    ("changes", "field", "expected", "salvage"),
    [
        ({"people": "2"}, "people", 2, "people"),
        ({"people": 3.0}, "people", 3, "people"),
        ({"people": "many"}, "people", -1, "people"),
        ({"people": True}, "people", -1, "people"),
        ({"people": -4}, "people", -1, "people"),
        ({"people": None}, "people", -1, "people"),
        ({"people": 10**9}, "people", 999, ""),
        ({"keywords": "cat, Dogs; tree"}, "keywords", ("cat", "dog", "tree"), "keywords"),
        ({"category": "Bird "}, "category", "bird", ""),
        ({"category": "dinosaur"}, "category", "other", "category"),
        ({"category": "missing"}, "category", "other", "category"),
        ({"mood": ["calm", "purple", "tense"]}, "mood", ("calm", "tense"), ""),
        ({"mood": "missing"}, "mood", (), "mood"),
        ({"objects": None}, "objects", (), "objects"),
        ({"sensitive": "missing"}, "sensitive", "none", "sensitive"),
        ({"sensitive": False}, "sensitive", "none", "sensitive"),
        ({"sensitive": "ID document"}, "sensitive", "id_document", ""),
        ({"text": "CAFE\nBAR"}, "text", ("CAFE", "BAR"), "text"),
        (
            {"text": ["CAFE", " ", "CAFE", "--", "1111", "1111"]},
            "text",
            ("CAFE", "1111", "1111"),
            "",
        ),
        ({"keywords": ["keywords", "falcon", "text"]}, "keywords", ("falcon",), ""),
    ],
)
def test_harmless_variants_are_understood_and_named(
    changes: dict[str, object], field: str, expected: object, salvage: str
) -> None:
    result = parsed(changes)

    assert getattr(result.answer, field) == expected
    assert result.salvage == salvage


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"caption": ""}, "caption is empty"),
        ({"caption": "..."}, "caption is empty"),
        ({"caption": 5}, "caption is no text"),
        ({"caption": "Short caption:"}, "repeats the form"),
        ({"caption": "<caption>"}, "repeats the form"),
        ({"caption": "keywords"}, "repeats the form"),
        ({"caption": "One or two short, concrete sentences."}, "repeats the form"),
        ({"caption": shipped().examples["en"]["caption"]}, "example's"),
        ({"keywords": shipped().examples["en"]["keywords"]}, "example's"),
        ({"caption": "I'm sorry, but I can't help with that."}, "refused"),
        ({"caption": "抱歉，我无法描述这张图片。"}, "refused"),
        ({"caption": "A cat and a cat and a cat and a cat and a cat"}, "repeats itself"),
        ({"caption": "red red red red red red red red"}, "repeats itself"),
        ({"keywords": []}, "no usable keyword"),
        ({"keywords": ["photo", "image", "1234"]}, "no usable keyword"),
        ({"keywords": ["cat"] * 9}, "repeat themselves"),
        ({"keywords": {"a": 1}}, "keywords is no list"),
        ({"keywords": [["a"]]}, "something else than text"),
        ({"objects": [1]}, "something else than text"),
        ({"text": {}}, "text is no list"),
        ({"sensitive": "passport"}, "none of ours"),
        ({"caption": "一只鹰站在戴手套的手上。"}, "Han script, not in en"),
        ({"keywords": ["鹰", "手套"]}, "Han script, not in en"),
    ],
)
def test_nonsense_is_refused_with_its_reason(changes: dict[str, object], reason: str) -> None:
    assert reason in refused(changes)


@pytest.mark.parametrize("words", [[], ["狗"], ["dog", "狗"]])
def test_of_a_closed_list_none_may_fit_and_any_script_may_be_in_it(words: list[str]) -> None:
    closed = style(only_words=("dog", "狗", "sea"))

    answer = parse(json.dumps(GOOD | {"keywords": words}), "", style=closed).answer

    assert list(answer.keywords) == words


def test_an_answer_in_english_when_chinese_was_asked_for_is_refused() -> None:
    chinese = {
        "caption": "图片中显示一只鹰站在手上。",
        "keywords": ["鹰", "手套", "MacBook"],
        "objects": ["鹰", "手套"],
    }

    assert parsed(chinese, "zh").answer.caption == "一只鹰站在手上。"
    assert "Latin script" in refused({}, "zh")
    assert "Latin script" in refused({**chinese, "keywords": ["falcon", "glove"]}, "zh")
    assert "Latin script" in refused({**chinese, "objects": ["falcon", "glove"]}, "zh")


SECRET = "4111 1111 1111 1111"


def test_a_number_of_equal_digits_is_no_loop() -> None:
    """It may be a card: privacy decides what becomes of it."""
    answer = parsed({"caption": f"A bank card {SECRET}.", "text": [SECRET]}).answer
    assert SECRET in answer.caption
    assert answer.text == (SECRET,)
    assert "repeats itself" in refused({"caption": "A sign: " + "1 2 " * 20})


@pytest.mark.parametrize(
    "changes",
    [
        {"sensitive": f"card {SECRET}"},
        {"keywords": [SECRET]},
        {"keywords": {SECRET: 1}},
        {"objects": [[SECRET]]},
        {"text": {SECRET: SECRET}},
        {"caption": [SECRET]},
        {"caption": f"{SECRET} " * 4},
    ],
)
def test_a_refusal_quotes_nothing_that_the_model_said(changes: dict[str, object]) -> None:
    """Reasons are logged and stored: what could be private must not get there."""
    assert "4111" not in refused(changes)


def test_repairs_are_joined() -> None:
    text = "```json\n" + json.dumps(GOOD | {"people": "1", "mood": None}) + "\n```"

    assert (
        parse(text, "", style=style(max_keywords=5, language="en")).salvage == "fenced+mood+people"
    )


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(sorted(GOOD)), JUNK, max_size=4),
    st.sampled_from(["en", "zh", "Klingon"]),
    st.integers(1, 9),
)
def test_any_object_becomes_a_valid_answer_or_a_reason(
    changes: dict[str, object], language: str, most: int
) -> None:
    try:
        answer = parse(
            json.dumps(GOOD | changes), "", style=style(max_keywords=most, language=language)
        ).answer
    except BadReply:
        return
    assert answer.caption
    assert "\n" not in answer.caption
    assert 1 <= len(answer.keywords) <= most
    assert answer.category in values_of("category")
    assert answer.sensitive in SENSITIVE
    assert set(answer.mood) <= set(values_of("mood"))
    assert -1 <= answer.people <= 999
    assert all(line and line.isprintable() for line in answer.text)


@given(st.text(), st.text())
def test_any_reply_is_survived(content: str, thinking: str) -> None:
    with pytest.raises(BadReply):
        parse(content, thinking, style=style(max_keywords=5, language="en"))
