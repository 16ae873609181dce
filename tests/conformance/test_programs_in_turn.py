"""A photo goes from program to program, and no word of a person is lost on the way."""

from dataclasses import replace
from pathlib import Path

import pytest

from doubles.programs import DarktableDesk, DigikamDesk, ImmichDesk, Program
from doubles.readers import Darktable, Digikam, Immich, Lightroom, PhotoPrism
from doubles.readers.foreign import everything_else
from doubles.readers.reader import Reader, leaves
from doubles.readers.sheet import Sheet
from doubles.sidecars import alternative, listed, packet, tagging
from doubles.tools import lines_of, tool
from doubles.writing import Desk
from phototagd.domain.asset import PathId

READERS: tuple[Reader, ...] = (Immich(), Digikam(), Darktable(), Lightroom())
PERSONS = packet(
    listed("dc:subject", ("Anna", "grandma"))
    + listed("lr:hierarchicalSubject", ("Family|Anna", "grandma"))
    + alternative("dc:title", x_default="Sunday")
    + "   <foreign:note>kept</foreign:note>\n",
    'xmlns:foreign="http://example.org/foreign/" xmp:Rating="4"',
)
NAME = "IMG_1.jpg.xmp"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.photo()
    desk.catalogue.tagging = tagging(keywords=("lake", "boat", "dawn"))
    return desk


def ours(desk: Desk) -> None:
    """Our turn; writing twice must change nothing."""
    desk.writer.write(desk.lease())
    once = (desk.root / NAME).read_bytes()
    desk.writer.write(desk.lease())
    assert (desk.root / NAME).read_bytes() == once


def undo(desk: Desk) -> None:
    """Take out what we put in."""
    desk.ledger.withhold([PathId(1)])
    desk.writer.write(desk.lease())


def retag(desk: Desk, *keywords: str) -> None:
    desk.catalogue.tagging = tagging(keywords=keywords)


def shown_everywhere(desk: Desk) -> set[str]:
    """The keywords, which all programs agree on."""
    content = (desk.root / NAME).read_bytes()
    seen = {
        reader.name: {p for p in reader.reads(content).keywords if not p.startswith("darktable|")}
        for reader in READERS
    }
    flat = PhotoPrism().reads(content).keywords
    found = seen["Immich"]
    assert all(keywords == found for keywords in seen.values()), seen
    assert (
        leaves(found)
        <= flat
        <= {word for path in found for word in path.split("|")}
        | {
            "darktable",
            "format",
            "jpg",
        }
    )
    captions = {reader.reads(content).caption for reader in READERS}
    assert len(captions) == 1
    return found


def test_every_word_of_a_person_survives_every_program(desk: Desk) -> None:
    """Ours, darktable, ours, digiKam, ours, Immich, ours; then only ours is taken out."""
    file = desk.root / NAME
    file.write_bytes(PERSONS)
    ours(desk)
    assert shown_everywhere(desk) == {"Family|Anna", "grandma", "lake", "boat", "dawn"}

    darktable = DarktableDesk()
    darktable.opens(file)
    darktable.keywords.add("Trips|2026|Norway")
    darktable.writes(file)
    ours(desk)
    expected = {"Family|Anna", "grandma", "Trips|2026|Norway", "lake", "boat", "dawn"}
    assert shown_everywhere(desk) == expected

    digikam = DigikamDesk()
    digikam.opens(file)
    digikam.keywords -= {"boat"}
    digikam.keywords |= {"Family|Bob"}
    digikam.caption = "Anna and Bob on Sunday."
    digikam.writes(file)
    retag(desk, "lake", "boat", "fog")
    ours(desk)
    expected = expected - {"boat", "dawn"} | {"Family|Bob", "fog"}
    assert shown_everywhere(desk) == expected

    immich = ImmichDesk()
    immich.opens(file)
    assert immich.caption == "Anna and Bob on Sunday."
    immich.keywords -= {"lake"}
    immich.keywords |= {"favourites"}
    immich.writes(file)
    ours(desk)
    assert shown_everywhere(desk) == expected - {"lake"} | {"favourites"}

    before = file.read_bytes()
    assert Immich().reads(before).caption == "Anna and Bob on Sunday."
    assert set(desk.state(NAME).record.keywords.rejected) >= {"boat", "lake"}  # type: ignore[union-attr]
    sheet = Sheet(before)
    for name, value in (
        ("{http://ns.adobe.com/xap/1.0/}Rating", "4"),
        ("{http://purl.org/dc/elements/1.1/}title", "Sunday"),
        ("{http://example.org/foreign/}note", "kept"),
    ):
        assert sheet.get(name).words == [value]

    undo(desk)
    after = file.read_bytes()
    assert b"phototagd" not in after
    assert everything_else(after) == everything_else(before)
    for reader in READERS:
        seen = reader.reads(after)
        words = {path for path in seen.keywords if not path.startswith("darktable|")}
        assert words == expected - {"lake", "fog"} | {"favourites"}
        assert seen.caption == "Anna and Bob on Sunday."


