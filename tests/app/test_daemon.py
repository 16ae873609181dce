"""The daemon as a process: ready, serving, stopped by a signal, and closed for good."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles import EventLog
from doubles.captioner import FakeCaptioner
from doubles.pictures import make_jpeg
from phototagd.adapters.instance import SOCKET_NAME
from phototagd.app.daemon import Daemon
from phototagd.domain.errors import ConfigError
from phototagd.domain.events import DaemonChanged, Event
from phototagd.settings import IntakeSettings, LibrarySettings, Settings, WebSettings


class SignalWhenReady:
    """Sends a signal as soon as the daemon says that it is ready; remembers its states."""

    def __init__(self, number: signal.Signals) -> None:
        self._number = number
        self.states: list[str] = []

    def __call__(self, event: Event) -> None:
        if isinstance(event, DaemonChanged):
            self.states.append(event.state)
            if event.state == "ready":
                signal.raise_signal(self._number)


@pytest.fixture
def settings(tmp_path: Path, photos: Path) -> Settings:
    return Settings(
        state_dir=tmp_path / "state",
        library=(LibrarySettings(path=photos, watch="scan"),),
        intake=IntakeSettings(quiet_seconds=0.01),
        web=WebSettings(listen=""),
    )


@pytest.fixture
def daemon_events() -> Iterator[EventLog]:
    before = signal.getsignal(signal.SIGTERM)
    yield EventLog()
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_signal_ends_it_in_order(
    settings: Settings, daemon_events: EventLog, number: signal.Signals, code: int
) -> None:
    """Handlers are put back, the socket is gone, and closing twice is harmless."""
    listener = SignalWhenReady(number)
    daemon = Daemon.build(
        settings,
        listeners=[listener, daemon_events],
        connect=lambda *_: FakeCaptioner(),
    )

    assert daemon.serve() == code
    daemon.close()
    daemon.close()

    assert listener.states == ["ready", "stopping", "stopped"]
    assert daemon_events.named("trouble") == []
    assert not (settings.state_dir / SOCKET_NAME).exists()


def test_once_tags_what_is_there_and_ends(
    settings: Settings, photos: Path, daemon_events: EventLog
) -> None:
    make_jpeg(photos / "a.jpg", seed=1)
    daemon = Daemon.build(settings, listeners=[daemon_events], connect=lambda *_: FakeCaptioner())
    try:
        assert daemon.run_once(wait_seconds=1.0) == 0
    finally:
        daemon.close()

    assert (photos / "a.jpg.xmp").exists()


def test_what_cannot_listen_does_not_start_and_can_be_built_again(
    settings: Settings, daemon_events: EventLog
) -> None:
    """The lock is given back whatever happens."""
    taken = settings.state_dir / SOCKET_NAME
    daemon = Daemon.build(settings, listeners=[daemon_events], connect=lambda *_: FakeCaptioner())
    taken.mkdir()
    try:
        with pytest.raises((ConfigError, OSError)):
            daemon.serve()
    finally:
        daemon.close()
    taken.rmdir()

    Daemon.build(settings, connect=lambda *_: FakeCaptioner()).close()
