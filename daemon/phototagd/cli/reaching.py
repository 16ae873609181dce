"""The running daemon, or its place: commands do not care which."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import typer

from phototagd.adapters.control_client import ControlClient
from phototagd.cli import flags
from phototagd.cli.house import SOCKET_NAME, House
from phototagd.domain.errors import Unavailable
from phototagd.ports import Control
from phototagd.settings import Settings


def control_of(
    ctx: typer.Context, settings: Path | None, state_dir: Path | None
) -> AbstractContextManager[Control]:
    """Who answers a command with these flags; raises ConfigError for settings that cannot work."""
    return reached(flags.house_of(ctx), flags.settings_of(ctx, settings, state_dir=state_dir))


@contextmanager
def reached(house: House, settings: Settings) -> Iterator[Control]:
    """The running daemon; without one, the state folder is locked and used directly."""
    client = house.connect(settings.state_dir / SOCKET_NAME)
    if client is not None:
        with client:
            yield client
        return
    with house.offline(settings) as control:
        yield control


@contextmanager
def running(house: House, settings: Settings) -> Iterator[ControlClient]:
    """The running daemon; raises Unavailable without one."""
    client = house.connect(settings.state_dir / SOCKET_NAME)
    if client is None:
        raise Unavailable(
            f"no daemon is running for {settings.state_dir}", remedy="start it: phototagd run"
        )
    with client:
        yield client
