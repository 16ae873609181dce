"""Each photo is taken in once, when it is finished."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.folders import House, jpeg
from phototagd.adapters.hashing import ContentIdentifier
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import Identity, Location, PathState, PhotoKind
from phototagd.domain.errors import NotYet, Unavailable
from phototagd.domain.job import Priority
from phototagd.domain.record import Arrived, Refusal


class MoodyIdentifier:
    """Reads like the real one, unless a test makes it fail."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.as_raw = False
        self.read: list[bytes] = []

    def identify(self, photo: bytes) -> Identity:
        self.read.append(photo)
        if self.error is not None:
            raise self.error
        real = ContentIdentifier().identify(photo)
        if self.as_raw:
            return Identity(PhotoKind.RAW, real.content_hash, True, real.stamp)
        return real


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def identifier() -> MoodyIdentifier:
    return MoodyIdentifier()


@pytest.fixture
def house(tmp_path: Path, clock: FakeClock, identifier: MoodyIdentifier) -> Iterator[House]:
    with Store.open(tmp_path / "phototagd.db", clock=clock) as store:
        yield House(tmp_path / "photos", store=store, clock=clock, identifier=identifier)


def test_a_fresh_file_waits_until_it_is_quiet(house: House) -> None:
    house.put("a.jpg")
    house.scan()

    house.intake.run_once()
    assert house.intake.pending() == 1
    house.clock.advance(4.9)
    house.intake.run_once()
    assert house.found() == []
    house.clock.advance(0.2)
    house.intake.run_once()

    assert house.found() == ["a.jpg new"]
    assert house.intake.is_idle
    assert house.arrivals == 1


def test_a_file_touched_long_ago_is_taken_at_once(house: House) -> None:
    """A first scan streams through a large library instead of waiting for each file."""
    photo = house.put("a.jpg")
    os.utime(photo, (0, 0))
    ctime = photo.stat().st_ctime
    house.clock.set_wall(house.clock.now() + timedelta(days=3650))
    assert house.clock.now().timestamp() > ctime

    house.scan()
    house.intake.run_once()

    assert house.found() == ["a.jpg new"]


def test_a_file_that_grows_is_taken_once_when_it_is_finished(house: House) -> None:
    """An upload in place, broken off and resumed."""
    photo = house.put("a.jpg")
    house.scan()
    for part in range(5):
        house.intake.run_once()
        house.clock.advance(4)
        with photo.open("ab") as file:
            file.write(b"more" * (part + 1))
        house.scan(full=False)
    house.intake.run_once()
    assert house.found() == []

    house.wait_quiet()
    house.scan_and_take_in()

    assert house.found() == ["a.jpg new"]


def test_a_file_that_vanishes_while_waiting_is_forgotten(house: House) -> None:
    photo = house.put("a.jpg")
    house.scan()
    photo.unlink()

    house.wait_quiet()

    assert house.found() == []
    assert house.intake.is_idle


def test_a_file_found_again_while_it_waits_is_one_file(
    house: House, identifier: MoodyIdentifier
) -> None:
    house.put("a.jpg")
    for _ in range(3):
        house.scan()
    house.wait_quiet()
    house.scan_and_take_in()

    assert len(identifier.read) == 1


def test_the_kind_is_judged_by_content(house: House) -> None:
    house.put("really.txt", jpeg())
    house.put("notes.txt", b"hello")
    house.put("fake.jpg", b"%PDF-1.4 not a photo")

    house.scan_and_take_in()

    assert house.found() == ["really.txt new"]
    refused = house.events.named("photo.refused")
    assert len(refused) == 1
    assert (refused[0].is_final, "named .jpg but holds" in refused[0].reason) == (True, True)
    states = {f.name: f.state for f in house.catalogue.known_files(house.library.id, b"")}
    assert states[b"notes.txt"] is PathState.FOREIGN
    assert states[b"fake.jpg"] is PathState.DEAD


def test_what_was_refused_is_not_read_again_until_it_changes(
    house: House, identifier: MoodyIdentifier
) -> None:
    house.put("fake.jpg", b"%PDF-1.4 not a photo")
    house.scan_and_take_in()
    house.scan_and_take_in()
    assert len(identifier.read) == 1

    house.put("fake.jpg", jpeg("a photo now"))
    house.scan_and_take_in()

    assert house.found() == ["fake.jpg new"]


def test_an_empty_photo_is_refused_with_the_reason_and_read_later(house: House) -> None:
    house.put("a.jpg", b"")

    house.scan_and_take_in()

    (refused,) = house.events.named("photo.refused")
    assert "empty" in refused.reason
    assert not refused.is_final
    house.put("a.jpg")
    house.scan_and_take_in()
    assert house.found() == ["a.jpg new"]


