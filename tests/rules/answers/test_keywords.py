# ruff: noqa: RUF001, SIM905 -- full-width letters and separators are the point
"""Keywords come out clean, distinct, in order, and no more than asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.answers.keywords import (
    LONGEST,
    MOST_WORDS,
    compose,
    fold,
    normalise_keywords,
)
from phototagd.rules.text.language import scripts_in

LANGUAGES = st.sampled_from(["en", "zh", "de", "tr", "th", "fr", "Klingon"])
PIECES = st.sampled_from(
    "Dogs the A photo Canon EOS ISO 400 f/2.8 red glasses IMG_1234 USA usa no people Berge SEE "
    "图片 红色 自行车 ＦＵＬＬ İstanbul ｶﾒﾗ สีน้ำเงิน | / \\ , ; : # 1. - \u200c \x00 \ud800".split(
        " "
    )
)
WORDS = st.lists(
    st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=5).map(" ".join)), max_size=12
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Dogs", "dog", "DOG"], ("dog",)),
        (["Cherry Blossoms"], ("cherry blossom",)),
        (["glasses", "bus", "sheep"], ("glasses", "bus", "sheep")),
        (["#sunset", "1. beach", '"sea"', "- boat"], ("sunset", "beach", "sea", "boat")),
        (["red apples, green pears; plums"], ("red apple", "green pear", "plum")),
        (["black/white", "a|b c"], ("black", "white", "b c")),
        (["ＣＡＦＥ", "ﬁsh"], ("cafe", "fish")),
        (["golden_gate", "animal: fox"], ("golden gate", "fox")),
        (["usa", "Tv", "nasa"], ("USA", "TV", "NASA")),
        (["the river", "landscape photography"], ("river", "landscape")),
        (["man riding a red bike"], ()),
        (["x", "2024", "!!!", "", " "], ()),
        (["3d printer", "1950s car"], ("3d printer", "1950s car")),
    ],
)
def test_english_keywords(words: list[str], expected: tuple[str, ...]) -> None:
    assert normalise_keywords(words, most=20, language="en") == expected


@pytest.mark.parametrize(
    "word",
    [
        "photo", "Image", "pictures", "photography", "background", "no people", "unknown", "none",
        "Canon EOS 5D", "NIKON D850", "Sony", "f/2.8", "f2.8", "50mm", "50 mm", "ISO 400",
        "iso100", "1/250s", "IMG_1234", "IMG_1234.JPG", "DSC00042", "DSCN0001", "PXL_20240501",
        "24 megapixels", "exif data", "1920x1080", "main subject", "keywords",
    ],
)  # fmt: skip
def test_filler_cameras_and_file_names_are_dropped(word: str) -> None:
    assert normalise_keywords([word], most=20, language="en") == ()


def test_chinese_keywords() -> None:
    words = ["红色自行车", "照片", "猫、狗；鸟", "这是一只非常可爱的小狗", "MacBook电脑"]

    assert normalise_keywords(words, most=20, language="zh") == (
        "红色自行车",
        "猫",
        "狗",
        "鸟",
        "macbook电脑",
    )


def test_german_nouns_keep_their_capital() -> None:
    assert normalise_keywords(["Berg", "SEE", "blau", "berg"], most=9, language="de") == (
        "Berg",
        "See",
        "blau",
    )


def test_turkish_and_thai_letters_survive() -> None:
    assert normalise_keywords(["IŞIK", "İSTANBUL"], most=9, language="tr") == ("ışık", "istanbul")
    assert compose("น้ำ") == "น้ำ"


@given(WORDS, st.integers(0, 8), LANGUAGES)
def test_whatever_comes_in_only_keywords_come_out(
    words: list[str], most: int, language: str
) -> None:
    keywords = normalise_keywords(words, most=most, language=language)

    assert len(keywords) <= most
    assert len({fold(k) for k in keywords}) == len(keywords)
    for keyword in keywords:
        assert 1 <= len(keyword) <= LONGEST
        assert 1 <= len(keyword.split()) <= MOST_WORDS
        assert scripts_in(keyword)
        assert keyword == " ".join(keyword.split())
        assert not set(keyword) & set("|/\\,;\n\r\t\x00，；、")
        assert keyword.isprintable() or set(keyword) & set("\u200c\u200d")


@given(WORDS, st.integers(0, 8), LANGUAGES)
def test_twice_changes_nothing(words: list[str], most: int, language: str) -> None:
    once = normalise_keywords(words, most=most, language=language)

    assert normalise_keywords(once, most=most, language=language) == once


@given(WORDS, LANGUAGES)
def test_fewer_are_the_first_of_more(words: list[str], language: str) -> None:
    """Rank is kept: asking for fewer drops the least important ones."""
    more = normalise_keywords(words, most=9, language=language)

    assert normalise_keywords(words, most=3, language=language) == more[:3]
