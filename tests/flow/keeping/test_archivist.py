"""A backup a night, without anybody thinking of it."""

from datetime import UTC, datetime

from doubles import EventLog, FakeClock
from phototagd.domain.errors import Unavailable
from phototagd.flow.keeping.archivist import Archivist


class Shelf:
    """Backups that are only remembered."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.made: list[datetime] = []
        self.broken: Unavailable | None = None

    def place_for(self, now: datetime) -> bytes:
        return now.isoformat().encode()

    def newest(self) -> datetime | None:
        return max(self.made, default=None)

    def keep(self, most: int) -> None:
        self.made = sorted(self.made)[-most:]

    def back_up(self, target: bytes) -> None:
        if self.broken:
            raise self.broken
        self.made.append(self.clock.now())


def archivist(shelf: Shelf, emit: EventLog, keep: int = 3) -> Archivist:
    return Archivist(
        care=shelf,  # type: ignore[arg-type]  # the part that is used
        backups=shelf,
        keep=keep,
        clock=shelf.clock,
        emit=emit,
        to_local=lambda moment: moment,
    )


def run_for(keeper: Archivist, clock: FakeClock, days: int) -> None:
    end = clock.monotonic() + days * 86400
    while clock.monotonic() < end:
        clock.advance(keeper.step())


def test_three_nights_are_kept_of_ten() -> None:
    clock, emit = FakeClock(datetime(2026, 5, 1, 12, tzinfo=UTC)), EventLog()
    shelf = Shelf(clock)

    run_for(archivist(shelf, emit), clock, days=10)

    assert [at.day for at in shelf.made] == [9, 10, 11]
    assert all(at.hour in range(2, 6) for at in shelf.made)
    assert len(emit.named("backup.made")) in (10, 11)


def test_none_are_wanted() -> None:
    clock, emit = FakeClock(), EventLog()
    shelf = Shelf(clock)

    run_for(archivist(shelf, emit, keep=0), clock, days=3)

    assert shelf.made == []


def test_a_full_disk_is_told_once_an_hour_and_then_it_is_made() -> None:
    clock, emit = FakeClock(), EventLog()
    shelf = Shelf(clock)
    shelf.broken = Unavailable("the disk is full")
    keeper = archivist(shelf, emit)
    end = clock.monotonic() + 3 * 3600
    while clock.monotonic() < end:
        clock.advance(keeper.step())
    assert len(emit.named("trouble")) == 3

    shelf.broken = None
    clock.advance(3600)
    keeper.step()

    assert len(shelf.made) == 1