def test_an_unreadable_photo_is_read_again_later_and_dies_after_three_days(
    house: House, identifier: MoodyIdentifier
) -> None:
    house.put("a.jpg")
    identifier.error = NotYet("permission denied")
    house.scan_and_take_in()
    assert len(identifier.read) == 1

    house.clock.advance(50)
    house.wait_quiet()
    assert len(identifier.read) == 1
    house.clock.advance(60)
    house.wait_quiet()
    assert len(identifier.read) == 2
    for _ in range(40):
        house.clock.advance(3 * 3600)
        house.wait_quiet()

    refused = house.events.named("photo.refused")
    assert [e.is_final for e in refused] == [False, True]
    assert refused[-1].reason == "not readable for 3 days: permission denied"


def test_an_unreadable_photo_is_read_again_though_the_clock_jumped_back(
    house: House, identifier: MoodyIdentifier
) -> None:
    """By years: what was to be read in the future is read now."""
    right = house.clock.now()
    house.clock.set_wall(right + timedelta(days=4000))
    house.put("a.jpg")
    identifier.error = NotYet("permission denied")
    house.scan_and_take_in()
    house.clock.set_wall(right)

    house.clock.advance(40)
    house.wait_quiet()

    assert len(identifier.read) == 2


def test_an_unreadable_photo_that_recovers_is_taken_in(
    house: House, identifier: MoodyIdentifier
) -> None:
    house.put("a.jpg")
    identifier.error = NotYet("stale file handle")
    house.scan_and_take_in()
    identifier.error = None

    house.clock.advance(120)
    house.wait_quiet()

    assert house.found() == ["a.jpg new"]


def test_nothing_is_lost_while_the_store_cannot_be_written(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.put("a.jpg")
    house.scan()
    house.intake.run_once()
    house.clock.advance(6)

    def full(arrivals: object) -> list[Arrived]:
        raise Unavailable("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(house.catalogue, "take_in", full)
        with pytest.raises(Unavailable):
            house.intake.run_once()
    house.clock.advance(11)
    house.intake.run_once()

    assert house.found() == ["a.jpg new"]


def test_raw_with_other_metadata_but_the_same_pixels_stays_the_same_asset(
    house: House, identifier: MoodyIdentifier
) -> None:
    identifier.as_raw = True
    house.put("a.dng", b"\xff\xd8\xff pixels\0metadata")
    house.scan_and_take_in()
    (first,) = house.events.named("photo.found")
    reader = house.intake._examiner._reader
    house.catalogue.record_pixels(
        first.asset, reader.prepare(os.fsencode(house.folder / "a.dng"), long_side=9)
    )

    house.put("a.dng", b"\xff\xd8\xff pixels\0rated five stars")
    house.scan_and_take_in()
    house.put("a.dng", b"\xff\xd8\xff other pixels\0")
    house.scan_and_take_in()

    assert house.found() == ["a.dng new", "a.dng metadata", "a.dng changed"]
    assets = [e.asset for e in house.events.named("photo.found")]
    assert assets[0] == assets[1] != assets[2]


def test_new_photos_go_before_the_backlog(house: House) -> None:
    for number in range(3):
        house.put(f"old/{number}.jpg")
    house.scan()
    house.put("inbox/now.jpg")
    house.scanner.look({b"inbox": frozenset({b"now.jpg"})})
    house.intake.run_once()
    house.clock.advance(10)

    house.intake.run_once()

    assert house.found()[0] == "inbox/now.jpg new"


def test_a_person_need_not_wait(house: House) -> None:
    house.put("a.jpg")

    taken = house.intake.take(house.library, Location(house.library.id, b"", b"a.jpg"))

    assert isinstance(taken, Arrived)
    assert house.found() == ["a.jpg new"]
    (job,) = house.queue.jobs(None, 10)[:1]
    assert job.priority is Priority.PERSON


def test_a_person_is_told_what_is_no_photo_or_not_there(house: House) -> None:
    house.put("fake.jpg", b"%PDF-1.4")
    house.put("empty.jpg", b"")

    def take(name: bytes) -> Arrived | Refusal | None:
        return house.intake.take(house.library, Location(house.library.id, b"", name))

    fake, empty = take(b"fake.jpg"), take(b"empty.jpg")
    assert isinstance(fake, Refusal)
    assert fake.state is PathState.DEAD
    assert isinstance(empty, Refusal)
    assert empty.state is PathState.WAITING
    assert take(b"nothing.jpg") is None
