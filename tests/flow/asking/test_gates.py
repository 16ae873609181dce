"""Whatever holds photos back says why, and lets a person through where it may."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from doubles import EventLog, FakeClock
from phototagd.domain.job import EVERYBODY, NOBODY, ONLY_A_PERSON
from phototagd.domain.status import ClosureCause
from phototagd.flow.asking.gates import Gates
from phototagd.flow.asking.pausing import Pause
from phototagd.rules.asking.schedules import Schedule

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


class House:
    def __init__(self, schedule: str) -> None:
        self.clock = FakeClock(NOON)
        self.emit = EventLog()
        self.pause = Pause(emit=self.emit)
        self.gates = Gates(
            pause=self.pause,
            schedule=Schedule.parse(schedule),
            clock=self.clock,
            emit=self.emit,
            to_local=lambda moment: moment.astimezone(timezone(timedelta(hours=2))),
        )

    def reasons(self) -> list[str]:
        return [closure.reason for closure in self.gates.closures()]


@pytest.fixture
def house() -> House:
    return House("22:00-07:00")


def test_outside_the_schedule_only_a_person_is_served(house: House) -> None:
    """And everybody is told until when, in local time."""
    assert house.gates.admitted() == ONLY_A_PERSON
    assert not house.gates.is_open
    assert house.reasons() == ["outside the schedule until 22:00"]
    assert house.gates.closures()[0].until == NOON + timedelta(hours=8)


def test_it_opens_by_itself_and_says_so_once(house: House) -> None:
    house.gates.admitted()
    house.clock.advance(8 * 3600)

    assert house.gates.admitted() == EVERYBODY
    assert house.gates.admitted() == EVERYBODY
    assert house.gates.closures() == []
    assert [event.reason for event in house.emit.named("gate.moved")] == [
        "outside the schedule until 22:00",
        "",
    ]


def test_a_pause_holds_everything(house: House) -> None:
    """A person who pauses wants the machine for something else."""
    house.clock.advance(12 * 3600)
    house.pause.pause()

    assert house.gates.admitted() == NOBODY
    assert [closure.cause for closure in house.gates.closures()] == [ClosureCause.PERSON]
    house.pause.resume()
    assert house.gates.admitted() == EVERYBODY


def test_a_new_schedule_holds_at_once(house: House) -> None:
    house.gates.reschedule(Schedule.parse("always"))

    assert house.gates.is_open
    house.gates.reschedule(Schedule.parse("never"))
    assert house.reasons() == ["the schedule is never open"]


def test_a_jump_of_the_clock_is_followed(house: House) -> None:
    """Nothing is remembered that the wall clock does not say."""
    house.clock.set_wall(NOON + timedelta(hours=9))
    assert house.gates.is_open
    house.clock.set_wall(NOON)
    assert not house.gates.is_open
