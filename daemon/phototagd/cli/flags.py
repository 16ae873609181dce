"""The options that every command understands, and the settings that follow from them."""

from pathlib import Path
from typing import Annotated, Any

import typer

from phototagd.cli.house import House
from phototagd.settings import Settings, find_settings_file, load_settings

_PANEL = "Settings (each overrides the environment and the file)"

SettingsFile = Annotated[
    Path | None,
    typer.Option("--settings", metavar="FILE", help="Read this settings file.", show_default=False),
]
StateDir = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Database and socket.", rich_help_panel=_PANEL),
]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="The model.", rich_help_panel=_PANEL)
]
Url = Annotated[
    str | None, typer.Option(metavar="URL", help="The model server.", rich_help_panel=_PANEL)
]
Engine = Annotated[
    str | None, typer.Option(metavar="ENGINE", help="ollama or none.", rich_help_panel=_PANEL)
]
Listen = Annotated[
    str | None,
    typer.Option(
        metavar="HOST:PORT", help='Gallery and health; "" for none.', rich_help_panel=_PANEL
    ),
]
LogLevel = Annotated[
    str | None,
    typer.Option(metavar="LEVEL", help="debug, info, warning, error.", rich_help_panel=_PANEL),
]
LogFormat = Annotated[
    str | None,
    typer.Option(metavar="FORMAT", help="auto, console, json.", rich_help_panel=_PANEL),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def house_of(ctx: typer.Context) -> House:
    """The house that the command acts in."""
    house = ctx.obj
    assert isinstance(house, House)
    return house


def settings_of(ctx: typer.Context, file: Path | None, **flags: Any) -> Settings:
    """The settings in force; `flags` are named as options with `__` for the dot.

    Raises ConfigError.
    """
    environ = house_of(ctx).environ
    globally = ctx.find_root().params
    named = file or globally.get("settings")
    said = {name.replace("__", "."): value for name, value in flags.items()}
    if said.get("state_dir") is None:
        said["state_dir"] = globally.get("state_dir")
    return load_settings(
        file=named or find_settings_file(environ=environ, folder=Path.cwd()),
        flags=said,
        environ=environ,
    )
