"""A loop outlives its step's failures and can tell whether it hangs."""

import threading
from collections.abc import Callable

from doubles import EventLog, FakeClock
from phototagd.domain.errors import Unavailable
from phototagd.flow.loop import Loop, Step


def loop_over(
    run: Callable[[], float], clock: FakeClock, emit: EventLog, patience: float = 10.0
) -> Loop:
    return Loop(step=Step("tester", run, patience), clock=clock, emit=emit)


def test_a_bug_in_a_step_is_reported_and_backed_off() -> None:
    """The rest doubles while it goes on, and starts over after a success."""
    emit = EventLog()
    outcomes = iter([ValueError("odd"), ValueError("odd"), None, ValueError("odd")])

    def run() -> float:
        if (error := next(outcomes)) is not None:
            raise error
        return 7.0

    loop = loop_over(run, FakeClock(), emit)

    assert [loop.run_once() for _ in range(4)] == [1.0, 2.0, 7.0, 1.0]
    assert [event.reason for event in emit.named("trouble")] == ["ValueError: odd"] * 2


def test_a_trouble_that_lasts_is_told_once() -> None:
    """Half an hour of a full disk is one line; another trouble, or a new one, is another."""
    emit = EventLog()
    steps = iter(["disk full"] * 30 + ["disk broken"] + [""] + ["disk full"])

    def run() -> float:
        if reason := next(steps):
            raise Unavailable(reason)
        return 0.0

    loop = loop_over(run, FakeClock(), emit)
    for _ in range(33):
        loop.run_once()

    reasons = [event.reason for event in emit.named("trouble")]
    assert reasons == ["disk full", "disk broken", "disk full"]


def test_a_world_fault_keeps_its_remedy() -> None:
    """What a person can do travels with the trouble."""
    emit = EventLog()

    def run() -> float:
        raise Unavailable("the disk is full", remedy="make room")

    loop_over(run, FakeClock(), emit).run_once()

    assert emit.named("trouble")[0].remedy == "make room"


def test_a_step_beyond_its_patience_counts_as_hung() -> None:
    """Resting never does, however long."""
    clock = FakeClock()
    entered, release = threading.Event(), threading.Event()

    def run() -> float:
        entered.set()
        release.wait()
        return 1e9

    loop = loop_over(run, clock, EventLog(), patience=10.0)
    loop.start()
    entered.wait()
    clock.advance(9)
    assert loop.is_alive()
    clock.advance(2)
    assert not loop.is_alive()

    release.set()
    assert loop.stop(seconds=10)


def test_stopping_tolerates_never_started_and_twice() -> None:
    """Start and stop are safe in any order."""
    loop = loop_over(lambda: 1.0, FakeClock(), EventLog())

    assert loop.stop(seconds=1)
    assert loop.stop(seconds=1)
