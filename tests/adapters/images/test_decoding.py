"""Every kind of photo comes out upright, in sRGB, at the right size."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from doubles.looking import colour_at, is_near, is_upright
from doubles.pictures import draw, make_animation, make_image, make_jpeg
from phototagd.domain.asset import PhotoKind, Prepared

Prepare = Callable[..., Prepared]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(
    prepare: Prepare, tmp_path: Path, orientation: int
) -> None:
    photo = make_jpeg(tmp_path / "a.jpg", size=(400, 300), orientation=orientation)

    prepared = prepare(photo)

    assert is_upright(prepared)
    assert (prepared.original_width, prepared.original_height) == (400, 300)


@pytest.mark.parametrize("orientation", [1, 3, 6])
@pytest.mark.parametrize("extension", ["png", "webp", "tif", "avif"])
def test_other_kinds_are_turned_too(
    prepare: Prepare, tmp_path: Path, extension: str, orientation: int
) -> None:
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90}.get(orientation)
    stored = draw(size=(400, 300)) if turn is None else draw(size=(400, 300)).transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = make_image(tmp_path / f"a.{extension}", stored, exif=exif)

    prepared = prepare(photo)

    assert is_upright(prepared)
    assert (prepared.original_width, prepared.original_height) == (400, 300)


@pytest.mark.parametrize(
    ("name", "kind", "options"),
    [
        ("a.jpg", PhotoKind.JPEG, {"progressive": True}),
        ("a.png", PhotoKind.PNG, {}),
        ("a.webp", PhotoKind.WEBP, {"lossless": True}),
        ("a.gif", PhotoKind.GIF, {}),
        ("a.bmp", PhotoKind.BMP, {}),
        ("a.avif", PhotoKind.AVIF, {}),
        ("a.tif", PhotoKind.TIFF, {}),
        ("lzw.tif", PhotoKind.TIFF, {"compression": "tiff_lzw"}),
        ("jpeg.tif", PhotoKind.TIFF, {"compression": "jpeg"}),
    ],
)
def test_every_kind_is_decoded(
    prepare: Prepare, tmp_path: Path, name: str, kind: PhotoKind, options: dict[str, object]
) -> None:
    prepared = prepare(make_image(tmp_path / name, **options))

    assert prepared.kind is kind
    assert is_upright(prepared, tolerance=40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "CMYK", "YCbCr", "LAB"])
def test_every_mode_becomes_rgb(prepare: Prepare, tmp_path: Path, mode: str) -> None:
    """Where the mode has colours they are kept, transparency or not."""
    extension = "tif" if mode in {"CMYK", "YCbCr", "LAB", "PA"} else "png"
    image = draw()
    if mode == "LAB":
        lab = ImageCms.createProfile("LAB")
        srgb = ImageCms.createProfile("sRGB")
        image = ImageCms.profileToProfile(image, srgb, lab, outputMode="LAB") or image
    elif mode == "PA":
        image = image.convert("P").convert("PA")
    else:
        image = image.convert(mode)

    prepared = prepare(make_image(tmp_path / f"a.{extension}", image))

    assert mode in {"1", "L", "LA"} or is_upright(prepared, tolerance=60)


def test_a_cmyk_jpeg_is_not_inverted(prepare: Prepare, tmp_path: Path) -> None:
    assert is_upright(prepare(make_image(tmp_path / "a.jpg", draw().convert("CMYK"))), 60)


@pytest.mark.parametrize(("value", "grey"), [(0, 0), (32768, 128), (65535, 255)])
@pytest.mark.parametrize("extension", ["png", "tif"])
def test_sixteen_bits_keep_their_brightness(
    prepare: Prepare, tmp_path: Path, extension: str, value: int, grey: int
) -> None:
    pixels = np.full((100, 100), value, dtype=np.uint16)
    photo = make_image(tmp_path / f"a.{extension}", Image.fromarray(pixels))

    assert is_near(colour_at(prepare(photo), 0.5, 0.5), (grey,) * 3, 4)


@pytest.mark.parametrize(("mode", "top"), [("I", 65535), ("F", 1.0), ("F", 5000.0)])
def test_scientific_greys_are_visible(
    prepare: Prepare, tmp_path: Path, mode: str, top: float
) -> None:
    ramp = np.tile(np.linspace(0, top, 100, dtype=np.float32), (100, 1))
    ramp[0, 0] = np.nan if mode == "F" else 0
    image = Image.fromarray(ramp if mode == "F" else ramp.astype(np.int32))

    prepared = prepare(make_image(tmp_path / "a.tif", image))

    assert is_near(colour_at(prepared, 0.5, 0.5), (128,) * 3, 8)


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.gif"])
def test_transparency_is_shown_on_white(prepare: Prepare, tmp_path: Path, name: str) -> None:
    image = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    image.paste((0, 0, 255, 255), (0, 0, 50, 100))

    prepared = prepare(make_image(tmp_path / name, image))

    assert is_near(colour_at(prepared, 0.2, 0.5), (0, 0, 255))
    assert is_near(colour_at(prepared, 0.8, 0.5), (255, 255, 255))


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
def test_of_an_animation_the_first_frame_counts(
    prepare: Prepare, tmp_path: Path, name: str
) -> None:
    assert is_upright(prepare(make_animation(tmp_path / name)), tolerance=40)


def test_a_colour_profile_is_applied(prepare: Prepare, tmp_path: Path) -> None:
    """A profile for another colour space, or a broken one, is ignored."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for number, profile in enumerate((lab, b"no profile at all" * 20)):
        assert is_upright(prepare(make_image(tmp_path / f"{number}.jpg", icc_profile=profile)))

    grey = Image.new("L", (100, 100), 128)
    dark = prepare(make_image(tmp_path / "g.png", grey, icc_profile=_linear_grey_profile()))

    assert is_near(colour_at(dark, 0.5, 0.5), (188,) * 3, 6)  # linear 50 % is brighter in sRGB


