"""Identity follows the picture: metadata, names and trailers do not matter, pixels do."""

import os
import shutil
import subprocess
import tracemalloc
from pathlib import Path

import pytest
from PIL import Image

from doubles.dng import make_dng
from doubles.pictures import draw, make_animation, make_image, make_jpeg, make_png
from phototagd.adapters.hashing import ContentIdentifier
from phototagd.domain.asset import Identity, PhotoKind, Stamp
from phototagd.domain.errors import NotYet, Vanished

WALKED = ("a.jpg", "a.png", "a.webp")


def _identify(photo: Path) -> Identity:
    return ContentIdentifier().identify(os.fsencode(photo))


def _hash(photo: Path) -> str:
    return _identify(photo).content_hash


@pytest.mark.parametrize("name", WALKED)
def test_metadata_written_by_pillow_does_not_change_it(tmp_path: Path, name: str) -> None:
    photo, exif = tmp_path / name, Image.Exif()
    plain = _hash(make_image(photo, draw()))
    exif[0x010E], exif[0x0112] = "A description", 6

    edited = _hash(make_image(photo, draw(), exif=exif, xmp=b"<x/>", icc_profile=b"profile" * 9))

    assert edited == plain
    assert plain.startswith("image1:")
    assert not _identify(photo).covers_metadata


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
@pytest.mark.parametrize("name", [*WALKED, "b.jpg"])
def test_metadata_written_by_exiftool_does_not_change_it(tmp_path: Path, name: str) -> None:
    photo = tmp_path / name
    if name == "b.jpg":
        make_jpeg(photo, progressive=True, make="Acme", keywords=["sea"], caption="By the sea")
    else:
        make_image(photo, draw())
    before = _identify(photo)
    edits = ("XMP-dc:Subject=sea", "IPTC:Keywords=sea", "EXIF:Orientation#=6", "Comment=hello")
    options = [f"-{edit}" for edit in edits]
    subprocess.run(("exiftool", "-q", "-overwrite_original", *options, str(photo)), check=True)

    after = _identify(photo)

    assert after.stamp != before.stamp
    assert after.content_hash == before.content_hash


@pytest.mark.parametrize(
    "name", [*WALKED, "a.gif", "a.bmp", "a.tif", "a.avif", "progressive.jpg", "rgba.png"]
)
def test_other_pixels_are_another_photo(tmp_path: Path, name: str) -> None:
    mode = "RGBA" if name.startswith("rgba") else "RGB"
    first, second = (
        _hash(make_image(tmp_path / name, draw(seed).convert(mode))) for seed in (1, 2)
    )

    assert first != second


def test_transparency_belongs_to_the_picture(tmp_path: Path) -> None:
    image = Image.new("P", (50, 50))
    opaque = _hash(make_image(tmp_path / "a.png", image))

    assert _hash(make_image(tmp_path / "a.png", image, transparency=0)) != opaque


@pytest.mark.parametrize("name", ["a.png", "a.webp"])
def test_later_frames_belong_to_the_picture(tmp_path: Path, name: str) -> None:
    assert _hash(make_animation(tmp_path / name)) != _hash(make_image(tmp_path / name, draw()))


def test_what_follows_the_picture_does_not_count(tmp_path: Path) -> None:
    """Phones append films, panorama programs append whole pictures."""
    photo = make_jpeg(tmp_path / "a.jpg")
    before = _hash(photo)
    with photo.open("ab") as file:
        file.write(b"\0\0\0\x20ftypmp42" + bytes(1000))

    assert _hash(photo) == before


def test_the_adobe_marker_belongs_to_the_picture(tmp_path: Path) -> None:
    """Without it the same numbers are other colours."""
    photo = make_image(tmp_path / "a.jpg", draw().convert("CMYK"))
    before = _hash(photo)
    data = photo.read_bytes()
    marker = data.index(b"\xff\xeeAdobe"[:2] + b"\0\x0eAdobe")
    photo.write_bytes(data[:marker] + data[marker + 16 :])

    assert _hash(photo) != before


