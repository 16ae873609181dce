"""`phototagd undo`: our words out of the sidecars, everybody else's stay."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.moments import moment
from phototagd.cli.naming import absolute
from phototagd.cli.obedience import finish
from phototagd.cli.plans import plan_lines
from phototagd.cli.printing import print_lines
from phototagd.cli.reaching import reached
from phototagd.domain.amending import UndoOrder

Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FILE", help="Photos, not sidecars.", show_default=False),
]
Since = Annotated[
    str | None,
    typer.Option(metavar="WHEN", help="What was written since: 2026-05-01, 2h, 3d, 1w."),
]
ByModel = Annotated[
    str, typer.Option("--model", metavar="NAME", help="What this model said.", show_default=False)
]
Recipe = Annotated[
    str, typer.Option(metavar="KEY", help="What this recipe gave.", show_default=False)
]
Library = Annotated[
    Path | None, typer.Option(metavar="DIR", help="In this library.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


def undo(
    ctx: typer.Context,
    files: Files = None,
    *,
    since: Since = None,
    model: ByModel = "",
    recipe: Recipe = "",
    library: Library = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Take out of the sidecars what phototagd put in; photos that fit all that is said.

    A sidecar that nobody else changed is again what it was, byte for byte, or gone if it was
    not there. Words of people and other programs stay. Nothing is written beside these photos
    again until you ask for it: phototagd tag FILE.
    """
    order = UndoOrder(
        files=tuple(dict.fromkeys(absolute(file) for file in files or ())),
        since=_since(since),
        model=model,
        recipe=recipe,
        library=b"" if library is None else absolute(library),
    )
    if order.is_empty:
        raise typer.BadParameter("say which photos: FILE, --since, --model, --recipe or --library")
    house = flags.house_of(ctx)
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    with reached(house, chosen) as control:
        if not dry_run and not yes and not order.files:
            plan = control.undo(order, dry_run=True)
            print_lines(() if as_json else plan_lines(plan))
            if plan["count"] and not typer.confirm(f"Undo {plan['count']} photos?", err=True):
                return exits.DEAD
        amendment = control.undo(order, dry_run=dry_run)
        return finish(house, control, amendment, verb="undone", as_json=as_json)


def _since(text: str | None) -> datetime | None:
    try:
        return None if text is None else moment(text, datetime.now(UTC))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--since") from error
