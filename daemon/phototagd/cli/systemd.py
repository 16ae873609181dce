"""`phototagd systemd install`: the unit for the folders of the settings."""

import os
import sys
from importlib.resources import files
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from phototagd.adapters.addresses import addresses_of
from phototagd.cli import exits, flags
from phototagd.cli.printing import print_lines
from phototagd.domain.errors import ConfigError
from phototagd.rules.service.loopback import is_loopback
from phototagd.rules.service.service_unit import Installation, unit_for
from phototagd.settings import Settings

NAME = "phototagd.service"
FOLDER = Path("/etc/systemd/system")

# Addresses that are private by RFC 1918, RFC 4193 and RFC 4291: a home network has no others.
_HOME = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10")

Print = Annotated[bool, typer.Option("--print", help="Show the unit, write nothing.")]
User = Annotated[str, typer.Option(metavar="NAME", help="Who the daemon is.")]
Group = Annotated[str, typer.Option(metavar="NAME", help="Its group, which owns the photos.")]
Into = Annotated[Path, typer.Option(metavar="FOLDER", help="Write the unit there.")]


def install(
    ctx: typer.Context,
    *,
    only_print: Print = False,
    user: User = "phototagd",
    group: Group = "media",
    into: Into = FOLDER,
    settings: flags.SettingsFile = None,
) -> int:
    """Write a hardened systemd unit that opens just the folders of the settings file.

    Run it again after adding a library or moving the model server.
    """
    chosen = flags.settings_of(ctx, settings)
    unit = unit_for(
        files("phototagd").joinpath(NAME).read_text("utf-8"), _installation(chosen, user, group)
    )
    if only_print:
        sys.stdout.write(unit)
        return exits.OK
    target = into / NAME
    _write(target, unit)
    print_lines(
        [
            f"{target} is written; now run, as root:",
            "  systemctl daemon-reload",
            "  systemctl enable --now phototagd",
        ]
    )
    return exits.OK


def _installation(settings: Settings, user: str, group: str) -> Installation:
    file = settings.origin.file
    if file is None or not settings.library:
        raise ConfigError("library is missing: a service needs a settings file with [[library]]")
    return Installation(
        program=str(Path(sys.argv[0]).resolve().with_name("phototagd")),
        settings=str(file.absolute()),
        user=user,
        group=group,
        writable=[
            str(settings.state_dir),
            *(str(library.mirror_dir or library.path) for library in settings.library),
        ],
        read=[str(library.path) for library in settings.library],
        addresses=_addresses(settings),
    )


def _addresses(settings: Settings) -> list[str]:
    """Of the model servers that are not on this machine, and of those who look at photos."""
    return [*_model_servers(settings), *(_HOME if _is_shown_to_others(settings) else ())]


def _is_shown_to_others(settings: Settings) -> bool:
    web = settings.web
    return bool(web.listen and web.gallery and not is_loopback(web.listen.rpartition(":")[0]))


def _model_servers(settings: Settings) -> list[str]:
    if settings.model.engine == "none":
        return []
    urls = [endpoint.url for endpoint in settings.endpoint] or [settings.model.url]
    hosts = [urlsplit(url).hostname or "" for url in urls]
    return [one for host in hosts if not is_loopback(host) for one in addresses_of(host)]


def _write(target: Path, text: str) -> None:
    """In one step, so that systemd never reads half a unit."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.write_text(text, "utf-8")
        part.chmod(0o644)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ConfigError(
            f"{target}: {error.strerror}; run it as root, or with --print or --into FOLDER"
        ) from error
