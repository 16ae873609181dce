"""Sketches: those of the package ImageHash, and hardly changed by what leaves a picture itself."""

import io
from pathlib import Path

import pytest
from PIL import Image

from doubles.pictures import draw, exif_block
from phototagd.adapters.images.decoding import prepare
from phototagd.adapters.images.sketching import sketch_of
from phototagd.adapters.images.small import thumbnail
from phototagd.domain.gallery import ThumbnailSize
from phototagd.domain.sketch import Sketch
from phototagd.rules.likeness.nearness import NEAR_DHASH, NEAR_PHASH

MAX_PIXELS = 100_000_000


def pattern() -> Image.Image:
    image = Image.new("RGB", (320, 240))
    image.putdata(
        [
            ((x * x // 7 + y * 3) % 256, (x + y * y // 5) % 256, (x * y // 11) % 256)
            for y in range(240)
            for x in range(320)
        ]
    )
    return image


def test_it_is_what_imagehash_says() -> None:
    """`phash` and `dhash` of ImageHash 4.3.2 for this picture, first reduced as here."""
    assert sketch_of(pattern(), 1) == Sketch(0x8A125B1A5F121F5F, 0xF106E9824595AA6A)


def is_near(one: Sketch, other: Sketch) -> bool:
    return (one.phash ^ other.phash).bit_count() <= NEAR_PHASH and (
        one.dhash ^ other.dhash
    ).bit_count() <= NEAR_DHASH


def test_size_quality_and_format_leave_it_near() -> None:
    picture = draw(size=(1600, 1200))
    known = sketch_of(picture, 1)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=40)

    assert is_near(known, sketch_of(Image.open(buffer), 1))
    assert is_near(known, sketch_of(picture.resize((400, 300)), 1))
    assert is_near(known, sketch_of(picture.convert("L"), 1))
    assert not is_near(known, sketch_of(draw(seed=3).transpose(Image.Transpose.ROTATE_180), 1))


def test_a_wall_is_flat() -> None:
    assert sketch_of(Image.new("RGB", (640, 480), (90, 90, 92)), 1).is_flat
    assert not sketch_of(draw(), 1).is_flat


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK", "LAB", "F"])
def test_every_mode_has_one(mode: str) -> None:
    sketch_of(Image.new(mode, (40, 30)), 1)


def test_for_the_model_and_for_people_it_is_the_same_and_upright(tmp_path: Path) -> None:
    upright, turned = tmp_path / "a.jpg", tmp_path / "b.jpg"
    draw(size=(800, 600)).save(upright, quality=95)
    on_its_side = draw(size=(800, 600)).transpose(Image.Transpose.ROTATE_90)
    on_its_side.save(turned, exif=exif_block(orientation=6), quality=95)

    for file in (upright, turned):
        path = bytes(file)
        prepared = prepare(path, long_side=1024, max_pixels=MAX_PIXELS).sketch
        small = thumbnail(path, ThumbnailSize.TILE, max_pixels=MAX_PIXELS)
        assert prepared is not None
        assert is_near(prepared, small.sketch)
        assert (small.width, small.height) == (800, 600)
        assert is_near(small.sketch, sketch_of(draw(size=(800, 600)), 1))
