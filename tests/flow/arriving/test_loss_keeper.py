"""A mass deletion asks: nothing is believed before a person says that it was meant."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.folders import House
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.errors import Unavailable
from phototagd.domain.job import Cancelled, JobKind, Priority
from phototagd.domain.library import RootIdentity

MANY = 120
TTL = timedelta(minutes=10)


class Unpluggable(MountTable):
    """Mounts whose disk can be pulled."""

    is_pulled = False

    def identify(self, root: bytes) -> RootIdentity | None:
        return None if self.is_pulled else super().identify(root)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[Store]:
    with Store.open(tmp_path / "phototagd.db", clock=clock) as store:
        yield store


@pytest.fixture
def mounts() -> Unpluggable:
    return Unpluggable()


@pytest.fixture
def house(tmp_path: Path, store: Store, clock: FakeClock, mounts: Unpluggable) -> House:
    """A library of 120 photos in three folders, and one besides."""
    house = House(tmp_path / "photos", store=store, clock=clock, mounts=mounts)
    for number in range(MANY):
        house.put(f"2025/{number % 3}/{number}.jpg")
    house.put("2026/b.jpg")
    house.scan_and_take_in()
    return house


def settle(house: House, rounds: int = 4) -> None:
    """Time enough to believe what is missing."""
    house.scan()
    for _ in range(rounds):
        house.clock.advance(20)
        house.scanner.revisit()


def queued(house: House) -> int:
    return house.queue.tally(house.clock.now()).queued


def test_it_asks_once_and_believes_nothing(house: House, tmp_path: Path) -> None:
    (house.folder / "2025").rename(tmp_path / "elsewhere")

    settle(house, rounds=100)

    (asked,) = house.events.named("photos.missing")
    assert (asked.count, asked.known) == (MANY, MANY + 1)
    assert "phototagd confirm" in asked.remedy
    assert house.scanner.held_losses == MANY
    assert house.events.named("photos.gone") == []
    assert queued(house) == MANY + 1


def test_files_deleted_one_by_one_count_as_one_deletion(house: House) -> None:
    for number in range(MANY):
        (house.folder / f"2025/{number % 3}/{number}.jpg").unlink()

    settle(house)

    assert house.scanner.held_losses == MANY


def test_a_person_says_that_it_was_meant(house: House, tmp_path: Path) -> None:
    (house.folder / "2025").rename(tmp_path / "elsewhere")
    settle(house)

    assert house.scanner.confirm_losses() == MANY

    assert house.scanner.held_losses == 0
    assert [event.count for event in house.events.named("photos.gone")] == [MANY]
    assert queued(house) == 1
    assert house.scanner.confirm_losses() == 0


def test_what_was_confirmed_does_not_count_against_the_next_photo(
    house: House, tmp_path: Path
) -> None:
    (house.folder / "2025").rename(tmp_path / "elsewhere")
    settle(house)
    house.scanner.confirm_losses()
    (house.folder / "2026/b.jpg").unlink()

    settle(house)

    assert house.scanner.held_losses == 0
    assert len(house.events.named("photos.missing")) == 1
    assert queued(house) == 0


def test_photos_that_come_back_resolve_it(house: House, tmp_path: Path) -> None:
    """Also work that was given up meanwhile, because the photo was not there, is wanted again."""
    (house.folder / "2025").rename(tmp_path / "elsewhere")
    settle(house)
    lease = house.queue.claim(JobKind.TAG, Priority.BACKLOG, "lane", house.clock.now(), TTL)
    assert lease is not None
    house.queue.settle(lease, Cancelled("the photo is gone"), house.clock.now())

    (tmp_path / "elsewhere").rename(house.folder / "2025")
    settle(house)

    assert house.scanner.held_losses == 0
    assert queued(house) == MANY + 1
    assert len(house.live()) == MANY + 1
    assert house.scanner.confirm_losses() == 0


def test_some_that_come_back_do_not_condemn_the_rest(house: House, tmp_path: Path) -> None:
    """Fewer than a hundred are left: but a person is putting them back."""
    (house.folder / "2025").rename(tmp_path / "elsewhere")
    settle(house)
    (house.folder / "2025").mkdir()
    (tmp_path / "elsewhere/0").rename(house.folder / "2025/0")

    settle(house)

    assert house.scanner.held_losses == MANY * 2 // 3
    assert house.events.named("photos.gone") == []

    (tmp_path / "elsewhere/1").rename(house.folder / "2025/1")
    settle(house)

    assert house.scanner.held_losses == 0
    assert queued(house) == 1 + MANY * 2 // 3


def test_a_restart_goes_on_asking(house: House, tmp_path: Path) -> None:
    """Nothing of it is kept in memory alone."""
    (house.folder / "2025").rename(tmp_path / "elsewhere")
    house.scan()
    house.restart()
    settle(house)
    house.restart()

    settle(house)

    assert house.scanner.held_losses == MANY
    assert queued(house) == MANY + 1


def test_a_renamed_folder_is_no_deletion(house: House) -> None:
    """Held back while the new names are still being read; then it is a move like any other."""
    (house.folder / "2025").rename(house.folder / "2025 holidays")
    settle(house)
    house.wait_quiet()

    settle(house)

    assert house.scanner.held_losses == 0
    assert len(house.live()) == MANY + 1
    assert sum(name.endswith((" moved", " copy")) for name in house.found()) == MANY
    assert house.catalogue.losses(house.library.id).held == 0


def test_a_library_that_is_away_cannot_be_confirmed(
    house: House, mounts: Unpluggable, tmp_path: Path
) -> None:
    (house.folder / "2025").rename(tmp_path / "elsewhere")
    settle(house)
    mounts.is_pulled = True

    with pytest.raises(Unavailable):
        house.scanner.confirm_losses()

    assert queued(house) == MANY + 1


def test_nobody_is_asked_when_that_is_the_setting(tmp_path: Path, clock: FakeClock) -> None:
    with Store.open(tmp_path / "other.db", clock=clock, loss_share=1.0) as store:
        house = House(tmp_path / "photos", store=store, clock=clock)
        for number in range(MANY):
            house.put(f"a/{number}.jpg")
        house.put("b.jpg")
        house.scan_and_take_in()
        (house.folder / "a").rename(tmp_path / "elsewhere")

        settle(house)

        assert house.events.named("photos.missing") == []
        assert len(house.live()) == 1
