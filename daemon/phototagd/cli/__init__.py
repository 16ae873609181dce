"""One file per command group: arguments in, one call, text or JSON out."""

import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from phototagd import __version__
from phototagd.cli import exits, flags, profiles, searches, systemd, tokens, vocab, web
from phototagd.cli.ask import ask
from phototagd.cli.backup import backup, verify
from phototagd.cli.check import check
from phototagd.cli.config import config
from phototagd.cli.duplicates import duplicates
from phototagd.cli.edit import edit
from phototagd.cli.group import CommandGroup
from phototagd.cli.history import diff, history
from phototagd.cli.house import House, real_house
from phototagd.cli.jobs import jobs, retry
from phototagd.cli.orders import confirm, pause, rescan, resume
from phototagd.cli.overview import places, timeline
from phototagd.cli.rebuild import rebuild
from phototagd.cli.retag import retag
from phototagd.cli.run import run
from phototagd.cli.search import search
from phototagd.cli.show import show
from phototagd.cli.similar import similar
from phototagd.cli.status import status
from phototagd.cli.tag import tag
from phototagd.cli.undo import undo

_COMMANDS = (
    run,
    check,
    status,
    search,
    similar,
    duplicates,
    timeline,
    places,
    ask,
    tag,
    retag,
    edit,
    undo,
    history,
    diff,
    jobs,
    retry,
    pause,
    resume,
    rescan,
    confirm,
    show,
    config,
    backup,
    verify,
    rebuild,
)
_VOCAB: dict[str, Callable[..., int]] = {
    "list": vocab.words,
    "add": vocab.add,
    "merge": vocab.merge,
    "rename": vocab.rename,
    "block": vocab.block,
    "move": vocab.move,
    "import": vocab.read,
    "export": vocab.export,
    "suggest": vocab.suggest,
    "undo": vocab.undo,
}
_EPILOG = (
    "Exit codes: 0 all well, 1 some photo is dead, 2 usage, 75 photos wait because the model "
    "server is away, 78 wrong settings, 130 interrupted."
)


def main(arguments: Sequence[str] | None = None, *, house: House | None = None) -> None:
    """Run one command; always ends by SystemExit with its code."""
    command = typer.main.get_command(build())
    command(args=arguments, prog_name="phototagd", obj=house or real_house())


def build() -> typer.Typer:
    """All commands under one name."""
    app = typer.Typer(
        cls=CommandGroup,
        help="Writes what a local vision model sees in your photos into XMP sidecars.",
        epilog=_EPILOG,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    for command in _COMMANDS:
        app.command()(command)
    service = typer.Typer(help="The daemon as a systemd service.", no_args_is_help=True)
    service.callback()(_nothing)
    service.command()(systemd.install)
    app.add_typer(service, name="systemd")
    gallery = typer.Typer(help="The gallery in a browser.", no_args_is_help=True)
    gallery.callback()(_nothing)
    for door in (web.setup, tokens.token, tokens.tokens, tokens.revoke):
        gallery.command()(door)
    app.add_typer(gallery, name="web")
    app.add_typer(_vocab(), name="vocab")
    app.add_typer(_profiles(), name="profiles")
    app.add_typer(_searches(), name="searches")
    return app


def _vocab() -> typer.Typer:
    """The commands of the vocabulary."""
    group = typer.Typer(help="The words that keywords are made of.", no_args_is_help=True)
    for name, command in _VOCAB.items():
        group.command(name)(command)
    return group


def _profiles() -> typer.Typer:
    """The commands of the profiles."""
    group = typer.Typer(help="What photos are asked about.", no_args_is_help=True)
    for name, command in (
        ("list", profiles.show_list),
        ("show", profiles.show),
        ("check", profiles.check),
    ):
        group.command(name)(command)
    return group


def _searches() -> typer.Typer:
    """The commands of the searches that are kept."""
    group = typer.Typer(help="Searches that are kept under a name.", no_args_is_help=True)
    for name, command in (
        ("list", searches.show_list),
        ("show", searches.show),
        ("run", searches.run),
        ("remove", searches.remove),
    ):
        group.command(name)(command)
    return group


def _nothing() -> None:
    """Make typer keep the name of a group's only command."""


def _print_version(*, wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"phototagd {__version__}\n")
        raise typer.Exit(exits.OK)


def _root(
    *,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show it.")
    ] = False,
) -> None:
    """Options before the command hold for every command."""
