"""A photo gets its sidecar, once, complete, and without harm to anybody's words."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from doubles.sidecars import listed, packet, tagging
from doubles.writing import IN_OSLO, OSLO, Desk
from phototagd.domain.asset import CaptureFacts, Inspection, PathState
from phototagd.domain.errors import NotYet, ProcessKilled, SidecarRaced, Unreadable
from phototagd.domain.events import SidecarWritten
from phototagd.domain.job import Cancelled, Dead
from phototagd.domain.sidecar import Naming, SidecarPolicy


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.photo()
    desk.catalogue.tagging = tagging()
    return desk


def old(file: Path) -> Path:
    """A file that nobody is writing any more."""
    os.utime(file, (1_700_000_000, 1_700_000_000))
    return file


def test_a_tagged_photo_gets_its_sidecar_and_the_job_is_settled(desk: Desk) -> None:
    assert desk.writer.write(desk.lease()) is None

    state = desk.state()
    assert state.caption == state.image_description == state.alt_text == "A boat on a lake."
    assert state.lists.subject == ("lake", "boat")
    [record] = desk.catalogue.recorded
    assert record.name == b"IMG_1.jpg.xmp"
    assert record.words == {
        "caption": "A boat on a lake.",
        "keywords": ["lake", "boat"],
        "ours": ["lake", "boat"],
        "rejected": [],
        "model": "qwen3-vl:4b-instruct",
        "recipe": "r1",
        "tagged_at": "2026-05-01T10:00:00Z",
        "said": [],
    }
    [event] = desk.events.named("sidecar.written")
    assert isinstance(event, SidecarWritten)
    assert event.changed


def test_writing_again_changes_nothing(desk: Desk) -> None:
    desk.writer.write(desk.lease())
    before = (desk.root / "IMG_1.jpg.xmp").stat()

    desk.clock.advance(3600)
    assert desk.writer.write(desk.lease()) is None

    after = (desk.root / "IMG_1.jpg.xmp").stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)
    assert desk.catalogue.recorded[0].digest == desk.catalogue.recorded[1].digest
    event = desk.events.events[-1]
    assert isinstance(event, SidecarWritten)
    assert not event.changed


def test_a_new_sidecar_says_what_the_photo_says(desk: Desk) -> None:
    """Programs that find a sidecar no longer read the photo itself."""
    desk.reader.says = Inspection(
        IN_OSLO,
        xmp=packet(listed("dc:subject", ("u1",)), 'xmp:Rating="4"'),
        iptc_keywords=("u2",),
        iptc_caption="Told in 1999",
    )

    desk.writer.write(desk.lease())

    state = desk.state()
    assert state.lists.tags_list == ("u1", "u2", "lake", "boat")
    assert state.caption == "Told in 1999"
    assert state.place == OSLO
    assert b'xmp:Rating="4"' in (desk.root / "IMG_1.jpg.xmp").read_bytes()


def test_a_persons_sidecar_is_edited_in_place(desk: Desk) -> None:
    (desk.root / "IMG_1.jpg.XMP").write_bytes(packet(listed("lr:hierarchicalSubject", ("A|u1",))))

    desk.writer.write(desk.lease())

    assert desk.names() == ["IMG_1.jpg", "IMG_1.jpg.XMP"]
    assert desk.state("IMG_1.jpg.XMP").lists.subject == ("u1", "lake", "boat")


@pytest.mark.parametrize("error", [Unreadable("x"), ProcessKilled("x")])
def test_a_photo_that_cannot_be_inspected_gets_its_words(desk: Desk, error: Exception) -> None:
    desk.reader.says = error

    assert desk.writer.write(desk.lease()) is None

    assert desk.state().lists.subject == ("lake", "boat")


def test_a_photo_that_cannot_be_read_yet_is_waited_for_a_while(desk: Desk) -> None:
    desk.reader.says = NotYet("x")

    with pytest.raises(NotYet):
        desk.writer.write(desk.lease())
    assert desk.names() == ["IMG_1.jpg"]

    assert desk.writer.write(desk.lease(snoozes=3)) is None
    assert desk.state().caption == "A boat on a lake."


def test_words_embedded_later_reach_the_sidecar(desk: Desk) -> None:
    desk.writer.write(desk.lease())
    desk.photo(facts=None)  # the store forgets the facts of other bytes
    desk.reader.says = Inspection(CaptureFacts(), iptc_keywords=("added in the file",))

    desk.writer.write(desk.lease())

    assert desk.state().lists.subject == ("added in the file", "lake", "boat")


def test_without_a_tagging_the_place_alone_is_filled(desk: Desk) -> None:
    desk.catalogue.tagging = None
    desk.reader.says = Inspection(IN_OSLO)

    desk.writer.write(desk.lease())

    assert desk.state().place == OSLO
    assert desk.state().lists.subject is None
    desk.catalogue.tagging = tagging()
    desk.writer.write(desk.lease())
    assert desk.state().lists.subject == ("lake", "boat")


def test_with_nothing_to_say_no_file_is_made(desk: Desk) -> None:
    desk.catalogue.tagging = None

    assert desk.writer.write(desk.lease()) is None

    assert desk.names() == ["IMG_1.jpg"]
    assert desk.catalogue.recorded[0].name is None
    assert desk.events.events == []


def test_a_deleted_sidecar_is_made_again(desk: Desk) -> None:
    desk.writer.write(desk.lease())
    (desk.root / "IMG_1.jpg.xmp").unlink()

    desk.writer.write(desk.lease())

    assert desk.state().caption == "A boat on a lake."


def test_a_broken_sidecar_is_left_as_it_is(desk: Desk) -> None:
    broken = desk.root / "IMG_1.jpg.xmp"
    broken.write_bytes(b"<x:xmpmeta>\n<broken")
    old(broken)

    outcome = desk.writer.write(desk.lease())

    assert isinstance(outcome, Dead)
    assert "line" in outcome.reason
    assert broken.read_bytes() == b"<x:xmpmeta>\n<broken"


def test_a_sidecar_that_is_being_written_is_waited_for(desk: Desk) -> None:
    """Darktable writes in place: half a file is seen for a moment."""
    half = desk.root / "IMG_1.jpg.xmp"
    half.write_bytes(b"<x:xmpmeta>")
    desk.clock.set_wall(datetime.fromtimestamp(half.stat().st_mtime, tz=UTC))

    with pytest.raises(NotYet):
        desk.writer.write(desk.lease())


def test_what_is_no_file_is_dead_with_the_reason(desk: Desk) -> None:
    (desk.root / "IMG_1.jpg.xmp").mkdir()

    outcome = desk.writer.write(desk.lease())

    assert isinstance(outcome, Dead)
    assert "a folder" in outcome.reason


def test_a_vanished_photo_gets_no_sidecar(desk: Desk) -> None:
    (desk.root / "IMG_1.jpg").unlink()
    with pytest.raises(NotYet):
        desk.writer.write(desk.lease())

    desk.photo(is_gone=True)
    assert isinstance(desk.writer.write(desk.lease()), Cancelled)
    desk.photo(asset=None, state=PathState.FOREIGN)
    assert isinstance(desk.writer.write(desk.lease()), Cancelled)
    desk.photo(asset=2)
    assert isinstance(desk.writer.write(desk.lease()), Cancelled)
    assert desk.names() == ["IMG_1.jpg"]


def test_a_name_without_room_for_a_sidecar_is_dead_with_the_reason(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.photo("x" * 255)
    desk.catalogue.tagging = tagging()

    outcome = desk.writer.write(desk.lease())

    assert isinstance(outcome, Dead)
    assert "too long" in outcome.reason


def racing(edits: list[Callable[[], object]]) -> Callable[[str], None]:
    """Somebody else edits at each of the next last moments."""

    def step(name: str) -> None:
        if name in {"create.link", "replace.rename"} and edits:
            edits.pop(0)()

    return step


def test_an_edit_during_the_write_is_merged(tmp_path: Path) -> None:
    """Neither side loses a word, whether the file was new or was replaced."""
    sidecar = tmp_path / "IMG_1.jpg.xmp"
    desk = Desk(
        tmp_path,
        step=racing(
            [
                lambda: sidecar.write_bytes(packet(listed("dc:subject", ("u1",)))),
                lambda: sidecar.write_bytes(packet(listed("dc:subject", ("u1", "u2")))),
            ]
        ),
    )
    desk.photo()
    desk.catalogue.tagging = tagging()

    assert desk.writer.write(desk.lease()) is None

    assert desk.state().lists.hierarchical == ("u1", "u2", "lake", "boat")
    assert desk.names() == ["IMG_1.jpg", "IMG_1.jpg.xmp"]


def test_endless_racing_gives_up_for_now(tmp_path: Path) -> None:
    sidecar = tmp_path / "IMG_1.jpg.xmp"
    counter = iter(range(100))

    def edit() -> None:
        sidecar.write_bytes(packet(listed("dc:subject", (f"u{next(counter)}",))))

    desk = Desk(tmp_path, step=racing([edit] * 50))
    desk.photo()
    desk.catalogue.tagging = tagging()

    with pytest.raises(SidecarRaced):
        desk.writer.write(desk.lease())
    assert desk.catalogue.recorded == []


def test_mirrored_sidecars_leave_the_photos_folder_alone(tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    desk = Desk(tmp_path / "photos", SidecarPolicy(mirror_root=os.fsencode(mirror)))
    desk.photo("2026/may/IMG_1.jpg")
    desk.catalogue.tagging = tagging()

    for _ in range(2):
        assert desk.writer.write(desk.lease()) is None

    assert desk.names("2026/may") == ["IMG_1.jpg"]
    assert [p.name for p in (mirror / "2026" / "may").iterdir()] == ["IMG_1.jpg.xmp"]


def test_both_sidecars_of_a_raw_say_the_same(tmp_path: Path) -> None:
    desk = Desk(tmp_path, SidecarPolicy(naming=Naming.BOTH_FOR_RAW))
    desk.photo("A.CR3", kind="raw")
    (tmp_path / "A.xmp").write_bytes(packet(listed("dc:subject", ("u1",))))
    desk.catalogue.tagging = tagging()

    desk.writer.write(desk.lease())

    assert desk.names() == ["A.CR3", "A.CR3.xmp", "A.xmp"]
    assert desk.state("A.CR3.xmp").lists == desk.state("A.xmp").lists
    record = desk.state("A.CR3.xmp").record
    assert record is not None
    assert record.keywords.ours == ("lake", "boat")


def test_a_raws_adobe_sidecar_is_edited(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.photo("A.CR3", kind="raw")
    (tmp_path / "A.xmp").write_bytes(packet(listed("dc:subject", ("u1",))))
    desk.catalogue.tagging = tagging()

    desk.writer.write(desk.lease())

    assert desk.names() == ["A.CR3", "A.xmp"]
    assert desk.state("A.xmp").lists.subject == ("u1", "lake", "boat")


def test_a_broken_sidecar_of_the_other_style_is_not_hidden_by_a_new_one(desk: Desk) -> None:
    old_style = desk.root / "IMG_1.xmp"
    old_style.write_bytes(b"<broken")

    assert isinstance(desk.writer.write(desk.lease()), Dead)
    assert desk.names() == ["IMG_1.jpg", "IMG_1.xmp"]


def test_what_a_person_removes_stays_away_through_new_answers(desk: Desk) -> None:
    desk.writer.write(desk.lease())
    sidecar = desk.root / "IMG_1.jpg.xmp"
    text = sidecar.read_text()
    for spelled in ("subject", "hierarchicalSubject", "TagsList"):
        head, mark, rest = text.partition(f":{spelled}>")
        text = head + mark + rest.replace("<rdf:li>boat</rdf:li>", "", 1)
    sidecar.write_text(text)

    desk.catalogue.tagging = tagging("New words.", ("boat", "dusk"), model="other")
    desk.writer.write(desk.lease())

    assert desk.state().lists.subject == ("dusk",)
    assert desk.state().caption == "New words."
    assert desk.catalogue.recorded[-1].words["rejected"] == ["boat"]
