"""Bad input: each kind of it gives one clear reason, and the reader goes on."""

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from doubles.looking import is_upright
from doubles.pictures import make_image, make_jpeg, png_header
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.domain.asset import Prepared
from phototagd.domain.errors import NotYet, Unreadable, Vanished

Prepare = Callable[..., Prepared]

KINDS = (
    "a.jpg",
    "progressive.jpg",
    "a.png",
    "a.webp",
    "a.avif",
    "a.gif",
    "a.bmp",
    "a.tif",
    "lzw.tif",
)


def _make(path: Path) -> Path:
    if path.name.startswith("progressive"):
        return make_jpeg(path, progressive=True)
    options = {"compression": "tiff_lzw"} if path.name.startswith("lzw") else {}
    return make_image(path, **options)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("name", KINDS)
def test_a_truncated_photo_is_not_yet_there(
    prepare: Prepare, tmp_path: Path, name: str, share: float
) -> None:
    photo = _make(tmp_path / name)
    whole = photo.read_bytes()
    photo.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(NotYet, match="incomplete"):
        prepare(photo)


@pytest.mark.parametrize("cut", [1, 2, 3, 10])
def test_a_jpeg_that_lacks_its_last_bytes_is_not_yet_there(
    prepare: Prepare, tmp_path: Path, cut: int
) -> None:
    photo = make_jpeg(tmp_path / "a.jpg", size=(2200, 1500))  # decoded at half size
    photo.write_bytes(photo.read_bytes()[:-cut])

    with pytest.raises(NotYet, match="incomplete"):
        prepare(photo)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.gif", "lzw.tif"])
def test_a_preallocated_upload_is_not_yet_there(
    prepare: Prepare, tmp_path: Path, name: str
) -> None:
    """The size is that of the whole photo, the second half is still zeros."""
    path = tmp_path / name
    noise = Image.effect_noise((400, 400), 100)
    photo = make_image(path, noise, **({"compression": "tiff_lzw"} if "lzw" in name else {}))
    whole = photo.read_bytes()
    photo.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))

    with pytest.raises(NotYet):
        prepare(photo)


def test_a_file_of_zeros_is_not_yet_there(prepare: Prepare, tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(bytes(100_000))

    with pytest.raises(NotYet, match="zeros"):
        prepare(photo)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<!DOCTYPE html><html>not found", "named .jpg but holds HTML"),
        (b"Dear diary, today I took no photo.\n", "named .jpg but holds text"),
        (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41", "named .jpg but holds a video"),
        (b"PK\x03\x04" + bytes(60), "named .jpg but holds a zip archive"),
        (b"\x01\x02\x03\x04" * 20, "named .jpg but holds nothing we know"),
    ],
)
def test_mislabelled_files_are_called_what_they_are(
    prepare: Prepare, tmp_path: Path, content: bytes, reason: str
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(content)

    with pytest.raises(Unreadable, match=reason):
        prepare(photo)


def test_a_bomb_is_refused_before_it_is_decoded(prepare: Prepare, tmp_path: Path) -> None:
    photo = tmp_path / "bomb.png"
    photo.write_bytes(png_header(30_000, 30_000))

    with pytest.raises(Unreadable, match="30000 x 30000 is 900 megapixels, more than the 250"):
        prepare(photo)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp"])
def test_damage_in_the_middle_gives_a_picture_or_a_reason(
    prepare: Prepare, tmp_path: Path, name: str
) -> None:
    whole = make_image(tmp_path / name, Image.effect_noise((300, 300), 90)).read_bytes()
    for place in range(12, len(whole) - 40, len(whole) // 25):
        photo = tmp_path / f"{place}{Path(name).suffix}"
        photo.write_bytes(whole[:place] + b"\xa5" * 30 + whole[place + 30 :])
        with contextlib.suppress(NotYet, Unreadable):
            assert prepare(photo).jpeg


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp", "a.avif", "a.gif"])
def test_a_reason_speaks_of_the_photo_not_of_the_program(
    prepare: Prepare, tmp_path: Path, name: str
) -> None:
    photo = make_image(tmp_path / name)
    whole = photo.read_bytes()
    photo.write_bytes(whole[:16] + b"\xa5" * (len(whole) - 36) + whole[-20:])

    with pytest.raises((NotYet, Unreadable), match=r"damaged|incomplete") as caught:
        prepare(photo)

    assert not re.search(r"BytesIO|<_io|object at|Traceback", str(caught.value))


def test_corrupt_exif_costs_neither_picture_nor_inspection(
    reader: ProcessPhotoReader, prepare: Prepare, tmp_path: Path
) -> None:
    whole = make_jpeg(
        tmp_path / "a.jpg", gps=(48.1, 11.5), taken="2024:01:02 03:04:05", make="Acme"
    ).read_bytes()
    begin = whole.index(b"Exif\0\0")
    for place in range(begin, begin + 200, 5):
        photo = tmp_path / f"{place}.jpg"
        photo.write_bytes(whole[:place] + b"\xff" * 8 + whole[place + 8 :])

        assert prepare(photo).jpeg
        reader.inspect(os.fsencode(photo))


@pytest.mark.parametrize(
    "name",
    [
        b"two\nlines.jpg",
        "🌅 übung 写真.jpg".encode(),
        b"latin-1 \xe9\xff.jpg",
        b"-rf *.jpg",
        b"x" * 251 + b".jpg",
        b'"quoted"\t.jpg',
    ],
)
def test_any_name_will_do(reader: ProcessPhotoReader, tmp_path: Path, name: bytes) -> None:
    photo = os.fsencode(tmp_path) + b"/" + name
    make_jpeg(tmp_path / "a.jpg").rename(os.fsdecode(photo))

    assert is_upright(reader.prepare(photo, long_side=512))
    assert reader.inspect(photo).xmp is None


def test_a_fifo_or_device_cannot_hang_the_reader(prepare: Prepare, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")

    for path in (tmp_path / "pipe.jpg", Path("/dev/zero"), Path("/dev/tty")):
        with pytest.raises((Vanished, NotYet)):
            prepare(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_photo_without_permission_is_not_yet_readable(prepare: Prepare, tmp_path: Path) -> None:
    photo = make_jpeg(tmp_path / "a.jpg")
    photo.chmod(0)

    with pytest.raises(NotYet, match="Permission denied"):
        prepare(photo)


def test_a_png_with_a_text_that_explodes_is_bounded(prepare: Prepare, tmp_path: Path) -> None:
    """Megabytes of text are a picture generator's notes, tens of them an attack."""

    def with_text(name: str, megabytes: int) -> Path:
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", "x" * (megabytes << 20), zip=True)
        return make_image(tmp_path / name, pnginfo=info)

    assert is_upright(prepare(with_text("notes.png", 5)))
    with pytest.raises(Unreadable, match="too large"):
        prepare(with_text("attack.png", 40))
