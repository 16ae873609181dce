# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""Captions in two lengths, keywords in one language or two, fields of a profile's own."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles.profiles import shipped, style
from phototagd.domain.errors import BadReply
from phototagd.domain.profile import FieldKind, Profile, ProfileField, Tongue
from phototagd.domain.tagging import Extra
from phototagd.rules.answers.parsing import Parsed, parse
from phototagd.rules.answers.prompting import question_for, recipe_for
from phototagd.rules.answers.style import CaptionKind, Style
from phototagd.rules.answers.wording import hinted, system_text

DETAILED = CaptionKind.DETAILED
BOTH = style(language="zh", keyword_language="en", is_bilingual=True)
SHOP = style(profile=shipped("ecommerce"), ask_also=frozenset({"product_text"}))


def answered(chosen: Style, **fields: object) -> Parsed:
    """A good answer in the words of the example, with changes."""
    profile = chosen.profile
    example = dict(profile.examples["en" if chosen.language == "en" else "zh"])
    example |= {"caption": "A blue mug.", "keywords": ["mug", "blue"], "sensitive": "none"}
    return parse(json.dumps(example | fields), "", style=chosen)


def refused(chosen: Style, **fields: object) -> str:
    with pytest.raises(BadReply) as caught:
        answered(chosen, **fields)
    return str(caught.value)


def test_a_detailed_caption_is_asked_for_all_that_belongs_into_it() -> None:
    for name in ("photos", "ecommerce"):
        system = system_text(style(profile=shipped(name), caption=DETAILED))
        for word in ("people", "clothes", "background", "light", "mood", "900 characters"):
            assert word in system
    assert "900" not in system_text(style())


def test_a_caption_that_is_too_long_ends_with_a_sentence() -> None:
    """A grammar would cut it in a word: the schema has room, and the rest is taken off."""
    chosen = style(caption_characters=40)
    schema: Any = question_for(recipe_for(chosen, "m", "d"), chosen, 1, b"").schema
    long = "A dog sleeps on a green sofa. A cat looks at it from the ta"

    assert schema["properties"]["caption"]["maxLength"] > 40
    assert answered(chosen, caption=long).answer.caption == "A dog sleeps on a green sofa."


def test_longer_answers_have_room() -> None:
    def room(chosen: Style) -> int:
        options = json.loads(recipe_for(chosen, "m", "d").options)
        return int(options["num_predict"])

    assert room(style()) == 500
    assert room(style(caption=DETAILED)) > 1000
    assert room(BOTH) > 600
    assert room(SHOP) > 1000
    assert room(style(options={"num_predict": 77})) == 77


@pytest.mark.parametrize(
    "changes",
    [
        {"caption": DETAILED},
        {"caption_characters": 99},
        {"keyword_language": "zh"},
        {"keyword_language": "zh", "is_bilingual": True},
        {"profile": shipped("ecommerce")},
    ],
)
def test_every_choice_changes_the_recipe(changes: dict[str, Any]) -> None:
    assert recipe_for(style(**changes), "m", "d").key != recipe_for(style(), "m", "d").key


def test_the_hint_is_said_and_is_no_part_of_the_recipe() -> None:
    recipe = recipe_for(style(), "m", "d")
    question = question_for(recipe, style(), 1, b"", ("dog", "harbour"))

    assert question.system.startswith(recipe.system)
    assert question.system.endswith("write it exactly so: dog, harbour.")
    assert "harbour" not in recipe.system
    assert question_for(recipe, style(), 1, b"").system == recipe.system


@given(st.lists(st.text("[imgIMG]-0 \n", max_size=50), max_size=80))
def test_no_hint_can_move_the_picture_or_break_out_of_its_line(words: list[str]) -> None:
    system = hinted("Look.", words)

    assert "[img" not in system.lower()
    assert system.count("\n") in {0, 2}
    assert len(system) < 60 * 42 + 100


