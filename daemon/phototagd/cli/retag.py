"""`phototagd retag`: ask again about photos that deserve it."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from phototagd.cli import exits, flags
from phototagd.cli.printing import print_json, print_lines
from phototagd.cli.reaching import reached
from phototagd.rules.search.choosing import chosen
from phototagd.rules.wire.showing import path_from, readable

Where = Annotated[
    str,
    typer.Option(
        metavar="WHICH",
        help="Which photos, as in: model != qwen3-vl* and before 2024.",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60))


def retag(
    ctx: typer.Context,
    *,
    where: Where,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Ask the model again about photos that were answered before, behind all others.

    Tests are joined by and, or, not: model, recipe, language, profile, path = …, before, after,
    tagged before …, and all fields of search (tag, category, folder, camera …). Who has an
    answer by the recipe of now is left out; old answers are kept.
    """
    try:
        chosen(where, datetime.now(UTC).astimezone().date())
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--where") from error
    chosen_settings = flags.settings_of(ctx, settings, state_dir=state_dir)
    with reached(flags.house_of(ctx), chosen_settings) as control:
        plan = control.retag(where, dry_run=True)
        if not dry_run and plan["photos"]:
            if not yes:
                print_lines(() if as_json else _lines(plan))
                if not typer.confirm(f"Ask again about {_photos(plan)}?", err=True):
                    return exits.DEAD
            plan = control.retag(where, dry_run=False)
    if as_json:
        print_json(plan)
    else:
        print_lines(_lines(plan))
    return exits.OK


def _lines(plan: Mapping[str, Any]) -> Iterator[str]:
    if not plan["photos"]:
        yield "no photo to be asked about again"
        return
    yield from (f"  {readable(path_from(example))}" for example in plan["examples"])
    rest = plan["photos"] - len(plan["examples"])
    if rest > 0:
        yield f"  and {rest} more"
    seconds = plan["seconds"]
    lasting = "for how long is not known yet" if seconds is None else f"for {_lasting(seconds)}"
    yield f"{_photos(plan)} {'queued' if plan['is_done'] else 'to ask'}, {lasting}"


def _photos(plan: Mapping[str, Any]) -> str:
    return "1 photo" if plan["photos"] == 1 else f"{plan['photos']} photos"


def _lasting(seconds: float) -> str:
    """A duration as a person says it."""
    for name, size in _UNITS:
        count = round(seconds / size)
        if seconds >= size:
            return f"about {count} {name}{'' if count == 1 else 's'}"
    return "less than a minute"
