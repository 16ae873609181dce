"""`phototagd similar`: photos that show much the same as one."""

from pathlib import Path
from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.found import Csv, Form, Limit, Paths, Scores, Zero
from phototagd.cli.naming import absolute
from phototagd.cli.reaching import control_of
from phototagd.domain.errors import PhotoError
from phototagd.rules.wire.showing import readable

File = Annotated[Path, typer.Argument(metavar="FILE", help="The photo.")]


def similar(
    ctx: typer.Context,
    file: File,
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
    """Find photos that mean the same as one; without an embedding model, that share its words."""
    form = Form(as_json=as_json, as_csv=as_csv, paths=paths, null=null, scores=scores)
    path = absolute(file)
    with control_of(ctx, settings, state_dir) as control:
        found = control.similar(path, limit=limit)
    if found is None:
        raise PhotoError(f"{readable(path)}: nothing is known of it")
    form.print(found)
    return exits.OK
