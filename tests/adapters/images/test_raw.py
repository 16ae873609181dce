"""RAW: the embedded preview where it is good enough, else developed; always upright."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from doubles.dng import make_dng
from doubles.looking import is_upright
from doubles.pictures import make_image
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.domain.asset import PhotoKind, Prepared
from phototagd.domain.errors import NotYet

Prepare = Callable[..., Prepared]


def test_a_large_preview_is_used(prepare: Prepare, tmp_path: Path) -> None:
    prepared = prepare(make_dng(tmp_path / "a.dng", size=(1920, 1440), preview=(960, 720)))

    assert prepared.kind is PhotoKind.RAW
    assert (prepared.width, prepared.height) == (960, 720)
    assert (prepared.original_width, prepared.original_height) == (1920, 1440)
    assert is_upright(prepared)


@pytest.mark.parametrize("preview", [None, (160, 120)])
def test_without_a_good_preview_it_is_developed(
    prepare: Prepare, tmp_path: Path, preview: tuple[int, int] | None
) -> None:
    prepared = prepare(make_dng(tmp_path / "a.dng", size=(1920, 1440), preview=preview))

    assert (prepared.width, prepared.height) == (960, 720)
    assert (prepared.original_width, prepared.original_height) == (1920, 1440)
    assert is_upright(prepared, tolerance=60)


@pytest.mark.parametrize("preview", [None, (960, 720)])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_the_orientation_of_the_raw_counts(
    prepare: Prepare, tmp_path: Path, preview: tuple[int, int] | None, orientation: int
) -> None:
    """The stored picture is the drawn one, so it must come out turned from there."""
    photo = make_dng(
        tmp_path / "a.dng", size=(1920, 1440), preview=preview, orientation=orientation
    )

    prepared = prepare(photo)

    turned = orientation in {6, 8}
    assert (prepared.width, prepared.height) == ((720, 960) if turned else (960, 720))
    assert (prepared.original_width, prepared.original_height) == (
        (1440, 1920) if turned else (1920, 1440)
    )
    assert not is_upright(prepared, tolerance=60)


def test_a_dng_under_another_name_is_raw(prepare: Prepare, tmp_path: Path) -> None:
    photo = make_dng(tmp_path / "a.dng", size=(1920, 1440)).rename(tmp_path / "a.tif")

    assert prepare(photo).kind is PhotoKind.RAW


def test_a_tiff_under_a_raw_name_is_still_shown(prepare: Prepare, tmp_path: Path) -> None:
    photo = make_image(tmp_path / "a.tif").rename(tmp_path / "a.nef")

    prepared = prepare(photo)

    assert prepared.kind is PhotoKind.RAW
    assert is_upright(prepared)


@pytest.mark.parametrize("share", [0.002, 0.5, 0.99])
def test_a_truncated_raw_without_preview_is_not_yet_there(
    prepare: Prepare, tmp_path: Path, share: float
) -> None:
    photo = make_dng(tmp_path / "a.dng", size=(1920, 1440))
    whole = photo.read_bytes()
    photo.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(NotYet):
        prepare(photo)


def test_facts_and_words_of_a_raw(reader: ProcessPhotoReader, tmp_path: Path) -> None:
    photo = make_dng(tmp_path / "a.dng")
    with photo.open("ab") as file:
        file.write(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>words</x:xmpmeta>")

    inspection = reader.inspect(os.fsencode(photo))

    assert (inspection.facts.make, inspection.facts.model) == ("Acme", "Acme One")
    assert inspection.xmp == b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>words</x:xmpmeta>"


def test_the_preview_of_another_long_side_has_the_same_hash(
    prepare: Prepare, tmp_path: Path
) -> None:
    photo = make_dng(tmp_path / "a.dng", size=(640, 480), preview=(2600, 1950))

    assert len({prepare(photo, side).pixel_hash for side in (512, 1024, 1280)}) == 1
