"""A sidecar of ours gives its answer back; anything else does not."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from phototagd.domain.asset import AssetId
from phototagd.domain.sidecar import KeywordPast, OurRecord, Provenance
from phototagd.rules.answers.adopting import tagging_in

ASSET = AssetId(7)
RECORD = OurRecord(
    generator="phototagd 1",
    provenance=Provenance(
        model="m",
        model_digest="d",
        recipe="r",
        language="en",
        tagged_at="2026-05-01T12:00:00Z",
        category="nature",
        objects=("tree",),
        mood=("calm",),
        people=2,
        text=("EXIT",),
        sensitive="none",
    ),
    image_hash="image1:aa",
    caption="A lake.",
    keywords=KeywordPast(base=("holiday", "lake"), ours=("lake",)),
)


def test_our_record_of_this_picture_is_an_answer() -> None:
    """Everything that the sidecar keeps comes back; the person's own words are not ours."""
    tagging = tagging_in(RECORD, ASSET, "image1:aa")

    assert tagging is not None
    assert tagging.answer.caption == "A lake."
    assert tagging.answer.keywords == ("lake",)
    assert (tagging.answer.people, tagging.answer.text) == (2, ("EXIT",))
    assert (tagging.recipe.key, tagging.recipe.model_digest) == ("r", "d")
    assert tagging.created_at == datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert not tagging.is_private


def test_what_was_private_stays_private() -> None:
    """Although nobody looked at it again."""
    said = replace(RECORD.provenance, sensitive="bank_card")
    tagging = tagging_in(replace(RECORD, provenance=said), ASSET, "image1:aa")

    assert tagging is not None
    assert tagging.is_private


@pytest.mark.parametrize(
    "record",
    [
        None,
        replace(RECORD, image_hash="image1:bb"),
        replace(RECORD, caption=""),
        replace(RECORD, provenance=Provenance()),
    ],
    ids=["not ours", "of another picture", "without words", "only a place"],
)
def test_anything_else_is_none(record: OurRecord | None) -> None:
    """The sidecar of a picture that was replaced must not describe the new one."""
    assert tagging_in(record, ASSET, "image1:aa") is None
