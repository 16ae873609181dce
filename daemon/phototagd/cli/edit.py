"""`phototagd edit`: a person's own words, and a person's verdict on ours."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from phototagd.cli import flags
from phototagd.cli.naming import absolute
from phototagd.cli.obedience import finish
from phototagd.cli.reaching import reached
from phototagd.domain.amending import PersonsEdit

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Photos, not sidecars."),
]
Words = Annotated[
    list[str] | None,
    typer.Option(
        "--add-keyword", "-a", metavar="WORD", help="A keyword, or a path as in Animals|Dog."
    ),
]
Unwanted = Annotated[
    list[str] | None,
    typer.Option("--remove-keyword", "-r", metavar="WORD", help="Never to be offered again."),
]
Caption = Annotated[
    str | None, typer.Option(metavar="TEXT", help='Your caption; "" for none, ever.')
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")]


class Verdict(StrEnum):
    """A person's word on whether a photo may be shown."""

    YES = "yes"
    NO = "no"


Private = Annotated[
    Verdict | None, typer.Option(help="Whether the photo is private, whatever a model thinks.")
]


def edit(
    ctx: typer.Context,
    files: Files,
    *,
    add_keyword: Words = None,
    remove_keyword: Unwanted = None,
    caption: Caption = None,
    private: Private = None,
    dry_run: DryRun = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Change keywords, caption or privacy in the sidecars of all copies of these photos.

    What you add is yours and stays; what you take out is not offered again. To accept a word
    of the model for good, add it.
    """
    wanted = PersonsEdit(
        add=tuple(add_keyword or ()),
        remove=tuple(remove_keyword or ()),
        caption=caption,
        is_private=None if private is None else private is Verdict.YES,
    )
    if wanted == PersonsEdit():
        raise typer.BadParameter("say what to change: a keyword, the caption or --private")
    house = flags.house_of(ctx)
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    paths = list(dict.fromkeys(absolute(file) for file in files))
    with reached(house, chosen) as control:
        amendment = control.edit(paths, wanted, dry_run=dry_run)
        return finish(house, control, amendment, verb="edited", as_json=as_json)
