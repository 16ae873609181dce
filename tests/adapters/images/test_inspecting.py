"""Camera facts, XMP and IPTC words come out as they were put in, whatever the kind."""

import os
import shutil
import struct
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from doubles.pictures import draw, exif_block, make_image, make_jpeg, make_png
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.domain.asset import CaptureFacts, Inspection

XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>some words</x:xmpmeta>"
FACTS = CaptureFacts(
    taken_at=datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    make="Acme",
    model="Acme One",
    lens="Acme 50mm F1.8",
    latitude=pytest.approx(-33.8568, abs=1e-6),
    longitude=pytest.approx(151.2153, abs=1e-6),
)
EXIF = {
    "taken": "2024:05:06 07:08:09",
    "offset": "+05:30",
    "make": "Acme",
    "model": "Acme One",
    "lens": "Acme 50mm F1.8",
    "gps": (-33.8568, 151.2153),
}


def _inspect(reader: ProcessPhotoReader, photo: Path) -> Inspection:
    return reader.inspect(os.fsencode(photo))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif", "a.tif"])
def test_facts_and_xmp_of_every_kind(reader: ProcessPhotoReader, tmp_path: Path, name: str) -> None:
    options: dict[str, object] = {"exif": exif_block(**EXIF)}  # type: ignore[arg-type]
    if name.endswith(".tif"):
        exif = Image.Exif()
        exif.load(exif_block(**EXIF))  # type: ignore[arg-type]
        exif[700] = XMP
        options = {"exif": exif}
    elif name.endswith(".png"):
        info = PngImagePlugin.PngInfo()
        info.add_itxt("XML:com.adobe.xmp", XMP.decode())
        options["pnginfo"] = info
    else:
        options["xmp"] = XMP

    inspection = _inspect(reader, make_image(tmp_path / name, **options))

    assert inspection.facts == FACTS
    assert inspection.xmp == XMP


def test_iptc_words(reader: ProcessPhotoReader, tmp_path: Path) -> None:
    photo = make_jpeg(tmp_path / "a.jpg", keywords=["Straße", "sea", "sea"], caption="Am Meer")

    inspection = _inspect(reader, photo)

    assert inspection.iptc_keywords == ("Straße", "sea")
    assert inspection.iptc_caption == "Am Meer"


def test_iptc_in_latin_1(reader: ProcessPhotoReader, tmp_path: Path) -> None:
    photo = make_jpeg(tmp_path / "a.jpg", keywords=["Stra??e"])
    photo.write_bytes(photo.read_bytes().replace(b"Stra??e", b"Stra\xdf\xfce"))

    assert _inspect(reader, photo).iptc_keywords == ("Straßüe",)


@pytest.mark.parametrize("name", ["a.gif", "a.bmp"])
def test_kinds_without_metadata_have_no_facts(
    reader: ProcessPhotoReader, tmp_path: Path, name: str
) -> None:
    assert _inspect(reader, make_image(tmp_path / name)) == Inspection(facts=CaptureFacts())


def test_unbelievable_facts_are_left_out(reader: ProcessPhotoReader, tmp_path: Path) -> None:
    photo = make_jpeg(tmp_path / "a.jpg", taken="0000:00:00 00:00:00", gps=(0.0, 0.0), make=" \0")

    assert _inspect(reader, photo).facts == CaptureFacts()


def test_fuji_facts_lie_in_the_embedded_jpeg(reader: ProcessPhotoReader, tmp_path: Path) -> None:
    jpeg = make_jpeg(tmp_path / "a.jpg", **EXIF).read_bytes()  # type: ignore[arg-type]
    head = b"FUJIFILMCCD-RAW 0201".ljust(84, b"\0") + struct.pack(">II", 148, len(jpeg))
    photo = tmp_path / "a.raf"
    photo.write_bytes(head.ljust(148, b"\0") + jpeg)

    assert _inspect(reader, photo).facts == FACTS


@pytest.mark.parametrize("signature", [b"IIRO", b"IIU\0"])
def test_olympus_and_panasonic_are_tiff_under_another_signature(
    reader: ProcessPhotoReader, tmp_path: Path, signature: bytes
) -> None:
    exif = Image.Exif()
    exif.load(exif_block(**EXIF))  # type: ignore[arg-type]
    exif.endian = "<"
    block = exif.tobytes()[6:]
    photo = tmp_path / "a.orf"
    photo.write_bytes(signature + block[4:])

    assert _inspect(reader, photo).facts == FACTS


def test_canon_facts_lie_in_boxes(reader: ProcessPhotoReader, tmp_path: Path) -> None:
    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I4s", len(content) + 8, name) + content

    def tiff(directory: int | None) -> bytes:
        """One directory of the block alone, as Canon stores them."""
        source, alone = Image.Exif(), Image.Exif()
        source.load(exif_block(**EXIF))  # type: ignore[arg-type]
        tags = source.get_ifd(directory) if directory else dict(source)
        for tag, value in tags.items():
            if tag not in {0x8769, 0x8825}:
                alone[tag] = value
        return alone.tobytes()[6:]

    metadata = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    metadata += box(b"CMT1", tiff(None)) + box(b"CMT2", tiff(0x8769)) + box(b"CMT4", tiff(0x8825))
    photo = tmp_path / "a.cr3"
    photo.write_bytes(
        box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"moov", box(b"uuid", metadata)) + XMP
    )

    inspection = _inspect(reader, photo)

    assert inspection.facts == FACTS
    assert inspection.xmp == XMP


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif"])
def test_what_exiftool_wrote_is_read(reader: ProcessPhotoReader, tmp_path: Path, name: str) -> None:
    photo = make_image(tmp_path / name, draw())
    tags = {
        "EXIF:Make": "Acme",
        "EXIF:DateTimeOriginal": "2024:05:06 07:08:09",
        "EXIF:OffsetTimeOriginal": "Z",
        "EXIF:GPSLatitude": "48.5",
        "EXIF:GPSLatitudeRef": "N",
        "EXIF:GPSLongitude": "11.25",
        "EXIF:GPSLongitudeRef": "E",
        "XMP-dc:Subject": "sea",
    }
    options = [f"-{tag}={value}" for tag, value in tags.items()]
    subprocess.run(("exiftool", "-q", "-overwrite_original", *options, str(photo)), check=True)

    inspection = _inspect(reader, photo)

    assert inspection.facts.make == "Acme"
    assert inspection.facts.taken_at == datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    assert (inspection.facts.latitude, inspection.facts.longitude) == (48.5, 11.25)
    assert b"sea" in (inspection.xmp or b"")


def test_a_png_without_metadata(reader: ProcessPhotoReader, tmp_path: Path) -> None:
    assert _inspect(reader, make_png(tmp_path / "a.png")) == Inspection(facts=CaptureFacts())
