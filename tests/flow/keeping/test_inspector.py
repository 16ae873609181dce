"""The store's health: read as a whole once a week, and its disk must not be slow."""

from datetime import datetime, timedelta

import pytest

from doubles import EventLog, FakeClock
from phototagd.domain.inspection import Inspection
from phototagd.domain.job import Tally
from phototagd.flow.keeping.inspector import Inspector


class Care:
    """What the inspector needs of the store and the queue."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.seconds: float | None = None
        self.last: Inspection | None = None
        self.reads = 0
        self.count = Tally()

    def complaints(self) -> list[str]:
        self.reads += 1
        return self.wrong

    def commit_seconds(self) -> float | None:
        return self.seconds

    def last_inspection(self) -> Inspection | None:
        return self.last

    def record_inspection(self, inspection: Inspection) -> None:
        self.last = inspection

    def tally(self, _now: datetime) -> Tally:
        return self.count


class Room:
    def __init__(self) -> None:
        self.care = Care()
        self.clock = FakeClock()
        self.events = EventLog()
        self.inspector = Inspector(
            care=self.care,  # type: ignore[arg-type]  # the part that is used
            queue=self.care,  # type: ignore[arg-type]  # the part that is used
            clock=self.clock,
            emit=self.events,
        )

    def days(self, count: float) -> None:
        """Steps every hour."""
        for _ in range(int(count * 24)):
            self.clock.advance(3600)
            self.inspector.step()


@pytest.fixture
def room() -> Room:
    return Room()


def test_it_reads_everything_once_a_week_when_idle(room: Room) -> None:
    room.inspector.step()
    room.days(20)

    assert room.care.reads == 3
    assert len(room.events.named("store.inspected")) == 3


def test_a_restart_does_not_read_again(room: Room) -> None:
    room.care.last = Inspection(room.clock.now() - timedelta(days=3))

    room.inspector.step()

    assert room.care.reads == 0


def test_work_comes_first_but_not_for_ever(room: Room) -> None:
    """Photos that only wait for a later time are no work."""
    room.care.last = Inspection(room.clock.now())
    room.care.count = Tally(queued=5)
    room.days(13)
    assert room.care.reads == 0

    room.days(2)
    assert room.care.reads == 1

    room.care.count = Tally(queued=5, snoozed=5)
    room.days(7.1)
    assert room.care.reads == 2


def test_damage_is_told_with_a_remedy(room: Room) -> None:
    room.care.wrong = ["row 5 missing from index path_asset"]

    room.inspector.step()

    (trouble,) = room.events.named("trouble")
    assert "row 5" in str(trouble)
    assert "phototagd rebuild" in str(trouble)
    assert room.care.last is not None
    assert room.care.last.complaints == ("row 5 missing from index path_asset",)


def test_a_slow_disk_is_told_once_until_it_was_fast_again(room: Room) -> None:
    for seconds in (None, 0.02, 0.5, 0.6, 0.02, 0.4):
        room.care.seconds = seconds
        room.inspector.step()

    assert len(room.events.named("store.slow")) == 2


def test_a_clock_that_was_years_ahead_does_not_put_it_off(room: Room) -> None:
    room.care.last = Inspection(room.clock.now() + timedelta(days=3000))

    room.inspector.step()

    assert room.care.reads == 1
