"""`phototagd run`: the daemon itself."""

from pathlib import Path
from typing import Annotated

import typer

from phototagd.adapters.clock import SystemClock
from phototagd.cli import flags
from phototagd.cli.house import House
from phototagd.cli.printing import print_trouble
from phototagd.cli.status_text import ending_lines
from phototagd.cli.work_bar import WorkBar
from phototagd.domain.errors import ConfigError
from phototagd.domain.events import SettingDoubted
from phototagd.log import LogListener, logging_to_stderr
from phototagd.settings import Settings, attended, doubts

_WAIT_SECONDS = 30.0

Folders = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FOLDER",
        exists=True,
        file_okay=False,
        help="Watch these folders instead of those in the settings.",
        show_default=False,
    ),
]
Once = Annotated[bool, typer.Option("--once", help="Tag what is there, then end.")]
Wait = Annotated[
    float | None,
    typer.Option(
        min=0,
        metavar="SECONDS",
        help="With --once: wait so long for a model server that is away (default 30).",
    ),
]


def run(
    ctx: typer.Context,
    folders: Folders = None,
    *,
    once: Once = False,
    wait: Wait = None,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
    model: flags.Model = None,
    url: flags.Url = None,
    engine: flags.Engine = None,
    listen: flags.Listen = None,
    log_level: flags.LogLevel = None,
    log_format: flags.LogFormat = None,
) -> int:
    """Watch folders and write a sidecar for every photo.

    Ends on SIGTERM or Ctrl-C and gives back what is running; reads log level and schedules
    again on SIGHUP.
    """
    if wait is not None and not once:
        raise typer.BadParameter("is for --once only", param_hint="--wait")
    chosen = flags.settings_of(
        ctx,
        settings,
        library=[{"path": str(folder)} for folder in folders] if folders else None,
        state_dir=state_dir,
        model__name=model,
        model__url=url,
        model__engine=engine,
        web__listen=listen,
        log__level=log_level,
        log__format=log_format,
    )
    _refuse_nothing_to_do(chosen)
    wait_seconds = _WAIT_SECONDS if wait is None else wait
    return _start(flags.house_of(ctx), chosen, wait_seconds if once else None)


def _start(house: House, settings: Settings, wait_seconds: float | None) -> int:
    """Serve until a signal; with `wait_seconds`, work once."""
    with logging_to_stderr(level=settings.log.level, style=settings.log.format):
        log = LogListener(clock=SystemClock())
        for doubt in doubts(settings):
            log(SettingDoubted(key=doubt.key, reason=doubt.reason, remedy=doubt.remedy))
        daemon = house.build(settings if wait_seconds is None else attended(settings), [log])
        try:
            if wait_seconds is None:
                return daemon.serve()
            with WorkBar() as bar:
                code = daemon.run_once(wait_seconds=wait_seconds, progress=bar)
            if code and bar.last is not None:
                print_trouble(*ending_lines(bar.last))
            return code
        finally:
            daemon.close()


def _refuse_nothing_to_do(settings: Settings) -> None:
    if not settings.library:
        where = settings.origin.file or "a settings file"
        raise ConfigError(
            f"library is missing: name a folder (phototagd run FOLDER) or write [[library]] "
            f"into {where}"
        )
