"""Every program shows the words that we wrote, or it is known and said why not."""

import json
from pathlib import Path

import pytest

from doubles.readers import READERS, Darktable, Reader, Seen
from doubles.readers.naming_table import (
    CAPTION,
    CASES,
    MARK,
    PATHS,
    REASONS,
    Case,
    everything,
    is_seen,
    ours,
    reasons_for,
    written,
)
from doubles.readers.reader import leaves
from doubles.sidecars import alternative, listed, packet
from doubles.tools import lines_of, tool
from phototagd.domain.sidecar import Naming


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
@pytest.mark.parametrize("naming", Naming)
def test_words_are_seen_or_it_is_said_why_not(reader: Reader, naming: Naming) -> None:
    """For every kind of photo; a reason that no longer holds is a mistake too."""
    for case in CASES:
        reasons = reasons_for(reader, naming, case)

        assert is_seen(reader, naming, case) == (not reasons), (case, reasons)


def test_the_importer_of_darktable_reads_what_we_wrote() -> None:
    for reader, naming, case in everything():
        if reader.name == "darktable":
            folder = written(case, naming)
            for name in ours(case, naming):
                imported = Darktable().imports(folder[name])
                assert imported == Seen(frozenset(PATHS) | leaves(PATHS), CAPTION)


def test_no_reason_is_idle() -> None:
    used = {
        reason.text
        for reader, naming, case in everything()
        for reason in reasons_for(reader, naming, case)
    }

    assert used == {reason.text for reason in REASONS}


@pytest.mark.parametrize("naming", Naming)
def test_no_sidecar_looks_like_a_duplicate_of_another_photo(naming: Naming) -> None:
    """Darktable makes a second version of a photo from every `IMG_1_01.jpg.xmp`."""
    for photo in ("IMG_1.jpg", "IMG_1_01.jpg", "IMG_1.CR3"):
        folder = written(Case("", photo, ("IMG_1.jpg", "IMG_1.CR3", "IMG_1.xmp")), naming)

        assert Darktable().ghosts("IMG_1.jpg", folder) == (
            ["IMG_1_01.jpg.xmp"] if photo == "IMG_1_01.jpg" and naming != "replace" else []
        )


def test_exiftool_and_exiv2_see_the_same_in_every_file(tmp_path: Path) -> None:
    """For real: one list of paths, its leaves, one caption, each in its container."""
    for naming in Naming:
        for case in CASES:
            folder = tmp_path / naming / case.kind
            folder.mkdir(parents=True)
            for name, content in written(case, naming).items():
                if MARK in content:  # what others left there says nothing
                    (folder / name).write_bytes(content)

    said = json.loads("\n".join(lines_of(tool("exiftool"), "-j", "-r", "-ext", "xmp", tmp_path)))
    files = sorted(tmp_path.rglob("*.[xX][mM][pP]"))
    kinds = lines_of(tool("exiv2"), "-PXkyt", *files)

    assert len(said) == len(files) > len(CASES)
    for file in said:
        assert set(file["Subject"]) == leaves(PATHS)
        assert set(file["HierarchicalSubject"]) == set(PATHS)
        assert {path.replace("/", "|") for path in file["TagsList"]} == set(PATHS)
        assert (file["Description"], file["ImageDescription"]) == (CAPTION, CAPTION)
    for key, container in (
        ("Xmp.dc.subject", "XmpBag"),
        ("Xmp.lr.hierarchicalSubject", "XmpBag"),
        ("Xmp.digiKam.TagsList", "XmpSeq"),
        ("Xmp.dc.description", "LangAlt"),
    ):
        found = [line.split() for line in kinds if f"{key} " in line]
        assert len(found) == len(files)
        assert all(container in words for words in found)


# --- the oracles themselves, against what was seen in the real programs ------------------------

FLAT_AND_HIERARCHY = packet(
    listed("dc:subject", ("flat", "leaf")) + listed("lr:hierarchicalSubject", ("A|B|leaf",))
)
ALL_DIFFER = packet(
    listed("dc:subject", ("s",))
    + listed("lr:hierarchicalSubject", ("h",))
    + listed("digiKam:TagsList", ("t",), "Seq")
)
PROBES = {
    "flat alone": (
        packet(listed("dc:subject", ("a",))),
        {"Immich": "a", "digiKam": "a", "darktable": "a", "PhotoPrism, 2026": "a"},
    ),
    "hierarchy in a Seq": (
        packet(listed("lr:hierarchicalSubject", ("A|b",), "Seq")),
        {"Immich": "A|b", "digiKam": "", "darktable": "A|b", "PhotoPrism, 2026": ""},
    ),
    "TagsList in a Seq": (
        packet(listed("digiKam:TagsList", ("A/b",), "Seq")),
        {"Immich": "A|b", "digiKam": "A|b", "darktable": ""},
    ),
    "TagsList in a Bag": (
        packet(listed("digiKam:TagsList", ("A/b",))),
        {"Immich": "A|b", "digiKam": "", "darktable": ""},
    ),
    "CatalogSets": (
        packet(listed("mediapro:CatalogSets", ("A|b",))),
        {"Immich": "", "digiKam": "A|b", "darktable": ""},
    ),
    "a flat word beside a hierarchy": (
        FLAT_AND_HIERARCHY,
        {"Immich": "A|B|leaf", "digiKam": "A|B|leaf", "darktable": "A|B|leaf"},
    ),
    "three lists that differ": (
        ALL_DIFFER,
        {"Immich": "t", "digiKam": "t", "darktable": "h", "PhotoPrism, 2026": "s"},
    ),
    "flat in a Seq": (packet(listed("dc:subject", ("a",), "Seq")), {"PhotoPrism, 2024": "a"}),
}
CAPTIONS = {
    "default": (
        packet(alternative("dc:description", x_default="cap")),
        {"Immich": "cap", "digiKam": "cap", "darktable": "cap"},
    ),
    "two languages": (
        packet(alternative("dc:description", x_default="cap", de_DE="kapitel")),
        {"Immich": "cap", "digiKam": "cap", "darktable": 'cap, lang="de-DE" kapitel'},
    ),
    "German alone": (
        packet(alternative("dc:description", de_DE="kapitel")),
        {"Immich": "", "digiKam": "kapitel"},
    ),
    "in tiff:ImageDescription": (
        packet(alternative("tiff:ImageDescription", x_default="cap")),
        {"Immich": "cap", "digiKam": "cap", "darktable": ""},
    ),
    "both": (
        packet(
            alternative("tiff:ImageDescription", x_default="CAMERA")
            + alternative("dc:description", x_default="cap")
        ),
        {"Immich": "CAMERA", "digiKam": "cap", "darktable": "cap"},
    ),
}


def seen_by(name: str, sidecar: bytes) -> Seen:
    return next(reader for reader in READERS if reader.name == name).reads(sidecar)


@pytest.mark.parametrize("probe", PROBES)
def test_oracles_read_keywords_as_the_programs_were_seen_to(probe: str) -> None:
    content, expected = PROBES[probe]

    seen = {name: "; ".join(seen_by(name, content).keywords) for name in expected}

    assert seen == expected


@pytest.mark.parametrize("probe", CAPTIONS)
def test_oracles_read_captions_as_the_programs_were_seen_to(probe: str) -> None:
    content, expected = CAPTIONS[probe]

    assert {name: seen_by(name, content).caption for name in expected} == expected


def test_the_importer_of_darktable_needs_white_space() -> None:
    compact = packet(alternative("dc:description", x_default="cap"))

    assert Darktable().reads(compact).caption == "cap"
    assert Darktable().imports(compact).caption == ""
