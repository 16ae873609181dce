"""`phototagd pause`, `resume`, `rescan`, `confirm`: orders for a running daemon."""

from pathlib import Path
from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.naming import absolute
from phototagd.cli.printing import print_lines
from phototagd.cli.reaching import running

Library = Annotated[
    Path | None,
    typer.Argument(help="The folder of the library; by default all that ask.", show_default=False),
]
Full = Annotated[bool, typer.Option("--full", help="Read unchanged folders too.")]


def pause(
    ctx: typer.Context, settings: flags.SettingsFile = None, state_dir: flags.StateDir = None
) -> int:
    """Leave the model alone until `resume`; the photo in work is finished."""
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    with running(flags.house_of(ctx), chosen) as daemon:
        daemon.pause()
    print_lines(["paused; go on with: phototagd resume"])
    return exits.OK


def resume(
    ctx: typer.Context, settings: flags.SettingsFile = None, state_dir: flags.StateDir = None
) -> int:
    """Go on after `pause`."""
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    with running(flags.house_of(ctx), chosen) as daemon:
        daemon.resume()
    print_lines(["going on"])
    return exits.OK


def rescan(
    ctx: typer.Context,
    *,
    full: Full = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Compare the libraries with the store now; does not wait for it."""
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    with running(flags.house_of(ctx), chosen) as daemon:
        daemon.rescan(full=full)
    print_lines(["scanning everything" if full else "scanning"])
    return exits.OK


def confirm(
    ctx: typer.Context,
    library: Library = None,
    *,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Say that photos missing at once were meant to go.

    When too much of a library is missing, the daemon believes nothing until you say so, or the
    photos are back. Their words are kept in any case, and no file is touched.
    """
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    with running(flags.house_of(ctx), chosen) as daemon:
        count = daemon.confirm(None if library is None else absolute(library))
    print_lines([f"{count:,} photos are gone" if count else "nothing is waiting for that"])
    return exits.OK
