"""What systemd is told, on a real datagram socket."""

import os
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from phototagd.adapters.systemd import SystemdNotifier


class Manager:
    """The other end of the socket."""

    def __init__(self, address: str) -> None:
        self.environ = {"NOTIFY_SOCKET": address}
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind("\0" + address[1:] if address[0] == "@" else address)
        self.socket.setblocking(False)

    def told(self) -> str:
        return self.socket.recv(4096).decode()


@pytest.fixture(params=["path", "abstract"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Manager]:
    address = {"path": str(tmp_path / "n"), "abstract": f"@phototagd-test-{os.getpid()}"}
    manager = Manager(address[request.param])
    yield manager
    manager.socket.close()


def test_the_life_of_the_daemon_is_told_in_datagrams(manager: Manager) -> None:
    """Ready, alive, status on one line, reloading with its time, stopping."""
    notifier = SystemdNotifier(environ=manager.environ, monotonic=lambda: 12.5)

    notifier.ready("2 libraries\nWATCHDOG=trigger")
    assert manager.told() == "READY=1\nSTATUS=2 libraries WATCHDOG=trigger"
    notifier.alive()
    assert manager.told() == "WATCHDOG=1"
    notifier.status("3 queued")
    assert manager.told() == "STATUS=3 queued"
    with notifier.reloading():
        assert manager.told() == "RELOADING=1\nMONOTONIC_USEC=12500000"
    assert manager.told() == "READY=1"
    notifier.stopping()
    assert manager.told() == "STOPPING=1"


@pytest.mark.parametrize("environ", [{}, {"NOTIFY_SOCKET": ""}, {"NOTIFY_SOCKET": "/gone/away"}])
def test_without_a_manager_nothing_happens(environ: dict[str, str]) -> None:
    """The daemon runs the same in a terminal."""
    notifier = SystemdNotifier(environ=environ, monotonic=lambda: 0)

    notifier.ready("here")
    notifier.stopping()

    assert notifier.watchdog_interval is None


@pytest.mark.parametrize(
    ("usec", "pid", "expected"),
    [
        ("120000000", "", timedelta(seconds=60)),
        ("120000000", "ours", timedelta(seconds=60)),
        ("120000000", "1", None),
        ("0", "", None),
        ("soon", "", None),
    ],
)
def test_the_watchdog_is_fed_twice_as_often_as_it_bites(
    usec: str, pid: str, expected: timedelta | None
) -> None:
    """Unless it watches somebody else."""
    watched = str(os.getpid()) if pid == "ours" else pid
    environ = {"WATCHDOG_USEC": usec, "WATCHDOG_PID": watched}

    assert SystemdNotifier(environ=environ, monotonic=lambda: 0).watchdog_interval == expected
