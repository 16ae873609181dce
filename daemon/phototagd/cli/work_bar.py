"""A bar with rate and time left, on terminals only."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from phototagd.cli.status_text import pace
from phototagd.domain.status import StatusReport
from phototagd.rules.wire.showing import escaped


class WorkBar:
    """How much of the work at hand is done; silent where standard error is no terminal.

    What was done before the first report is not counted.
    """

    def __init__(self) -> None:
        self.last: StatusReport | None = None
        self._before: int | None = None
        self._progress = Progress(
            TextColumn("tagging"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pace]}", markup=False),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, pace="")

    @property
    def renderable(self) -> RenderableType:
        """The bar as a part of something else that is shown."""
        return self._progress.get_renderable()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def __call__(self, report: StatusReport) -> None:
        """Show this state, and keep it as the `last` one."""
        self.last = report
        finished = report.done + report.dead
        if self._before is None:
            self._before = finished
        done = finished - self._before
        total = done + report.queued + report.running
        waits = escaped(report.engine.reason)
        words = f"waiting: {waits}" if waits else pace(report)
        self._progress.update(self._task, completed=done, total=total, pace=words)
