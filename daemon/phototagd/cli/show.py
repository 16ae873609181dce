"""`phototagd show`: everything known of one photo."""

from pathlib import Path
from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.naming import absolute
from phototagd.cli.printing import outline, print_json, print_lines
from phototagd.cli.reaching import control_of
from phototagd.domain.errors import PhotoError
from phototagd.rules.wire.showing import readable

File = Annotated[Path, typer.Argument(metavar="FILE", help="A photo; it may be gone.")]


def show(
    ctx: typer.Context,
    file: File,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Show words, place, camera, jobs, and exactly how the model was asked and answered."""
    path = absolute(file)
    with control_of(ctx, settings, state_dir) as control:
        known = control.show(path)
    if known is None:
        raise PhotoError(f"{readable(path)}: nothing is known of it")
    if as_json:
        print_json(known)
    else:
        print_lines(outline(known))
    return exits.OK
