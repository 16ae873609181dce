"""What commands need from the rest of the house; tests bring their own."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from phototagd.adapters.control_client import ControlClient
from phototagd.domain.rebuilding import RebuildProgress, Rebuilt
from phototagd.domain.status import StatusReport
from phototagd.ports import Control, Listener
from phototagd.settings import Settings

SOCKET_NAME = "control.sock"


class Runner(Protocol):
    """A daemon that is put together and not yet running."""

    def serve(self) -> int:
        """Run until a signal ends it; the exit code."""
        ...

    def run_once(
        self, *, wait_seconds: float, progress: Callable[[StatusReport], None] | None
    ) -> int:
        """Work until nothing is left to do; the exit code."""
        ...

    def close(self) -> None:
        """Give everything back."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Where commands reach the daemon, or take its place."""

    environ: Mapping[str, str]
    build: Callable[[Settings, Sequence[Listener]], Runner]
    offline: Callable[[Settings], AbstractContextManager[Control]]
    connect: Callable[[Path], ControlClient | None]
    rebuild: Callable[[Settings, Callable[[RebuildProgress], None]], Rebuilt]
    sleep: Callable[[float], None]
    monotonic: Callable[[], float]


def real_house() -> House:
    """The house as it is on this machine."""
    return House(
        environ=os.environ,
        build=_build,
        offline=_offline,
        connect=ControlClient.find,
        rebuild=_rebuild,
        sleep=time.sleep,
        monotonic=time.monotonic,
    )


def _build(settings: Settings, listeners: Sequence[Listener]) -> Runner:
    from phototagd.app.daemon import Daemon  # noqa: PLC0415 -- most commands never need its libraries

    return Daemon.build(settings, listeners=listeners)


def _offline(settings: Settings) -> AbstractContextManager[Control]:
    from phototagd.app.offline import offline_control  # noqa: PLC0415 -- as above

    return offline_control(settings)


def _rebuild(settings: Settings, progress: Callable[[RebuildProgress], None]) -> Rebuilt:
    from phototagd.app.rebuilding import rebuild  # noqa: PLC0415 -- as above

    return rebuild(settings, progress)
