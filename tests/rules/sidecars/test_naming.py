"""Each photo has its own sidecar, and none is hidden from the program that wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.sidecar import Naming
from phototagd.rules.sidecars.naming import LONGEST_NAME, Target, targets


def named(
    photo: str, *others: str, naming: Naming = Naming.AUTO, raw: bool | None = None
) -> tuple[Target, ...]:
    folder = frozenset(name.encode() for name in (photo, *others))
    is_raw = photo.lower().endswith((".cr3", ".nef", ".dng")) if raw is None else raw
    return targets(photo.encode(), is_raw=is_raw, siblings=folder, sidecars=folder, naming=naming)


def test_a_new_sidecar_is_appended() -> None:
    assert named("IMG_1.jpg") == (Target(b"IMG_1.jpg.xmp", exists=False),)
    assert named("IMG_1.CR3") == (Target(b"IMG_1.CR3.xmp", exists=False),)


@pytest.mark.parametrize("spelled", ["IMG_1.jpg.xmp", "IMG_1.jpg.XMP", "IMG_1.JPG.xmp"])
def test_an_existing_sidecar_is_found_in_any_case(spelled: str) -> None:
    assert named("IMG_1.jpg", spelled) == (Target(spelled.encode(), exists=True),)


def test_photos_that_differ_in_case_keep_their_own() -> None:
    assert named("IMG_1.jpg", "IMG_1.JPG", "IMG_1.JPG.xmp") == (
        Target(b"IMG_1.jpg.xmp", exists=False),
    )
    assert named("A.CR3", "a.CR3", "a.xmp") == (Target(b"A.CR3.xmp", exists=False),)


def test_auto_edits_the_sidecar_that_adobe_gave_a_raw() -> None:
    """A second one would hide it from Immich and darktable."""
    assert named("IMG_1.CR3", "IMG_1.xmp") == (Target(b"IMG_1.xmp", exists=True),)
    assert named("IMG_1.CR3", "IMG_1.XMP", "IMG_1.JPG") == (Target(b"IMG_1.XMP", exists=True),)


def test_auto_does_not_guess_between_two_raws() -> None:
    assert named("IMG_1.CR3", "IMG_1.DNG", "IMG_1.xmp") == (
        Target(b"IMG_1.CR3.xmp", exists=False, seed=b"IMG_1.xmp"),
    )
    assert named("IMG_1.DNG", "IMG_1.CR3", "IMG_1.xmp") == (Target(b"IMG_1.DNG.xmp", exists=False),)


def test_the_jpeg_of_a_pair_leaves_the_raws_sidecar_alone() -> None:
    for naming in Naming:
        assert named("IMG_1.JPG", "IMG_1.CR3", "IMG_1.xmp", naming=naming) == (
            Target(b"IMG_1.JPG.xmp", exists=False),
        )


def test_a_new_sidecar_takes_the_words_of_the_one_it_hides_along() -> None:
    assert named("IMG_1.jpg", "IMG_1.xmp") == (
        Target(b"IMG_1.jpg.xmp", exists=False, seed=b"IMG_1.xmp"),
    )


def test_replace_names_as_adobe_does() -> None:
    assert named("IMG_1.CR3", naming=Naming.REPLACE) == (Target(b"IMG_1.xmp", exists=False),)
    assert named("IMG_1.jpg", "IMG_1.jpg.xmp", naming=Naming.REPLACE) == (
        Target(b"IMG_1.xmp", exists=False, seed=b"IMG_1.jpg.xmp"),
    )


def test_append_edits_the_appended_one() -> None:
    assert named("A.CR3", "A.xmp", "A.CR3.xmp", naming=Naming.APPEND) == (
        Target(b"A.CR3.xmp", exists=True),
    )


def test_both_for_raw_writes_both() -> None:
    both = named("A.CR3", "A.xmp", naming=Naming.BOTH_FOR_RAW)

    assert both == (
        Target(b"A.CR3.xmp", exists=False, seed=b"A.xmp"),
        Target(b"A.xmp", exists=True),
    )
    assert named("A.jpg", naming=Naming.BOTH_FOR_RAW) == (Target(b"A.jpg.xmp", exists=False),)


def test_a_name_too_long_to_append_to_is_replaced() -> None:
    stem = "x" * 250

    assert named(stem + ".jpg") == (Target(stem.encode() + b".xmp", exists=False),)
    assert named("x" * 255) == ()


def test_a_photo_without_suffix_does_not_take_the_raws_sidecar() -> None:
    assert named("A", "A.CR3", "A.xmp") == ()


stems = st.sampled_from(["a", "A", "b", "a_01"])
suffixes = st.sampled_from([".jpg", ".JPG", ".cr3", ".dng", ".png", ".xmp", ".jpg.xmp", ".XMP", ""])
folders = st.frozensets(st.builds("{}{}".format, stems, suffixes), max_size=8)


@given(folders, st.sampled_from(Naming))
def test_no_two_photos_share_a_sidecar(folder: frozenset[str], naming: Naming) -> None:
    photos = sorted(n for n in folder if not n.lower().endswith(".xmp"))

    taken = [t.name for p in photos for t in named(p, *folder, naming=naming)]

    assert len(taken) == len(set(taken))


@given(folders, st.sampled_from(Naming))
def test_names_fit_exist_as_said_and_are_ours_to_take(
    folder: frozenset[str], naming: Naming
) -> None:
    for photo in folder:
        for target in named(photo, *folder, naming=naming):
            assert len(target.name) <= LONGEST_NAME
            assert target.exists == (target.name.decode() in folder)
            assert target.seed is None or (not target.exists and target.seed.decode() in folder)
