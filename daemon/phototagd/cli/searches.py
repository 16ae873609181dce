"""`phototagd searches`: searches that are kept under a name."""

from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.found import Csv, Form, Limit, Paths, Scores, Zero
from phototagd.cli.printing import print_json, print_lines
from phototagd.cli.reaching import control_of
from phototagd.domain.errors import PhotoError
from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder
from phototagd.ports import Control
from phototagd.rules.search.saving import kept_as
from phototagd.rules.wire.overview import search_to_json

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name it was saved under.")]


def search_to_keep(name: str, query: str, order: HitOrder) -> SavedSearch:
    """What `search --save` keeps; raises BadParameter for a name that is none."""
    try:
        return kept_as(name, query, order)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--save") from error


def show_list(
    ctx: typer.Context,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """List the searches that are kept; `phototagd search --save NAME …` keeps one."""
    with control_of(ctx, settings, state_dir) as control:
        kept = control.searches.all()
    if as_json:
        print_json([search_to_json(one) for one in kept])
    else:
        print_lines(f"{one.name}: {one.query}" for one in kept)
    return exits.OK


def show(
    ctx: typer.Context,
    name: Name,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Show one search."""
    with control_of(ctx, settings, state_dir) as control:
        kept = _named(control, name)
    if as_json:
        print_json(search_to_json(kept))
    else:
        print_lines([kept.query, f"order: {kept.order.value}"])
    return exits.OK


def run(
    ctx: typer.Context,
    name: Name,
    *,
    limit: Limit = 20,
    scores: Scores = False,
    as_json: flags.Json = False,
    as_csv: Csv = False,
    paths: Paths = False,
    null: Zero = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Search again: "last summer" is the last one, whenever it was saved."""
    form = Form(as_json=as_json, as_csv=as_csv, paths=paths, null=null, scores=scores)
    with control_of(ctx, settings, state_dir) as control:
        kept = _named(control, name)
        found = control.search(kept.query, limit=limit, order=kept.order)
    form.print(found)
    return exits.OK


def remove(
    ctx: typer.Context,
    name: Name,
    *,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Forget one search; photos are not touched."""
    with control_of(ctx, settings, state_dir) as control:
        if not control.searches.remove(name):
            raise _unknown(name)
    print_lines([f"removed: {name}"])
    return exits.OK


def _named(control: Control, name: str) -> SavedSearch:
    for kept in control.searches.all():
        if kept.name == name:
            return kept
    raise _unknown(name)


def _unknown(name: str) -> PhotoError:
    return PhotoError(f"{name}: no search is kept under this name")
