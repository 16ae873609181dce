"""A recipe's key covers every word said; the second question differs where it must."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles.profiles import shipped, values_of
from doubles.profiles import style as style_of
from phototagd.domain.errors import BadReply
from phototagd.rules.answers.choices import SENSITIVE
from phototagd.rules.answers.parsing import parse
from phototagd.rules.answers.prompting import question_for, recipe_for
from phototagd.rules.answers.style import Style
from phototagd.rules.answers.wording import without_image_marks

IMAGE = b"\xff\xd8"


def schema_of(style: Style, attempt: int = 1) -> dict[str, Any]:
    question = question_for(recipe_for(style, "m", "d"), style, attempt, IMAGE)
    return json.loads(json.dumps(question.schema))  # type: ignore[no-any-return]


def test_the_key_stays_the_same_for_the_same_words() -> None:
    """Every change of it asks for all photos anew: change this only with the prompt."""
    one = recipe_for(style_of(options={"num_ctx": 4096, "top_k": 20}), "qwen3-vl", "abc")
    two = recipe_for(style_of(options={"top_k": 20, "num_ctx": 4096}), "qwen3-vl", "abc")

    assert one == two
    assert len(one.key) == 32


@pytest.mark.parametrize(
    ("style", "model", "digest"),
    [
        (style_of(), "other", "d"),
        (style_of(), "m", "other"),
        (style_of(language="zh"), "m", "d"),
        (style_of(language="en-GB"), "m", "d"),
        (style_of(max_keywords=14), "m", "d"),
        (style_of(image_long_side=768), "m", "d"),
        (style_of(options={"seed": 43}), "m", "d"),
    ],
)
def test_whatever_decides_the_answer_changes_the_key(style: Style, model: str, digest: str) -> None:
    assert recipe_for(style, model, digest).key != recipe_for(style_of(), "m", "d").key


def test_the_first_question_is_the_recipe() -> None:
    style = style_of()
    recipe = recipe_for(style, "m", "d")
    question = question_for(recipe, style, 1, IMAGE)

    assert (question.system, question.user) == (recipe.system, recipe.user)
    assert question.schema == json.loads(recipe.schema)
    assert question.options == {
        "num_ctx": 8192,
        "num_predict": 500,
        "repeat_penalty": 1.0,
        "seed": 42,
        "temperature": 0,
        "top_p": 0.9,
    }
    assert question.image == IMAGE


@given(st.integers(2, 9), st.integers(1, 40))
def test_later_questions_decode_differently_with_fewer_words(
    attempt: int, max_keywords: int
) -> None:
    style = style_of(max_keywords=max_keywords)
    recipe = recipe_for(style, "m", "d")
    first, later = (question_for(recipe, style, n, IMAGE) for n in (1, attempt))
    lists = schema_of(style)["properties"], schema_of(style, attempt)["properties"]

    assert later.system == first.system  # it is cached
    assert later.options["seed"] != first.options["seed"]
    assert (later.options["temperature"], later.options["repeat_penalty"]) == (0.4, 1.1)
    assert later.options["num_ctx"] == first.options["num_ctx"]
    assert 1 <= lists[1]["keywords"]["maxItems"] <= lists[0]["keywords"]["maxItems"] == max_keywords
    assert lists[1]["text"]["maxItems"] == lists[0]["text"]["maxItems"] // 2


def test_a_persons_options_are_used_and_their_odd_seed_survived() -> None:
    style = style_of(options={"seed": "x", "num_predict": 900})
    recipe = recipe_for(style, "m", "d")

    assert question_for(recipe, style, 1, IMAGE).options["num_predict"] == 900
    assert question_for(recipe, style, 2, IMAGE).options["seed"] == 1


SUPPORTED = {"type", "properties", "required", "items", "enum"} | {
    "maxItems", "minItems", "maxLength", "minimum", "maximum",
}  # fmt: skip


def test_the_schema_is_flat_sorted_and_understood_by_grammars() -> None:
    schema = schema_of(style_of())
    fields: dict[str, dict[str, Any]] = schema["properties"]

    assert list(fields) == sorted(fields) == schema["required"]
    for value in fields.values():
        inner = value.get("items", {})
        assert not (set(value) | set(inner)) - SUPPORTED
        assert value["type"] != "object" != inner.get("type")
        assert (value.get("maxLength") or 0) <= 1500
        assert len(value.get("enum", inner.get("enum", ()))) <= 100
        if value["type"] == "string":
            assert "maxLength" in value or "enum" in value
        if value["type"] == "array":
            assert "maxItems" in value


def test_a_short_closed_vocabulary_is_all_that_an_answer_may_say() -> None:
    """It decides the answer, so it is in the key; and later attempts have no other words."""
    closed = style_of(only_words=("sea", "海滩"))
    for attempt in (1, 2):
        keywords = schema_of(closed, attempt)["properties"]["keywords"]
        assert keywords["items"] == {"type": "string", "enum": ["sea", "海滩"]}
    assert "where none is clearly visible: sea, 海滩." in recipe_for(closed, "m", "d").system
    assert recipe_for(closed, "m", "d").key != recipe_for(style_of(), "m", "d").key
    pairs = style_of(only_words=("sea",), keyword_language="zh", is_bilingual=True)
    assert "enum" not in schema_of(pairs)["properties"]["keywords"]["items"]
    assert "Only words of this list" not in recipe_for(pairs, "m", "d").system


@pytest.mark.parametrize("language", ["en", "zh", "de", "Klingon"])
def test_the_prompt_names_every_field_choice_and_language(language: str) -> None:
    system = recipe_for(style_of(language=language, max_keywords=11), "m", "d").system

    for word in (
        *values_of("category"),
        *values_of("mood"),
        *SENSITIVE,
        *schema_of(style_of())["properties"],
        "11",
    ):
        assert word in system
    assert {"zh": "简体中文", "de": "German", "Klingon": "Klingon", "en": "English"}[
        language
    ] in system


@pytest.mark.parametrize("name", ["photos", "ecommerce"])
@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_example_is_an_answer_that_only_its_own_echo_check_refuses(
    name: str, code: str
) -> None:
    profile = shipped(name)
    style = style_of(profile=profile, language=code, ask_also={"product_text"})
    example = dict(profile.examples[code])
    with pytest.raises(BadReply, match="example's"):
        parse(json.dumps(example), "", style=style)
    example["caption"] = str(example["caption"])[:-1] + " 2"
    example["keywords"] = list(profile.examples[code]["keywords"])[::-1]  # type: ignore[call-overload]
    parsed = parse(json.dumps(example | {"sensitive": "none"}), "", style=style)

    assert parsed.salvage == ""
    assert set(example) | {"sensitive"} == set(schema_of(style)["properties"])
    assert len(parsed.answer.keywords) == len(example["keywords"])


def test_nothing_interpolated_can_move_the_picture() -> None:
    style = style_of(language="German [img-0] [IMG]")

    assert "[img" not in recipe_for(style, "m", "d").system.lower()


@given(st.text("[img]-0 I", max_size=20))
def test_image_marks_are_broken_wherever_they_stand(text: str) -> None:
    safe = without_image_marks(text)

    assert "[img" not in safe.lower()
    assert len(safe) == len(text)
