"""`phototagd status`: how far everything is."""

import sys
from contextlib import nullcontext
from typing import Annotated, NoReturn

import typer
from rich.console import Group
from rich.live import Live
from rich.text import Text

from phototagd.cli import exits, flags
from phototagd.cli.house import House
from phototagd.cli.printing import print_json, print_lines
from phototagd.cli.reaching import reached
from phototagd.cli.status_text import status_lines
from phototagd.cli.work_bar import WorkBar
from phototagd.domain.status import StatusReport
from phototagd.rules.wire.reports import status_to_json
from phototagd.rules.wire.showing import escaped
from phototagd.settings import Settings

Watch = Annotated[bool, typer.Option("--watch", help="Show it every second until Ctrl-C.")]
_INTERVAL_SECONDS = 1.0


def status(
    ctx: typer.Context,
    *,
    as_json: flags.Json = False,
    watch: Watch = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Show how many photos wait, are done or dead, and whether the model answers."""
    house = flags.house_of(ctx)
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    if watch:
        _watch(house, chosen, as_json=as_json)
    _print(_report(house, chosen), as_json=as_json)
    return exits.OK


def _report(house: House, settings: Settings) -> StatusReport:
    # Reached anew each time: a watched daemon may be stopped and started meanwhile.
    with reached(house, settings) as control:
        return control.status()


def _watch(house: House, settings: Settings, *, as_json: bool) -> NoReturn:
    """Until Ctrl-C: in place on a terminal, else one report after the other."""
    in_place = sys.stdout.isatty() and not as_json
    bar = WorkBar()
    with Live(auto_refresh=False) if in_place else nullcontext() as live:
        while True:
            report = _report(house, settings)
            if live is None:
                _print(report, as_json=as_json, on_one_line=True)
            else:
                bar(report)
                text = Text("\n".join(escaped(line) for line in status_lines(report)))
                live.update(Group(text, bar.renderable), refresh=True)
            house.sleep(_INTERVAL_SECONDS)


def _print(report: StatusReport, *, as_json: bool, on_one_line: bool = False) -> None:
    if as_json:
        print_json(status_to_json(report), on_one_line=on_one_line)
    else:
        print_lines(status_lines(report))
