"""A house around a fake daemon: commands run in the test's own process."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from doubles.control import FakeControl
from phototagd.cli import main
from phototagd.cli.house import House
from phototagd.domain.errors import PhototagdError
from phototagd.domain.rebuilding import RebuildProgress, Rebuilt
from phototagd.domain.status import StatusReport
from phototagd.ports import Control, Listener
from phototagd.settings import Settings


class FakeRunner:
    """A daemon that ends at once with `code`."""

    def __init__(self) -> None:
        self.code = 0
        self.error: BaseException | None = None
        self.settings: Settings | None = None
        self.listeners: Sequence[Listener] = ()
        self.done: list[str] = []
        self.reports: list[StatusReport] = []

    def build(self, settings: Settings, listeners: Sequence[Listener]) -> "FakeRunner":
        self.settings, self.listeners = settings, listeners
        if isinstance(self.error, PhototagdError):
            raise self.error
        return self

    def serve(self) -> int:
        self.done.append("serve")
        if self.error:
            raise self.error
        return self.code

    def run_once(
        self, *, wait_seconds: float, progress: Callable[[StatusReport], None] | None
    ) -> int:
        self.done.append(f"once {wait_seconds:g}")
        assert progress is not None
        for report in self.reports:
            progress(report)
        return self.code

    def close(self) -> None:
        self.done.append("close")


class FakeHouse:
    """Runs commands against one fake control, offline unless a daemon is put in `client`."""

    def __init__(self, tmp_path: Path, environ: Mapping[str, str] | None = None) -> None:
        self.state_dir = tmp_path / "state"
        self.environ = {"PHOTOTAGD_STATE_DIR": str(self.state_dir), **(environ or {})}
        self.control = FakeControl()
        self.runner = FakeRunner()
        self.client: Any = None
        self.rebuilt = Rebuilt(progress=RebuildProgress(), aside=None, forgotten=())
        self.slept = 0.0
        self.interrupt_after: int | None = None

    def run(self, *arguments: str) -> int:
        """The exit code of one command."""
        house = House(
            environ=self.environ,
            build=self.runner.build,
            offline=self._offline,
            connect=lambda _: self.client,
            rebuild=self._rebuild,
            sleep=self._sleep,
            monotonic=lambda: self.slept,
        )
        with pytest.raises(SystemExit) as ended:
            main(arguments, house=house)
        assert isinstance(ended.value.code, int)
        return ended.value.code

    def _offline(self, settings: Settings) -> AbstractContextManager[Control]:
        @contextmanager
        def control() -> Iterator[Control]:
            assert settings.state_dir == self.state_dir
            yield self.control

        return control()

    def _rebuild(self, settings: Settings, progress: Callable[[RebuildProgress], None]) -> Rebuilt:
        assert settings.state_dir == self.state_dir
        progress(self.rebuilt.progress)
        return self.rebuilt

    def _sleep(self, seconds: float) -> None:
        self.slept += seconds
        if self.interrupt_after is not None:
            self.interrupt_after -= 1
            if self.interrupt_after < 0:
                raise KeyboardInterrupt
