"""`phototagd web setup`: a password and an address, so that the household can look too."""

import sys
import tomllib
from pathlib import Path
from typing import Annotated

import typer

from phototagd.adapters.door_keys import KEYS_FOLDER, FileDoorKeys
from phototagd.cli import exits, flags
from phototagd.cli.printing import print_lines
from phototagd.domain.errors import ConfigError
from phototagd.rules.service.loopback import is_loopback
from phototagd.rules.service.settings_text import with_value
from phototagd.settings import Settings

SHORTEST_PASSWORD = 8
EVERYWHERE = "0.0.0.0:8420"

_IN_THE_OPEN = (
    "It is not encrypted on its way: keep it inside your home, or put a server with TLS before it."
)

FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]
Where = Annotated[
    str | None,
    typer.Option(metavar="HOST:PORT", help=f"Where to listen; {EVERYWHERE} is the home network."),
]


def setup(
    ctx: typer.Context,
    *,
    password_stdin: FromStdin = False,
    listen: Where = None,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Set the gallery's password and the address where it is served.

    The password takes effect at once and logs everybody out; a new address when the daemon is
    started again.
    """
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else _asked_password()
    if len(password) < SHORTEST_PASSWORD:
        raise ConfigError(f"the password must have {SHORTEST_PASSWORD} characters or more")
    address = listen or chosen.web.listen
    if not (listen or password_stdin):
        address = typer.prompt(
            f"Listen on ({EVERYWHERE} for the home network)", default=address or EVERYWHERE
        )
    checked = flags.settings_of(ctx, settings, state_dir=state_dir, web__listen=address)
    FileDoorKeys(folder=checked.state_dir / KEYS_FOLDER).set_password(password)
    print_lines(["The password is set."])
    if address != chosen.web.listen:
        print_lines(_told_address(chosen, address))
    if not is_loopback(address.rpartition(":")[0]):
        print_lines([_IN_THE_OPEN])
    return exits.OK


def _asked_password() -> str:
    answer: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return answer


def _told_address(settings: Settings, address: str) -> list[str]:
    """Write the address into the settings file, if there is one."""
    file = settings.origin.file
    if file is None:
        return [f"Start the daemon with: --listen {address}"]
    _write_address(file, address)
    return [f"{file} says web.listen = {address!r} now; start the daemon again."]


def _write_address(file: Path, address: str) -> None:
    try:
        text = file.read_text("utf-8")
        changed = with_value(text, "web", "listen", address)
        expected = tomllib.loads(text)
        expected["web"] = {**expected.get("web", {}), "listen": address}
        if tomllib.loads(changed) != expected:
            raise ConfigError(f'{file}: write listen = "{address}" below [web] yourself')
        file.write_text(changed, "utf-8")
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            f'{file}: cannot be changed ({error}); write listen = "{address}" below [web] yourself'
        ) from error
