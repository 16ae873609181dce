"""A person's captions and places stand; ours are filled in where nothing is, and kept fresh."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles.sidecars import tagging
from phototagd.domain.asset import Place
from phototagd.domain.sidecar import KeywordLists, OurRecord, SidecarEdit, SidecarState
from phototagd.rules.sidecars.merging import Offer, Texts, keywords_of, merge, merge_texts
from phototagd.rules.sidecars.sidecar_text import is_camera_junk

OSLO = Place("Oslo", "Oslo", "Norway", "NO")
BERGEN = Place("Bergen", "Vestland", "Norway", "NO")
OURS, NEW, THEIRS = "Our caption.", "Our new caption.", "Grandma by the lake"


def offer(**fields: object) -> Offer:
    said = tagging(NEW)
    basic: dict[str, object] = {
        "generator": "phototagd 0.1.0",
        "image_hash": "h1",
        "tagging": said,
        "keywords": keywords_of(said),
    }
    return Offer(**(basic | fields))  # type: ignore[arg-type]


def texts(
    caption: str | None = None, image: str | None = None, alt: str | None = None, last: str = ""
) -> Texts:
    found = SidecarState(caption=caption, image_description=image, alt_text=alt)
    return merge_texts(found, NEW, last)


def applied(found: SidecarState, edit: SidecarEdit) -> SidecarState:
    """What a sidecar says after an edit."""

    def text(now: str | None, wanted: str | None) -> str | None:
        return now if wanted is None else wanted or None

    return SidecarState(
        lists=edit.lists,
        caption=text(found.caption, edit.caption),
        is_translated=found.is_translated,
        image_description=text(found.image_description, edit.image_description),
        alt_text=text(found.alt_text, edit.alt_text),
        place=edit.place or found.place,
        record=edit.record,
    )


def test_an_absent_caption_is_filled_in_all_three_places() -> None:
    assert texts() == Texts(NEW, NEW, NEW)


def test_our_own_caption_is_renewed() -> None:
    assert texts(OURS, OURS, OURS, last=OURS) == Texts(NEW, NEW, NEW)


def test_a_persons_caption_stands_and_is_shown_by_every_program() -> None:
    """Darktable edits dc:description alone, Immich would go on showing tiff:ImageDescription."""
    assert texts(THEIRS, OURS, OURS, last=OURS) == Texts(THEIRS, THEIRS, NEW)
    assert texts(None, THEIRS) == Texts(THEIRS, THEIRS, NEW)


def test_a_caption_that_a_person_deleted_does_not_come_back() -> None:
    assert texts(None, OURS, OURS, last=OURS) == Texts(None, "", "")
    assert texts(None, None, None, last=OURS) == Texts()
    assert texts("", None, None, last=OURS) == Texts()


def test_an_alt_text_that_a_person_deleted_does_not_come_back() -> None:
    assert texts(OURS, OURS, None, last=OURS).alt_text is None


def test_a_persons_alt_text_stands() -> None:
    assert texts(alt="Alt by a person").alt_text is None


@pytest.mark.parametrize("junk", ["OLYMPUS DIGITAL CAMERA", "SONY DSC", "Exif_JPEG_PICTURE"])
def test_what_a_camera_wrote_is_no_caption(junk: str) -> None:
    assert texts(junk, junk) == Texts(NEW, NEW, NEW)


def test_a_caption_in_one_other_language_is_left_alone() -> None:
    """Two languages in dc:description come out mangled in darktable."""
    found = SidecarState(is_translated=True)

    assert merge_texts(found, NEW, "") == Texts()


def test_place_is_filled_only_where_none_is() -> None:
    filled = merge(SidecarState(), offer(place=OSLO))
    theirs = merge(SidecarState(place=Place(city="Home")), offer(place=OSLO))

    assert filled is not None
    assert filled.place == OSLO
    assert theirs is not None
    assert theirs.place is None


def test_our_place_is_renewed_and_a_deleted_one_stays_away() -> None:
    record = OurRecord(place=OSLO)
    renewed = merge(SidecarState(place=OSLO, record=record), offer(place=BERGEN))
    deleted = merge(SidecarState(place=None, record=record), offer(place=BERGEN))

    assert renewed is not None
    assert renewed.place == BERGEN
    assert deleted is not None
    assert deleted.place is None


def test_without_a_tagging_only_the_place_is_written() -> None:
    found = SidecarState(lists=KeywordLists(subject=("u1",)), caption=THEIRS)

    edit = merge(found, offer(tagging=None, keywords=(), place=OSLO))

    assert edit is not None
    assert edit.place == OSLO
    assert edit.lists == KeywordLists()
    assert (edit.caption, edit.image_description, edit.alt_text) == (None, None, None)


def test_with_nothing_to_say_nothing_is_edited() -> None:
    found = SidecarState(lists=KeywordLists(subject=("u1",)))

    assert merge(found, offer(tagging=None, keywords=())) is None


def test_provenance_is_kept_for_a_rebuild() -> None:
    edit = merge(SidecarState(), offer())

    assert edit is not None
    seen = edit.record.provenance
    assert (seen.model, seen.model_digest, seen.recipe) == (
        "qwen3-vl:4b-instruct",
        "sha256:ab",
        "r1",
    )
    assert (seen.category, seen.objects, seen.mood, seen.people, seen.text, seen.sensitive) == (
        "landscape",
        ("boat",),
        ("calm",),
        0,
        ("HARBOUR",),
        "none",
    )
    assert seen.tagged_at == "2026-05-01T10:00:00Z"


lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
states = st.builds(
    SidecarState,
    caption=st.none() | lines | st.sampled_from([OURS, NEW]),
    is_translated=st.booleans(),
    image_description=st.none() | lines | st.sampled_from([OURS, NEW]),
    alt_text=st.none() | lines | st.sampled_from([OURS, NEW]),
    place=st.none() | st.sampled_from([OSLO, BERGEN, Place(city="Home")]),
    record=st.none() | st.builds(OurRecord, caption=st.sampled_from(["", OURS, NEW])),
)


@given(states)
def test_merging_twice_asks_for_nothing_more(found: SidecarState) -> None:
    edit = merge(found, offer(place=OSLO))
    assert edit is not None
    once = applied(found, edit)

    again = merge(once, offer(place=OSLO))

    assert again is not None
    assert applied(once, again) == once


@given(states)
def test_a_persons_texts_survive(found: SidecarState) -> None:
    """Every text that neither a camera nor we wrote is still there, where it was."""
    edit = merge(found, offer(place=OSLO))
    assert edit is not None
    after = applied(found, edit)
    last = found.record.caption if found.record else ""

    def is_theirs(text: str | None) -> bool:
        return bool(text and text.strip()) and text != last and not is_camera_junk(text or "")

    if is_theirs(found.caption):
        assert after.caption == found.caption
    elif is_theirs(found.image_description):
        assert after.caption == after.image_description == found.image_description
    if is_theirs(found.alt_text):
        assert after.alt_text == found.alt_text
    if found.place == Place(city="Home"):
        assert after.place == found.place
