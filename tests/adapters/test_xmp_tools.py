"""exiftool and exiv2 read what we write."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from doubles.sidecars import listed, packet, tagging
from doubles.tools import lines_of, tool
from phototagd.adapters.xmp import XmpEditor
from phototagd.domain.asset import Place
from phototagd.rules.sidecars.merging import Offer, keywords_of, merge


@pytest.fixture(params=["new", "beside a person's words"])
def sidecar(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    editor = XmpEditor()
    said = tagging("A boat & a lake, “quiet”.", ("lake", "boat", "Ålesund 湖"))
    content = (
        editor.seed(None)
        if request.param == "new"
        else packet(listed("lr:hierarchicalSubject", ("Family|Anna",)), 'xmp:Rating="4"')
    )
    offer = Offer(
        "phototagd 0.1.0",
        "h",
        tagging=said,
        keywords=keywords_of(said),
        place=Place("Bergen", "Vestland", "Norway", "NO"),
    )
    edit = merge(editor.read(content), offer)
    assert edit is not None
    file = tmp_path / "IMG_1.jpg.xmp"
    file.write_bytes(editor.edit(content, edit, datetime(2026, 5, 2, tzinfo=UTC)))
    return file


def test_exiftool_finds_nothing_to_complain_about(sidecar: Path) -> None:
    assert lines_of(tool("exiftool"), "-validate", "-s3", "-Validate", sidecar)[-1] == "OK"


def test_exiftool_reads_words_and_captions(sidecar: Path) -> None:
    said = lines_of(
        tool("exiftool"),
        "-s3",
        "-sep",
        "; ",
        "-XMP-dc:Subject",
        "-XMP-dc:Description",
        "-XMP-tiff:ImageDescription",
        "-XMP-iptcCore:AltTextAccessibility",
        "-XMP-photoshop:City",
        "-XMP-iptcCore:CountryCode",
        sidecar,
    )

    # exiftool prints what its release knows; alt text came with 12.39.
    assert said[0].endswith("lake; boat; Ålesund 湖")
    assert said[1:4] == ["A boat & a lake, “quiet”."] * 3
    assert said[4:] == ["Bergen", "NO"]


def test_exiv2_reads_lists_in_their_containers(sidecar: Path) -> None:
    lines = [line.split() for line in lines_of(tool("exiv2"), "-PXkyt", sidecar)]
    kinds = {line[0]: line[1] for line in lines if line}

    assert kinds["Xmp.dc.subject"] == "XmpBag"
    assert kinds["Xmp.lr.hierarchicalSubject"] == "XmpBag"
    assert kinds["Xmp.digiKam.TagsList"] == "XmpSeq"
    assert kinds["Xmp.dc.description"] == "LangAlt"
    assert kinds["Xmp.phototagd.base"] == "XmpBag"


def test_our_record_survives_a_rewrite_by_exiv2(sidecar: Path) -> None:
    editor = XmpEditor()
    before = editor.read(sidecar.read_bytes())

    lines_of(tool("exiv2"), "-M", "set Xmp.xmp.Rating 5", sidecar)

    assert editor.read(sidecar.read_bytes()) == before


def test_our_record_survives_a_rewrite_by_exiftool(sidecar: Path) -> None:
    editor = XmpEditor()
    before = editor.read(sidecar.read_bytes())

    lines_of(tool("exiftool"), "-q", "-overwrite_original", "-XMP-xmp:Rating=5", sidecar)

    assert editor.read(sidecar.read_bytes()) == before