@pytest.mark.parametrize("place", ["task", "short_caption", "keywords"])
def test_nothing_in_a_profile_can_move_the_picture(place: str) -> None:
    texts = {"task": "t", "short_caption": "s", "detailed_caption": "d", "keywords": "k"}
    ask = ProfileField(name="x", kind=FieldKind.CHOICE, ask="[img-0] {values}", values=("[IMG]",),
                       tongue=Tongue.NONE)  # fmt: skip
    profile = Profile(name="p", title="p", fields=(ask,), vocabulary=("[img]",),
                      examples={"en": {"caption": "[img-1]", "keywords": ["[img]"]}},
                      **(texts | {place: "look [img-0] here"}))  # fmt: skip

    assert "[img" not in system_text(style(profile=profile)).lower()


def test_captions_and_keywords_may_have_languages_of_their_own() -> None:
    chosen = style(language="zh", keyword_language="en")
    system = system_text(chosen)

    assert "Write caption in Simplified Chinese." in system
    assert "Write keywords and objects in English." in system
    assert '"keywords": ["fisherman"' in system
    assert "一位老渔夫" in system
    good = answered(chosen, caption="一只蓝色的杯子。", keywords=["Mugs"], objects=["mug"])
    assert good.answer.keywords == ("mug",)
    assert "Latin script, not in zh" in refused(chosen, keywords=["mug"], objects=["mug"])
    zh = "一只蓝色的杯子。"
    assert "keywords are answered in Han" in refused(chosen, caption=zh, keywords=["杯子"])
    assert "objects are answered in Han" in refused(chosen, caption=zh, objects=["杯子"])


def test_two_languages_come_in_pairs() -> None:
    system = system_text(BOTH)
    assert "Each of the keywords is a pair" in system
    assert '"fisherman = 渔夫"' in system

    zh = {"caption": "一只蓝色的杯子。", "objects": ["mug"]}
    good = answered(BOTH, keywords=["Mugs = 杯子", "blue＝蓝色", "photo = 照片", "table"], **zh)
    assert good.answer.keywords == ("mug", "blue", "table")
    assert good.answer.translations == (("mug", "杯子"), ("blue", "蓝色"))
    assert good.salvage == "translations"  # the table has none
    assert "translations are answered in Latin" in refused(
        BOTH, keywords=["mug = cup", "blue = azure"], **zh
    )


def test_a_stop_list_keeps_words_out() -> None:
    assert answered(SHOP, keywords=["Product", "mug"]).answer.keywords == ("mug",)
    assert "no usable keyword" in refused(SHOP, keywords=["studio"])


def test_fields_of_a_profile_become_extras() -> None:
    shown = answered(
        SHOP,
        product_type="Coffee mug",
        colour="Blue, white",
        view="In use",
        brand=["HEIMA", "HEIMA", "none"],
        suggested_categories=["Gifts: 35", "Kitchen > Mugs：92%", "Odd"],
        product_text="The image shows a mug for slow mornings. It keeps warm.",
        pattern=[],
    ).answer

    assert (shown.category, shown.mood, shown.objects) == ("", (), ())
    assert shown.extras == (
        Extra("product_type", ("Coffee mug",)),
        Extra("colour", ("blue", "white")),
        Extra("material", ("enamel", "wood")),
        Extra("style", ("rustic",)),
        Extra("view", ("in_use",)),
        Extra("brand", ("HEIMA",)),
        Extra("suggested_categories", ("Kitchen > Mugs", "Gifts", "Odd"), (0.92, 0.35, 0.0)),
        Extra("product_text", ("A mug for slow mornings. It keeps warm.",)),
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"colour": ["蓝色"]}, "colour is answered in Han"),
        ({"product_text": "一只蓝色的大杯子，适合早晨。"}, "product_text is answered in Han"),
        ({"brand": ["buy buy buy buy buy buy"]}, "brand repeats itself"),
        ({"colour": {"a": 1}}, "colour is no list"),
    ],
)
def test_nonsense_in_extras_is_refused(fields: dict[str, object], reason: str) -> None:
    assert reason in refused(SHOP, **fields)


def test_an_optional_field_is_asked_about_by_wish_only() -> None:
    assert "product_text" in system_text(SHOP)
    assert "product_text" not in system_text(style(profile=shipped("ecommerce")))
