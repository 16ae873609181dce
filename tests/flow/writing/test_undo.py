"""Our words leave a sidecar as if they had never been there; everybody else's stay."""

from dataclasses import replace
from pathlib import Path

import pytest

from doubles.sidecars import alternative, listed, packet, tagging
from doubles.writing import IN_OSLO, Desk
from phototagd.domain.amending import ChangeCause, Orders, PersonsEdit
from phototagd.domain.asset import Inspection, PathId
from phototagd.domain.sidecar import KeywordLists

NAME = "IMG_1.jpg.xmp"
THEIRS = packet(listed("dc:subject", ("grandmother",)), 'xmp:Rating="4"')


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.photo()
    desk.catalogue.tagging = tagging()
    return desk


def sidecar(desk: Desk) -> Path:
    return desk.root / NAME


def undo(desk: Desk) -> None:
    desk.ledger.withhold([PathId(1)])
    assert desk.writer.write(desk.lease()) is None


def forget(desk: Desk) -> None:
    """The database is lost: only what stands in the sidecar is known."""
    desk.ledger.origins.clear()


def test_a_sidecar_that_nobody_else_wrote_is_byte_for_byte_what_it_was(desk: Desk) -> None:
    sidecar(desk).write_bytes(THEIRS)
    desk.writer.write(desk.lease())
    desk.catalogue.tagging = tagging("A boat again.", ("boat", "sky"))
    desk.writer.write(desk.lease())
    assert sidecar(desk).read_bytes() != THEIRS

    undo(desk)

    assert sidecar(desk).read_bytes() == THEIRS
    assert [c.cause for c in desk.ledger.changes][-1] is ChangeCause.UNDONE
    assert desk.catalogue.recorded[-1].words["model"] is None


def test_our_own_file_disappears_and_stays_away(desk: Desk) -> None:
    desk.writer.write(desk.lease())

    undo(desk)

    assert desk.names() == ["IMG_1.jpg"]
    desk.catalogue.tagging = tagging("A new answer.")
    assert desk.writer.write(desk.lease()) is None
    assert desk.names() == ["IMG_1.jpg"]


def test_our_own_file_disappears_without_the_database_too(desk: Desk) -> None:
    """What it took over from the photo is still in the photo."""
    desk.reader.says = Inspection(
        IN_OSLO,
        xmp=packet(listed("dc:subject", ("u1",)), 'xmp:Rating="4"'),
        iptc_keywords=("u2",),
        iptc_caption="Told in 1999",
    )
    desk.writer.write(desk.lease())
    assert desk.state().lists.subject == ("u1", "u2", "lake", "boat")
    forget(desk)

    undo(desk)

    assert desk.names() == ["IMG_1.jpg"]


@pytest.mark.parametrize("is_database_lost", [False, True])
def test_what_others_added_stays_and_only_ours_goes(desk: Desk, *, is_database_lost: bool) -> None:
    desk.reader.says = Inspection(IN_OSLO)
    desk.writer.write(desk.lease())
    ours = sidecar(desk).read_bytes()
    sidecar(desk).write_bytes(
        ours.replace(b"<rdf:li>lake</rdf:li>", b"<rdf:li>lake</rdf:li><rdf:li>Anna</rdf:li>", 1)
    )
    if is_database_lost:
        forget(desk)

    undo(desk)

    state = desk.state()
    assert state.lists == KeywordLists(("Anna",), ("Anna",), ("Anna",))
    assert (state.caption, state.image_description, state.alt_text) == (None, None, None)
    assert state.place is None
    assert state.record is None
    assert b"phototagd" not in sidecar(desk).read_bytes()


def test_a_list_that_we_made_goes_where_the_others_say_it_all(desk: Desk) -> None:
    """The sidecar alone knows which properties were there before."""
    sidecar(desk).write_bytes(THEIRS)
    desk.writer.write(desk.lease())
    forget(desk)

    undo(desk)

    assert desk.state() == desk.editor.read(THEIRS)
    assert not desk.editor.says_more(sidecar(desk).read_bytes(), THEIRS)
    assert not desk.editor.says_more(THEIRS, sidecar(desk).read_bytes())