def test_how_png_data_is_cut_into_chunks_does_not_count(tmp_path: Path) -> None:
    photo = make_png(tmp_path / "a.png")
    before = _hash(photo)
    data = photo.read_bytes()
    begin = data.index(b"IDAT")
    length = int.from_bytes(data[begin - 4 : begin], "big")
    body = data[begin + 4 : begin + 4 + length]
    halves = (body[: length // 2], body[length // 2 :])
    chunks = b"".join(len(h).to_bytes(4, "big") + b"IDAT" + h + b"crc!" for h in halves)
    photo.write_bytes(data[: begin - 4] + chunks + data[begin + 8 + length :])

    assert _hash(photo) == before


@pytest.mark.parametrize("name", WALKED)
def test_a_broken_structure_falls_back_to_the_whole_file(tmp_path: Path, name: str) -> None:
    photo = make_image(tmp_path / name, draw())
    photo.write_bytes(photo.read_bytes()[:-3] if name != "a.png" else photo.read_bytes()[:-9])

    identity = _identify(photo)

    assert identity.covers_metadata
    assert identity.content_hash.startswith("file1:")


@pytest.mark.parametrize("name", ["a.avif", "a.gif", "a.tif", "a.bmp"])
def test_kinds_without_a_walker_are_hashed_whole(tmp_path: Path, name: str) -> None:
    photo = make_image(tmp_path / name, draw())
    before = _identify(photo)
    with photo.open("ab") as file:
        file.write(b"more")

    assert before.covers_metadata
    assert _hash(photo) != before.content_hash


def test_copies_and_renames_are_the_same_photo(tmp_path: Path) -> None:
    photo = make_jpeg(tmp_path / "a.jpg")
    copy = shutil.copy(photo, tmp_path / "b.png")

    assert _hash(copy) == _hash(photo)
    assert _identify(copy).kind is PhotoKind.JPEG


def test_raw_by_name_and_by_content(tmp_path: Path) -> None:
    assert _identify(make_dng(tmp_path / "a.dng")).kind is PhotoKind.RAW
    assert _identify(make_image(tmp_path / "a.nef", draw(), format="TIFF")).kind is PhotoKind.RAW


def test_the_stamp_is_that_of_the_file(tmp_path: Path) -> None:
    photo = make_jpeg(tmp_path / "a.jpg")
    status = photo.lstat()

    assert _identify(photo).stamp == Stamp(status.st_size, status.st_mtime_ns, status.st_ino)


def test_what_is_no_photo_is_named_and_not_read(tmp_path: Path) -> None:
    """A film of many gigabytes must not be read through to learn that it is one."""
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.write(b"\0\0\0\x20ftypisom")
        file.truncate(1 << 40)

    identity = _identify(film)

    assert (identity.kind, identity.content_hash) == (None, "")
    assert identity.looks_like == "a video"


def test_a_large_file_is_read_in_bounded_memory(tmp_path: Path) -> None:
    photo = tmp_path / "a.bmp"
    make_image(photo, draw())
    with photo.open("r+b") as file:
        file.truncate(64 << 20)
    tracemalloc.start()

    _identify(photo)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 << 20


def test_a_large_picture_is_walked_in_bounded_memory(tmp_path: Path) -> None:
    """Coded data without a marker in it, as one huge scan."""
    photo = make_jpeg(tmp_path / "a.jpg")
    data = photo.read_bytes()
    photo.write_bytes(data[:-2] + b"\x55\xff\x00\x11" * (10 << 20) + b"\xff\xd9")
    tracemalloc.start()

    identity = _identify(photo)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not identity.covers_metadata
    assert peak < 8 << 20


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "empty"), (bytes(5000), "zeros")], ids=["empty", "zeros"]
)
def test_what_is_still_copied_is_not_yet_there(tmp_path: Path, content: bytes, reason: str) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(content)

    with pytest.raises(NotYet, match=reason):
        _identify(photo)


def test_a_file_that_changes_while_it_is_read_is_not_yet_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = make_jpeg(tmp_path / "a.jpg")

    def kind_of_a_file_that_grows(_head: bytes, _name: bytes) -> PhotoKind:
        with photo.open("ab") as file:
            file.write(b"more")
        return PhotoKind.JPEG

    monkeypatch.setattr("phototagd.adapters.hashing.kind_of", kind_of_a_file_that_grows)

    with pytest.raises(NotYet, match="changed"):
        _identify(photo)


def test_what_is_gone_or_no_file_vanished(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    (tmp_path / "link.jpg").symlink_to(make_jpeg(tmp_path / "a.jpg"))
    names = ("none.jpg", "pipe.jpg", "folder.jpg", "link.jpg", "a.jpg/b.jpg", "x" * 300)

    for name in names:
        with pytest.raises(Vanished):
            _identify(tmp_path / name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_not_yet_readable(tmp_path: Path) -> None:
    photo = make_jpeg(tmp_path / "a.jpg")
    photo.chmod(0)

    with pytest.raises(NotYet, match="Permission denied"):
        _identify(photo)


@pytest.mark.parametrize("number", [13, 5, 116])  # EACCES, EIO, ESTALE
def test_errors_of_the_disk_are_not_the_photos_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    photo = make_jpeg(tmp_path / "a.jpg")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("phototagd.adapters.hashing.kind_of", fail)

    with pytest.raises(NotYet, match=os.strerror(number)):
        _identify(photo)
