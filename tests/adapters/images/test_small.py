"""Small pictures for people: their size, their side, and nothing but the picture."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from doubles.pictures import draw, exif_block
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.adapters.images.small import thumbnail
from phototagd.domain.errors import Unreadable
from phototagd.domain.gallery import ThumbnailSize

MAX_PIXELS = 100_000_000


def small(file: Path, size: ThumbnailSize) -> Image.Image:
    return Image.open(io.BytesIO(thumbnail(os.fsencode(file), size, max_pixels=MAX_PIXELS).webp))


@pytest.mark.parametrize(
    ("shape", "tile", "view"),
    [
        ((3000, 2000), (384, 256), (1440, 960)),
        ((2000, 3000), (256, 384), (960, 1440)),
        ((4000, 1000), (1024, 256), (1440, 360)),
        ((6000, 400), (1024, 68), (1440, 96)),
        ((200, 100), (200, 100), (200, 100)),
    ],
)
def test_a_tile_counts_its_short_side_and_a_view_its_long_one(
    tmp_path: Path, shape: tuple[int, int], tile: tuple[int, int], view: tuple[int, int]
) -> None:
    file = tmp_path / "a.jpg"
    draw(size=shape).save(file)

    assert small(file, ThumbnailSize.TILE).size == tile
    assert small(file, ThumbnailSize.VIEW).size == view


def test_it_stands_upright_and_tells_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    exif = exif_block(orientation=6, gps=(48.0, 11.0), make="Maker")
    draw(size=(800, 600)).save(file, exif=exif)

    picture = small(file, ThumbnailSize.TILE)

    assert picture.format == "WEBP"
    assert picture.width < picture.height
    assert not picture.getexif()
    assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}


def test_the_process_makes_it_too_and_says_what_is_wrong(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.jpg", tmp_path / "b.jpg"
    draw().save(good)
    bad.write_bytes(b"\xff\xd8\xff" + bytes(100) + b"\xff\xd9")
    reader = ProcessPhotoReader(niceness=5)
    try:
        webp = reader.thumbnail(os.fsencode(good), ThumbnailSize.TILE).webp
        assert webp[8:12] == b"WEBP"
        assert reader._child is not None
        assert os.getpriority(os.PRIO_PROCESS, reader._child.pid) == 5
        with pytest.raises(Unreadable):
            reader.thumbnail(os.fsencode(bad), ThumbnailSize.TILE)
    finally:
        reader.close()
