"""`phototagd pause`, `resume` and `rescan`: orders that only a running daemon can take."""

from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.printing import print_lines
from phototagd.cli.reaching import running

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