def test_a_persons_caption_stays_and_its_mirror_goes(desk: Desk) -> None:
    sidecar(desk).write_bytes(packet(alternative("dc:description", x_default="Told by Anna")))
    desk.writer.write(desk.lease())
    assert desk.state().image_description == "Told by Anna"
    forget(desk)

    undo(desk)

    assert desk.state().caption == "Told by Anna"
    assert desk.state().image_description is None


def test_words_that_a_person_added_through_us_survive(desk: Desk) -> None:
    """No file from before has them, so the old bytes must not come back."""
    sidecar(desk).write_bytes(THEIRS)
    desk.writer.write(desk.lease())
    desk.ledger.record_edit([PathId(1)], PersonsEdit(add=("Anna",), caption="Mine"))
    desk.writer.write(desk.lease())

    undo(desk)

    assert set(desk.state().lists.subject or ()) == {"grandmother", "Anna"}
    assert desk.state().caption == "Mine"
    assert desk.state().record is None


def test_a_place_that_was_there_before_is_not_ours_to_take(desk: Desk) -> None:
    """Not even where it is the very place we would have written."""
    place = (
        "<photoshop:City>Oslo</photoshop:City><photoshop:State>Oslo</photoshop:State>"
        "<photoshop:Country>Norway</photoshop:Country>"
        "<Iptc4xmpCore:CountryCode>NO</Iptc4xmpCore:CountryCode>"
    )
    sidecar(desk).write_bytes(packet(place))
    desk.reader.says = Inspection(IN_OSLO)
    desk.writer.write(desk.lease())
    forget(desk)

    undo(desk)

    assert desk.state().place == desk.editor.read(packet(place)).place


def test_undoing_what_is_undone_does_nothing(desk: Desk) -> None:
    sidecar(desk).write_bytes(THEIRS)
    desk.writer.write(desk.lease())
    undo(desk)
    before, changes = sidecar(desk).stat(), len(desk.ledger.changes)

    undo(desk)

    after = sidecar(desk).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert len(desk.ledger.changes) == changes


def test_lifted_words_come_back_and_rejected_ones_do_not(desk: Desk) -> None:
    desk.writer.write(desk.lease())
    undo(desk)
    desk.ledger.ordered[PathId(1)] = Orders(PersonsEdit(remove=("boat",)))

    desk.writer.write(desk.lease())

    assert desk.state().lists.subject == ("lake",)
    record = desk.state().record
    assert record is not None
    assert record.keywords.rejected == ("boat",)


def test_a_verdict_goes_into_the_sidecar_and_is_told_from_there(desk: Desk) -> None:
    desk.ledger.ordered[PathId(1)] = Orders(PersonsEdit(is_private=True), last_edit=1)
    desk.writer.write(desk.lease())
    assert desk.catalogue.recorded[-1].verdict is True

    desk.ledger.ordered[PathId(1)] = Orders()
    desk.writer.write(desk.lease())

    assert desk.catalogue.recorded[-1].verdict is True


def test_an_undo_follows_a_photo_that_moves(desk: Desk) -> None:
    sidecar(desk).write_bytes(THEIRS)
    desk.writer.write(desk.lease())
    (desk.root / "new").mkdir()
    (desk.root / "IMG_1.jpg").rename(desk.root / "new" / "IMG_1.jpg")
    desk.photo("new/IMG_1.jpg", path=2, moved_from=PathId(1))
    desk.catalogue.paths[PathId(1)] = replace(desk.catalogue.paths[PathId(1)], is_gone=True)
    assert desk.writer.write(desk.lease(2)) is None

    desk.ledger.withhold([PathId(2)])
    assert desk.writer.write(desk.lease(2)) is None

    assert (desk.root / "new" / NAME).read_bytes() == THEIRS
