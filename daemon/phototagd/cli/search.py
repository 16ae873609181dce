"""`phototagd search`: photos by what they show, with the reason for each."""

from pathlib import Path
from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.found import Csv, Form, Limit, Paths, Scores, Zero
from phototagd.cli.naming import absolute
from phototagd.cli.printing import print_lines
from phototagd.cli.reaching import reached
from phototagd.cli.searches import search_to_keep
from phototagd.domain.errors import PhotoError
from phototagd.domain.search import HitOrder
from phototagd.ports import Control
from phototagd.rules.wire.showing import readable

Words = Annotated[
    list[str],
    typer.Argument(
        metavar="QUERY", help="In your own words, English or Chinese; no quotes needed."
    ),
]
Order = Annotated[HitOrder, typer.Option(help="Best first, or newest first.")]
NotThis = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Remember that this photo is not what the query means: it goes to the end for it and "
        "for queries like it.",
    ),
]
Save = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Keep this search under a name; see phototagd searches."),
]
Meant = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Forget that again, said with the same words.")
]


def search(
    ctx: typer.Context,
    words: Words,
    *,
    limit: Limit = 20,
    order: Order = HitOrder.RELEVANCE,
    not_this: NotThis = None,
    meant: Meant = None,
    save: Save = None,
    scores: Scores = False,
    as_json: flags.Json = False,
    as_csv: Csv = False,
    paths: Paths = False,
    null: Zero = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Find photos by what they show, when, where and with whom; finding nothing is no error."""
    form = Form(as_json=as_json, as_csv=as_csv, paths=paths, null=null, scores=scores)
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    text = " ".join(words)
    kept = None if save is None else search_to_keep(save, text, order)
    with reached(flags.house_of(ctx), chosen) as control:
        if kept is not None:
            control.searches.save(kept.name, kept.query, kept.order)
        if not_this is not None:
            _note(control, not_this, text, is_meant=False)
        if meant is not None:
            _note(control, meant, text, is_meant=True)
        found = None
        if not_this is None and meant is None:
            found = control.search(text, limit=limit, order=order)
    if found is not None:
        form.print(found)
    return exits.OK


def _note(control: Control, file: Path, text: str, *, is_meant: bool) -> None:
    path = absolute(file)
    if not control.not_this(path, text, is_meant=is_meant):
        why = "nobody said that it is not meant" if is_meant else "nothing is known of it"
        raise PhotoError(f"{readable(path)}: {why}")
    verdict = "may be meant again by" if is_meant else "is not what is meant by"
    print_lines([f"noted: {readable(path)} {verdict}: {text}"])
