"""What a person names is tagged before all else, wherever it lies, and never twice."""

import os
from pathlib import Path

import pytest

from doubles.captioner import PLAUSIBLE, FakeCaptioner
from doubles.hand_driven import HandDriven
from doubles.pictures import make_jpeg
from phototagd.app.desk.desk import Desk
from phototagd.domain.errors import Unreadable
from phototagd.domain.status import TagReport


@pytest.fixture
def desk(house: HandDriven) -> Desk:
    return Desk(house.parts, is_running=True)


def named(path: Path) -> bytes:
    return os.fsencode(path)


def one(desk: Desk, path: Path) -> TagReport:
    (report,) = desk.tagged([named(path)])
    return report


def test_a_photo_inside_a_library_jumps_the_queue(
    house: HandDriven, desk: Desk, photos: Path, captioner: FakeCaptioner
) -> None:
    for seed in range(3):
        make_jpeg(photos / f"{seed}.jpg", seed=seed)
    wanted = make_jpeg(photos / "wanted.jpg", seed=9)

    (report,) = desk.tag([named(wanted)])
    assert (report.state, report.is_settled) == ("queued", False)
    house.run()

    report = one(desk, wanted)
    assert (report.state, report.caption) == ("done", PLAUSIBLE["caption"])
    assert report.sidecar == b"wanted.jpg.xmp"
    assert report.keywords
    first = house.events.named("photo.tagged")[0]
    assert first.path == named(wanted)
    asked = len(captioner.questions)

    desk.tag([named(wanted)])
    house.run()
    assert len(captioner.questions) == asked


def test_a_photo_outside_every_library_is_tagged_too(
    house: HandDriven, desk: Desk, tmp_path: Path
) -> None:
    alone = make_jpeg(tmp_path / "alone.jpg", seed=1)

    desk.tag([named(alone)])
    house.run()

    assert one(desk, alone).state == "done"
    assert (tmp_path / "alone.jpg.xmp").exists()


def test_what_is_no_file_or_no_photo_is_dead_with_the_reason(
    house: HandDriven, desk: Desk, photos: Path
) -> None:
    note = photos / "note.txt"
    note.write_text("milk, eggs")

    missing, text = desk.tag([named(photos / "missing.jpg"), named(note)])

    assert (missing.state, missing.reason) == ("dead", "there is no such file")
    assert text.state == "dead"
    assert text.reason
    assert desk.show(named(photos / "missing.jpg")) is None
    assert house.events.named("photo.tagged") == []


def test_a_dead_photo_is_asked_about_again(
    house: HandDriven, desk: Desk, photos: Path, captioner: FakeCaptioner
) -> None:
    for endpoint in house.parts.asking.endpoints:
        endpoint.keep()
    photo = make_jpeg(photos / "a.jpg", seed=1)
    captioner.script.append(Unreadable("cannot decode"))
    desk.tag([named(photo)])
    house.turn()
    assert one(desk, photo).state in ("queued", "dead")
    house.run()
    assert (one(desk, photo).state, one(desk, photo).reason) == ("dead", "cannot decode")

    desk.tag([named(photo)])
    house.run()

    assert one(desk, photo).state == "done"


def test_show_tells_every_state(
    house: HandDriven, desk: Desk, photos: Path, captioner: FakeCaptioner
) -> None:
    photo, copy = make_jpeg(photos / "a.jpg", seed=1), photos / "b.jpg"
    copy.write_bytes(photo.read_bytes())
    (photos / "broken.jpg").write_bytes(b"<html>")
    desk.tag([named(photo), named(copy), named(photos / "broken.jpg")])

    waiting = desk.show(named(photo))
    assert waiting is not None
    assert waiting["tagging"] is None
    assert {job["kind"] for job in waiting["jobs"]} == {"tag", "write"}
    assert waiting["copies"] == [str(copy)]
    broken = desk.show(named(photos / "broken.jpg"))
    assert broken is not None
    assert broken["state"] == "dead"
    assert broken["reason"]

    house.run()
    done = desk.show(named(photo))
    assert done is not None
    assert done["sidecar"] == "a.jpg.xmp"
    assert done["tagging"]["answer"]["caption"] == PLAUSIBLE["caption"]
    assert {job["state"] for job in done["jobs"]} == {"done"}


def test_a_folder_adopted_before_it_was_watched_is_found_in_its_library(
    house: HandDriven, desk: Desk, photos: Path
) -> None:
    """The watched library speaks for the file, not the one adopted for it long ago."""
    inner = photos / "inner"
    inner.mkdir()
    photo = make_jpeg(inner / "a.jpg", seed=1)
    house.parts.store.catalogue.open_library(named(inner), is_configured=False)

    desk.tag([named(photo)])

    shown = desk.show(named(photo))
    assert shown is not None
    assert shown["copies"] == []
