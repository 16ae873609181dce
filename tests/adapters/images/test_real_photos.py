"""Photos from real cameras, which tests cannot make: HEIC above all."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from phototagd.adapters.images import ProcessPhotoReader
from phototagd.domain.asset import PhotoKind, Prepared
from phototagd.domain.errors import NotYet

Prepare = Callable[..., Prepared]

FOLDER = os.environ.get("PHOTOTAGD_TEST_PHOTOS", "")
PHOTOS = sorted(Path(FOLDER).iterdir()) if FOLDER else []

pytestmark = pytest.mark.skipif(
    not FOLDER, reason="set PHOTOTAGD_TEST_PHOTOS=/a/folder of real photos to try them"
)


@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: photo.name)
def test_a_real_photo_is_read(reader: ProcessPhotoReader, prepare: Prepare, photo: Path) -> None:
    assert prepare(photo).jpeg
    reader.inspect(os.fsencode(photo))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9999])
@pytest.mark.parametrize("photo", PHOTOS, ids=lambda photo: photo.name)
def test_a_truncated_heic_is_not_yet_there(
    prepare: Prepare, tmp_path: Path, photo: Path, share: float
) -> None:
    """The decoder would show grey tiles without an error."""
    if photo.suffix.lower() not in {".heic", ".heif", ".hif"}:
        pytest.skip("no HEIC")
    whole = photo.read_bytes()
    assert prepare(photo).kind is PhotoKind.HEIF
    keep = int(len(whole) * share)
    for tail in (b"", bytes(len(whole) - keep) if share < 0.99 else b""):
        cut = tmp_path / "cut.heic"
        cut.write_bytes(whole[:keep] + tail)

        with pytest.raises(NotYet):
            prepare(cut)
