"""The service manager hears from the daemon only while every loop makes progress."""

import os
import socket
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from doubles import EventLog, FakeClock
from doubles.control import a_status
from phototagd.adapters.systemd import SystemdNotifier
from phototagd.app.daemon import Daemon
from phototagd.flow.loop import Loop, Step


class Rounds:
    """Signals that let a number of rounds pass before the daemon is told to stop."""

    def __init__(self, rounds: Sequence[Any]) -> None:
        self.stop = self
        self._rounds = iter(rounds)
        self.waited: list[float] = []

    def wait(self, seconds: float) -> bool:
        self.waited.append(seconds)
        act = next(self._rounds, None)
        if act is None:
            return True
        act()
        return False

    def take_reload(self) -> bool:
        return False


@pytest.fixture
def manager(tmp_path: Path) -> Any:
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        channel.bind(str(path))
        channel.setblocking(False)
        yield SimpleNamespace(path=path, channel=channel)


def pings(manager: Any) -> int:
    """How many times the watchdog was fed since the last look."""
    count = 0
    while True:
        try:
            count += manager.channel.recv(4096).count(b"WATCHDOG=1")
        except BlockingIOError:
            return count


def test_a_hung_loop_starves_the_watchdog_until_it_goes_on(manager: Any) -> None:
    """One real loop in one step beyond its patience; nobody feeds on its behalf."""
    clock, events, fed = FakeClock(), EventLog(), list[int]()
    loop = Loop(step=Step("lane-1", lambda: 60.0, 30.0), clock=clock, emit=events)
    loop._thread = SimpleNamespace(is_alive=lambda: True)  # type: ignore[assignment]

    def stuck() -> list[str]:
        return [] if loop.is_alive() else [loop.name]

    def note() -> None:
        fed.append(pings(manager))

    def enter() -> None:
        note()
        loop._entered_at = clock.monotonic()

    def hang() -> None:
        note()
        clock.advance(31)

    def go_on() -> None:
        note()
        loop._entered_at = None

    environ = {
        "NOTIFY_SOCKET": str(manager.path),
        "WATCHDOG_USEC": "120000000",
        "WATCHDOG_PID": str(os.getpid()),
    }
    daemon = Daemon(
        settings=SimpleNamespace(),  # type: ignore[arg-type]  # the part that is used
        parts=SimpleNamespace(bus=events),  # type: ignore[arg-type]
        resources=SimpleNamespace(),  # type: ignore[arg-type]
    )
    daemon._supervise(
        Rounds([enter, hang, note, note, go_on, note, note]),  # type: ignore[arg-type]
        SystemdNotifier(environ=environ, monotonic=clock.monotonic),
        SimpleNamespace(stuck=stuck, status=a_status),  # type: ignore[arg-type]
    )

    assert fed == [0, 1, 0, 0, 0, 1, 1]
    [event] = events.named("trouble")
    assert "lane-1" in event.reason  # type: ignore[attr-defined]
