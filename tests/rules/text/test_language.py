# ruff: noqa: RUF001 -- sentences of the world
"""Scripts are told apart, and a caption in a foreign one is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.text.language import (
    language_of,
    script_of,
    wrong_script,
    wrong_script_of_words,
)

SENTENCES = {
    "en": "A brown dog runs along the beach.",
    "de": "Ein brauner Hund läuft über den Strand.",
    "zh": "一只棕色的狗在海滩上奔跑。",
    "ja": "茶色の犬が砂浜を走っています。",
    "ko": "갈색 개가 해변을 따라 달린다.",
    "ru": "Коричневая собака бежит по пляжу.",
    "ar": "كلب بني يركض على الشاطئ.",
    "he": "כלב חום רץ לאורך החוף.",
    "el": "Ένας καφέ σκύλος τρέχει στην παραλία.",
    "th": "สุนัขสีน้ำตาลวิ่งบนชายหาด",
    "hi": "एक भूरा कुत्ता समुद्र तट पर दौड़ता है।",
}
SAME_SCRIPT = {frozenset({"en", "de"})}


@pytest.mark.parametrize("asked", SENTENCES)
@pytest.mark.parametrize("answered", SENTENCES)
def test_a_sentence_fits_its_own_script_only(asked: str, answered: str) -> None:
    fits = asked == answered or frozenset({asked, answered}) in SAME_SCRIPT

    assert (wrong_script(SENTENCES[answered], asked) == "") is fits


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("一台 MacBook Pro 放在木桌上，旁边有咖啡。", "zh"),
        ("A neon sign reading 居酒屋 hangs above the door.", "en"),
        ("OK!", "zh"),
        ("标志上用日文写着「ラーメン」，下面有两位客人。", "zh"),
        ("2024", "ru"),
        ("", "en"),
        ("ＦＵＬＬ width letters are Latin", "en"),
        ("Pas na šetalištu", "sr"),
        ("Пас на шеталишту", "sr"),
        ("anything at all", "Klingon"),
    ],
)
def test_brands_signs_and_unknown_languages_pass(text: str, language: str) -> None:
    assert wrong_script(text, language) == ""


def test_the_reason_names_the_script() -> None:
    assert wrong_script(SENTENCES["zh"], "en") == "Han"
    assert wrong_script(SENTENCES["en"], "zh-CN") == "Latin"
    assert wrong_script(SENTENCES["ru"], "sr-Latn") == "Cyrillic"


def test_words_are_counted_not_letters() -> None:
    assert wrong_script_of_words(["MacBook Pro Max", "木桌", "咖啡"], "zh") == ""
    assert wrong_script_of_words(["laptop", "table", "咖啡"], "zh") == "Latin"
    assert wrong_script_of_words(["猫", "狗", "树", "dog"], "en") == "Han"
    assert wrong_script_of_words(["2024", "!"], "zh") == ""


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "English"),
        ("en-GB", "English"),
        ("zh", "Simplified Chinese"),
        ("zh_CN", "Simplified Chinese"),
        ("zh-Hant-TW", "Traditional Chinese"),
        ("German", "German"),
        ("sr-Latn", "Serbian in Latin letters"),
        ("Plattdeutsch", "Plattdeutsch"),
        (" Swiss\nGerman ", "Swiss German"),
    ],
)
def test_tags_and_names_become_words_for_the_model(tag: str, name: str) -> None:
    assert language_of(tag).name == name


@given(st.characters(), st.text(), st.text())
def test_any_text_can_be_judged(character: str, text: str, language: str) -> None:
    script_of(character)
    wrong_script(text, language)
    wrong_script_of_words([text], language)


@given(st.text(st.characters(categories=["Nd", "P", "Z"])), st.sampled_from(sorted(SENTENCES)))
def test_what_has_no_letters_is_never_wrong(text: str, language: str) -> None:
    assert wrong_script(text, language) == ""
