# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""A caption is one line that begins with its subject."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.answers.captions import clean_caption


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("The image shows a dog on a beach.", "A dog on a beach."),
        ("This photo depicts two men.", "Two men."),
        ("this is a picture of the harbour", "The harbour"),
        ("A stunning photograph captures a falcon.", "A falcon."),
        ("In this image, we can see a cat.", "A cat."),
        ("In the photo there are three boats.", "Three boats."),
        ("Here's a detailed description of the image: A cat sits.", "A cat sits."),
        ("Sure! Here is a caption: A red kite flies.", "A red kite flies."),
        ("Caption: A red kite.", "A red kite."),
        ('"A cat."', "A cat."),
        ("“一只猫。”", "一只猫。"),
        ("图片中显示了一只猫。", "一只猫。"),
        ("这张照片展示了一位老人。", "一位老人。"),
        ("照片中，一只狗在奔跑。", "一只狗在奔跑。"),
        ("图中可以看到两条船。", "两条船。"),
        ("Das Bild zeigt einen Hund.", "Einen Hund."),
        ("La imagen muestra una casa.", "Una casa."),
        ("A cat\nsits\x00  on\ta mat.", "A cat sits on a mat."),
    ],
)
def test_filler_goes(said: str, kept: str) -> None:
    assert clean_caption(said) == kept


@pytest.mark.parametrize(
    "caption",
    [
        "A photographer shows a picture to a child.",
        "An old image of a saint hangs on the wall.",
        "In the image of the mirror a woman smiles.",
        "图书馆里有很多人。",
        "摄影师在拍照。",
        'A sign reads "OPEN" and another "SALE"',
    ],
)
def test_pictures_inside_the_photo_stay(caption: str) -> None:
    assert clean_caption(caption) == caption


def test_a_long_caption_ends_with_a_whole_sentence_or_word() -> None:
    assert clean_caption("One cat. Two dogs. Three birds fly.", longest=20) == "One cat. Two dogs."
    assert clean_caption("One very long sentence without end", longest=20) == "One very long…"
    assert clean_caption("猫" * 30, longest=20) == "猫" * 19 + "…"


CAPTIONS = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                "The image shows ",
                "图片中显示了",
                "In this photo, ",
                "Caption: ",
                '"',
                "a dog. ",
                "一只猫。",
            ]
        )
    ).map("".join),
)


@given(CAPTIONS, st.integers(10, 80))
def test_one_line_of_limited_length_and_twice_changes_nothing(caption: str, longest: int) -> None:
    clean = clean_caption(caption, longest=longest)

    assert len(clean) <= longest
    assert clean == " ".join(clean.split())
    assert clean_caption(clean, longest=longest) == clean