@pytest.mark.parametrize("first", [DarktableDesk, DigikamDesk, ImmichDesk])
@pytest.mark.parametrize("second", [DarktableDesk, DigikamDesk, ImmichDesk])
def test_two_programs_in_any_order_end_in_the_same_words(
    desk: Desk, first: type[Program], second: type[Program]
) -> None:
    file = desk.root / NAME
    for number, program in enumerate((first, second)):
        ours(desk)
        person = program()
        person.opens(file)
        person.keywords |= {f"Added|{number}"}
        person.keywords -= {("lake", "boat")[number]}
        person.writes(file)
    ours(desk)

    assert shown_everywhere(desk) == {"dawn", "Added|0", "Added|1"}


def test_a_program_with_an_old_database_does_not_take_our_new_words_out(desk: Desk) -> None:
    """Darktable imported before we wrote, and writes afterwards: believed the second time."""
    file = desk.root / NAME
    file.write_bytes(PERSONS)
    darktable = DarktableDesk()
    darktable.opens(file)
    ours(desk)

    darktable.keywords.add("Trips|2026")
    darktable.writes(file)
    ours(desk)

    everything = {"Family|Anna", "grandma", "Trips|2026", "lake", "boat", "dawn"}
    assert shown_everywhere(desk) == everything
    darktable.writes(file)
    ours(desk)
    assert shown_everywhere(desk) == {"Family|Anna", "grandma", "Trips|2026"}


def test_words_that_exiv2_adds_and_takes_out_are_a_persons(desk: Desk) -> None:
    file = desk.root / NAME
    file.write_bytes(PERSONS)
    ours(desk)

    lines_of(tool("exiv2"), "-M", "set Xmp.dc.subject rainbow", file)
    ours(desk)
    expected = {"Family|Anna", "grandma", "rainbow", "lake", "boat", "dawn"}
    assert shown_everywhere(desk) == expected

    commands = ["del Xmp.digiKam.TagsList"]
    commands += [
        f"set Xmp.digiKam.TagsList XmpSeq {path.replace('|', '/')}"
        for path in expected - {"boat", "grandma"}
    ]
    lines_of(tool("exiv2"), *(word for command in commands for word in ("-M", command)), file)
    ours(desk)
    assert shown_everywhere(desk) == expected - {"boat", "grandma"}


def test_a_caption_of_a_person_stays_whoever_wrote_it(desk: Desk) -> None:
    file = desk.root / NAME
    for program in (DarktableDesk(), DigikamDesk(), ImmichDesk()):
        ours(desk)
        program.opens(file)
        program.caption = f"Written in {program.reader.name}."
        program.writes(file)
        said = desk.catalogue.tagging
        assert said is not None
        answer = replace(said.answer, caption=f"A new caption after {program.reader.name}.")
        desk.catalogue.tagging = replace(said, answer=answer)
        ours(desk)

        captions = {reader.reads(file.read_bytes()).caption for reader in READERS}
        assert captions == {f"Written in {program.reader.name}."}


@pytest.mark.parametrize("had_sidecar", [True, False])
def test_undo_gives_the_very_bytes_back_or_takes_our_file_away(
    desk: Desk, *, had_sidecar: bool
) -> None:
    file = desk.root / NAME
    if had_sidecar:
        file.write_bytes(PERSONS)
    ours(desk)
    retag(desk, "lake", "fog")
    ours(desk)

    undo(desk)

    assert (file.read_bytes() if file.exists() else None) == (PERSONS if had_sidecar else None)


@pytest.mark.parametrize("program", [DarktableDesk, DigikamDesk, ImmichDesk])
def test_undo_leaves_what_a_program_wrote_into_our_file(desk: Desk, program: type[Program]) -> None:
    file = desk.root / NAME
    ours(desk)
    person = program()
    person.opens(file)
    person.keywords |= {"Family|Anna"}
    person.writes(file)
    before = everything_else(file.read_bytes())

    undo(desk)

    after = file.read_bytes()
    assert b"phototagd" not in after
    assert everything_else(after) == before
    assert {
        path for path in person.reader.reads(after).keywords if not path.startswith("darktable|")
    } == {"Family|Anna"}
