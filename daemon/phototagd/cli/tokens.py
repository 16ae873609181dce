"""`phototagd web token`: secrets by which phone apps and other programs use the gallery."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from phototagd.adapters.door_keys import KEYS_FOLDER, FileDoorKeys
from phototagd.cli import exits, flags
from phototagd.cli.printing import print_lines
from phototagd.domain.errors import ConfigError
from phototagd.settings import Settings

LONGEST_NAME = 64

Name = Annotated[str, typer.Argument(metavar="NAME", help="What it is for, such as phone.")]


def token(
    ctx: typer.Context,
    name: Name,
    *,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Make a token for a program, and print it; it is shown this one time.

    The program sends it as `Authorization: Bearer …`. It holds until `phototagd web revoke
    NAME`; another one of the same name takes its place.
    """
    if not (0 < len(name) <= LONGEST_NAME and name.isprintable()):
        raise ConfigError(f"the name must have 1 to {LONGEST_NAME} visible characters")
    keys = _keys(flags.settings_of(ctx, settings, state_dir=state_dir))
    print_lines([keys.make_token(name, datetime.now(UTC))])
    return exits.OK


def tokens(
    ctx: typer.Context,
    *,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """List the tokens that hold, and when each was made."""
    made = _keys(flags.settings_of(ctx, settings, state_dir=state_dir)).tokens()
    print_lines(f"{at:%Y-%m-%d}  {name}" for name, at in sorted(made.items()))
    return exits.OK


def revoke(
    ctx: typer.Context,
    name: Name,
    *,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Make a token worthless, at once."""
    if not _keys(flags.settings_of(ctx, settings, state_dir=state_dir)).revoke_token(name):
        raise ConfigError(f"there is no token {name!r}; see `phototagd web tokens`")
    print_lines([f"The token {name} is worthless now."])
    return exits.OK


def _keys(chosen: Settings) -> FileDoorKeys:
    return FileDoorKeys(folder=chosen.state_dir / KEYS_FOLDER)
