"""`phototagd tag`: these photos, now."""

from pathlib import Path
from typing import Annotated, Any, cast

import typer

from phototagd.cli import exits, flags
from phototagd.cli.naming import absolute
from phototagd.cli.patience import Patience
from phototagd.cli.plans import photo_lines
from phototagd.cli.printing import print_json, print_lines, print_trouble
from phototagd.cli.reaching import reached
from phototagd.domain.amending import PersonsEdit
from phototagd.domain.job import JobState
from phototagd.domain.status import TagReport
from phototagd.ports import Control
from phototagd.rules.wire.reports import tag_to_json
from phototagd.rules.wire.showing import path_fields, readable

_POLL_SECONDS = 0.3

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Photos, anywhere."),
]
Wait = Annotated[
    float,
    typer.Option(min=0, metavar="SECONDS", help="Wait so long for a model server that is away."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]


def tag(
    ctx: typer.Context,
    files: Files,
    *,
    as_json: flags.Json = False,
    wait: Wait = 30.0,
    dry_run: DryRun = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
    model: flags.Model = None,
    url: flags.Url = None,
    engine: flags.Engine = None,
) -> int:
    """Tag photos before all others, inside or outside the libraries, and wait for it.

    A running daemon does it with its own settings; without one the command does it itself.
    Ends with 1 if a photo is dead, 75 if one still waits.
    """
    house = flags.house_of(ctx)
    chosen = flags.settings_of(
        ctx, settings, state_dir=state_dir, model__name=model, model__url=url, model__engine=engine
    )
    paths = list(dict.fromkeys(absolute(file) for file in files))
    patience = Patience(seconds=wait, monotonic=house.monotonic)
    with reached(house, chosen) as control:
        if dry_run:
            return _plan(control, paths, as_json=as_json)
        reports = {report.path: report for report in control.tag(paths)}
        while waiting := [path for path, report in reports.items() if not report.is_settled]:
            status = control.status()
            if patience.is_over(status, [reports[path] for path in waiting]):
                print_trouble(status.engine.reason, status.engine.remedy)
                break
            house.sleep(_POLL_SECONDS)
            reports |= {report.path: report for report in control.tagged(waiting)}
    _print([reports[path] for path in paths], as_json=as_json)
    return exit_code(list(reports.values()))


def _plan(control: Control, paths: list[bytes], *, as_json: bool) -> int:
    """Say what would be written; the model is not asked, so only known answers are known."""
    found = {path: control.diff(path) for path in paths}
    answered = [path for path, known in found.items() if known is not None and known["model"]]
    # What is written once nothing is withheld any more: an edit that changes nothing says it.
    plans = control.edit(answered, PersonsEdit(), dry_run=True)["plans"] if answered else []
    unasked = [path for path in paths if path not in answered]
    if as_json:
        print_json({"plans": plans, "asked": [path_fields(path) for path in unasked]})
        return exits.OK
    print_lines(line for plan in cast("list[Any]", plans) for line in photo_lines(plan))
    asks = "the model would be asked, and its words written into a sidecar"
    print_lines(f"{readable(path)}: {asks}" for path in unasked)
    return exits.OK


def exit_code(reports: list[TagReport]) -> int:
    """75 if a photo waits, else 1 if one cannot be tagged."""
    if not all(report.is_settled for report in reports):
        return exits.WAITING
    return exits.OK if all(r.state is JobState.DONE for r in reports) else exits.DEAD


def _print(reports: list[TagReport], *, as_json: bool) -> None:
    if as_json:
        print_json([tag_to_json(report) for report in reports])
    else:
        print_lines(line for report in reports for line in _lines(report))


def _lines(report: TagReport) -> list[str]:
    words = (report.reason, report.caption, ", ".join(report.keywords))
    head = f"{report.state.value:<9}  {readable(report.path)}"
    return [head, *(f"{'':<9}  {text}" for text in words if text)]