@pytest.mark.parametrize(
    ("size", "long_side", "expected"),
    [
        ((3000, 2000), 1024, (1024, 683)),
        ((3000, 2000), 2048, (2048, 1365)),
        ((3000, 2000), 512, (512, 342)),
        ((2000, 3001), 768, (512, 768)),
        ((300, 200), 1024, (300, 200)),
        ((1, 1), 1024, (64, 64)),
        ((100, 20), 1024, (320, 64)),
        ((1, 5000), 1024, (64, 1024)),
        ((5000, 1), 2048, (2048, 103)),
    ],
)
def test_size(
    prepare: Prepare,
    tmp_path: Path,
    size: tuple[int, int],
    long_side: int,
    expected: tuple[int, int],
) -> None:
    for name in ("a.jpg", "a.png"):
        prepared = prepare(make_image(tmp_path / name, Image.new("RGB", size)), long_side)

        assert (prepared.width, prepared.height) == expected
        assert (prepared.original_width, prepared.original_height) == size


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif"])
def test_the_pixel_hash_does_not_depend_on_the_long_side(
    prepare: Prepare, tmp_path: Path, name: str
) -> None:
    photo = make_image(tmp_path / name, draw(size=(2600, 1700)))

    assert len({prepare(photo, side).pixel_hash for side in (512, 1024, 1400)}) == 1


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.avif", "a.jpg"])
def test_the_pixel_hash_does_not_depend_on_metadata(
    prepare: Prepare, tmp_path: Path, name: str
) -> None:
    photo = tmp_path / name
    exif = Image.Exif()
    hashes = set()
    for text in ("", "A description"):
        exif[0x010E] = text
        hashes.add(prepare(make_image(photo, exif=exif, xmp=text.encode())).pixel_hash)

    assert len(hashes) == 1


def _linear_grey_profile() -> bytes:
    """A minimal ICC v2 grey profile with a linear curve (ICC.1:2001-04)."""
    tags = (
        (b"wtpt", b"XYZ \0\0\0\0\0\0\xf6\xd6\0\x01\0\0\0\0\xd3\x2d"),
        (b"kTRC", b"curv\0\0\0\0\0\0\0\0"),
    )
    table, data, at = len(tags).to_bytes(4, "big"), b"", 128 + 4 + 12 * len(tags)
    for name, content in tags:
        table += name + (at + len(data)).to_bytes(4, "big") + len(content).to_bytes(4, "big")
        data += content
    head = b"\0\0\0\0\x02\x10\0\0mntrGRAYXYZ " + bytes(12) + b"acsp" + bytes(28)
    head += b"\0\0\xf6\xd6\0\x01\0\0\0\0\xd3\x2d"
    body = head.ljust(128 - 4, b"\0") + table + data
    return (len(body) + 4).to_bytes(4, "big") + body
