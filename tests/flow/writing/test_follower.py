"""A sidecar left behind by a move follows its photo, and nothing is overwritten or lost."""

from dataclasses import replace
from pathlib import Path

import pytest

from doubles.sidecars import listed, packet, tagging
from doubles.writing import Desk
from phototagd.domain.asset import PathId
from phototagd.domain.events import SidecarFollowed
from phototagd.domain.job import Snooze
from phototagd.flow.writing.follower import MOST_RESTS

OLD, NEW = PathId(1), PathId(2)


class Crash(BaseException):
    """The power goes."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A written sidecar in `a`, with a person's word; its photo was moved to `b`."""
    desk = Desk(tmp_path)
    move(desk)
    return desk


def move(desk: Desk) -> None:
    desk.photo("a/IMG_1.jpg")
    (desk.root / "a/IMG_1.jpg.xmp").write_bytes(packet(listed("dc:subject", ("u1",))))
    desk.catalogue.tagging = tagging()
    desk.writer.write(desk.lease())
    (desk.root / "a/IMG_1.jpg").unlink()
    desk.photo("b/NEW.jpg", path=2, moved_from=OLD)


def confirm(desk: Desk) -> None:
    desk.catalogue.paths[OLD] = replace(desk.catalogue.paths[OLD], is_gone=True)


def test_it_waits_until_the_move_is_certain(desk: Desk) -> None:
    assert isinstance(desk.writer.write(desk.lease(2)), Snooze)
    assert desk.names("b") == ["NEW.jpg"]


def test_it_follows_with_every_word_and_the_old_one_goes(desk: Desk) -> None:
    confirm(desk)

    assert desk.writer.write(desk.lease(2)) is None

    assert desk.names("a") == []
    assert desk.names("b") == ["NEW.jpg", "NEW.jpg.xmp"]
    assert desk.state("b/NEW.jpg.xmp").lists.subject == ("u1", "lake", "boat")
    [event] = desk.events.named("sidecar.followed")
    assert isinstance(event, SidecarFollowed)
    assert event.path.endswith(b"b/NEW.jpg.xmp")


def test_an_old_one_that_was_edited_since_is_copied_and_stays(desk: Desk) -> None:
    confirm(desk)
    (desk.root / "a/IMG_1.jpg.xmp").write_bytes(packet(listed("dc:subject", ("u9",))))

    desk.writer.write(desk.lease(2))

    assert desk.names("a") == ["IMG_1.jpg.xmp"]
    assert desk.state("b/NEW.jpg.xmp").lists.subject == ("u9", "lake", "boat")


def test_a_person_who_moves_both_is_not_raced(desk: Desk) -> None:
    (desk.root / "a/IMG_1.jpg.xmp").rename(desk.root / "b/NEW.jpg.xmp")

    assert desk.writer.write(desk.lease(2)) is None

    assert desk.state("b/NEW.jpg.xmp").lists.subject == ("u1", "lake", "boat")
    assert desk.events.named("sidecar.followed") == []


def test_a_sidecar_that_is_already_there_is_not_overwritten(desk: Desk) -> None:
    confirm(desk)
    (desk.root / "b/NEW.jpg.xmp").write_bytes(packet(listed("dc:subject", ("other",))))

    desk.writer.write(desk.lease(2))

    assert desk.names("a") == ["IMG_1.jpg.xmp"]
    assert desk.state("b/NEW.jpg.xmp").lists.subject == ("other", "lake", "boat")


def test_a_photo_that_is_back_was_only_copied(desk: Desk) -> None:
    (desk.root / "a/IMG_1.jpg").write_bytes(b"photo")

    assert desk.writer.write(desk.lease(2)) is None

    assert desk.names("a") == ["IMG_1.jpg", "IMG_1.jpg.xmp"]
    assert desk.state("b/NEW.jpg.xmp").lists.subject == ("lake", "boat")


def test_a_place_that_never_comes_back_is_not_waited_for_for_ever(desk: Desk) -> None:
    assert desk.writer.write(desk.lease(2, snoozes=MOST_RESTS)) is None
    assert desk.state("b/NEW.jpg.xmp").lists.subject == ("lake", "boat")


def test_whichever_step_a_crash_hits_the_next_run_ends_right(tmp_path: Path) -> None:
    crash_at = 0
    while True:
        crash_at += 1
        left = crash_at

        def step(name: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                raise Crash(name)

        root = tmp_path / str(crash_at)
        calm = Desk(root)
        move(calm)
        confirm(calm)
        desk = Desk(root, step=step)
        desk.catalogue = calm.catalogue
        desk.writer._catalogue = desk.writer._follower._catalogue = calm.catalogue  # type: ignore[assignment]  # one store outlives the crash
        try:
            desk.writer.write(desk.lease(2))
        except Crash:
            assert calm.writer.write(calm.lease(2)) is None
        else:
            break
        assert calm.names("a") == []
        assert calm.names("b") == ["NEW.jpg", "NEW.jpg.xmp"]
        assert calm.state("b/NEW.jpg.xmp").lists.subject == ("u1", "lake", "boat")
    assert crash_at > 8
