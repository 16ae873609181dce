"""Commands find the daemon over its socket, or take its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles.control import FakeControl
from doubles.house import FakeHouse
from phototagd.adapters.control_client import ControlClient
from phototagd.domain.errors import Unavailable
from phototagd.web.server import WebServer


@pytest.fixture
def daemon(house: FakeHouse) -> Iterator[FakeControl]:
    house.state_dir.mkdir()
    control = FakeControl()
    path = house.state_dir / "control.sock"
    server = WebServer(control=control, health=control, control_socket=path, listen="")
    server.start()
    house.client = ControlClient.find(path)
    yield control
    server.stop()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("pause",), ("pause",)),
        (("resume",), ("resume",)),
        (("rescan",), ("rescan", False)),
        (("rescan", "--full"), ("rescan", True)),
        (("confirm",), ("confirm", None)),
        (("confirm", "/photos/2025/../"), ("confirm", b"/photos")),
        (("retry", "--dead"), ("retry", None)),
        (("status",), ("status",)),
    ],
)
def test_a_running_daemon_is_told(
    house: FakeHouse, daemon: FakeControl, arguments: tuple[str, ...], told: tuple[object, ...]
) -> None:
    """And nobody takes its place."""
    assert house.run(*arguments) == 0
    assert daemon.told == [told]
    assert house.control.told == []


@pytest.mark.parametrize("command", ["pause", "resume", "rescan", "confirm"])
def test_orders_need_a_daemon(
    house: FakeHouse, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """75: try again once one runs."""
    assert house.run(command) == 75
    assert "start it: phototagd run" in capsys.readouterr().err


def test_other_commands_do_without_one(house: FakeHouse) -> None:
    """They act on the state folder themselves."""
    assert house.run("status") == 0
    assert house.control.told == [("status",)]


def test_an_error_is_told_with_its_remedy_and_cannot_steer_the_terminal(
    house: FakeHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever a server put into it."""
    house.control.error = Unavailable("gone\x1b[2J", remedy="start it")

    assert house.run("jobs") == 75
    assert capsys.readouterr().err == "phototagd: gone\\x1b[2J\nphototagd: start it\n"


def test_completion_is_offered(house: FakeHouse, capsys: pytest.CaptureFixture[str]) -> None:
    """For the shells that typer knows."""
    assert house.run("--help") == 0
    assert "--install-completion" in capsys.readouterr().out
    assert Path.cwd() == house.state_dir.parent
