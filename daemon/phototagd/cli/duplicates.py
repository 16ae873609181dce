"""`phototagd duplicates`: photos that look alike; nothing is ever deleted."""

from collections.abc import Iterator
from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.overview import Private
from phototagd.cli.printing import print_json, print_lines
from phototagd.cli.reaching import control_of
from phototagd.domain.gallery import Sight
from phototagd.domain.likeness import Alike, LikeGroup, LikeGroups, Likeness
from phototagd.rules.wire.overview import groups_to_json
from phototagd.rules.wire.showing import readable

Kind = Annotated[
    Likeness | None, typer.Option(help="Only the same file, the same picture, or bursts.")
]
Limit = Annotated[
    int,
    typer.Option(
        "--limit", "-k", min=1, max=1_000_000, metavar="N", help="At most so many groups."
    ),
]
_HEADINGS = {
    Likeness.COPIES: "the same photo under several names",
    Likeness.SIMILAR: "the same picture",
    Likeness.BURST: "a burst",
}
_MEGABYTE = 1_000_000


def duplicates(
    ctx: typer.Context,
    *,
    kind: Kind = None,
    limit: Limit = 100,
    private: Private = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """List photos that look alike, the largest first, and bursts; nothing is deleted."""
    with control_of(ctx, settings, state_dir) as control:
        sight = Sight(sees_private=private)
        found = control.overview.like_groups(kind, start=0, most=limit, sight=sight)
    if as_json:
        print_json(groups_to_json(found))
    else:
        print_lines(_lines(found))
    return exits.OK


def _lines(found: LikeGroups) -> Iterator[str]:
    for group in found.groups:
        yield from _group_lines(group)
        yield ""
    shown = len(found.groups)
    total = f"{found.total} group{'s' if found.total != 1 else ''}"
    yield f"{shown} of {total}" if shown < found.total else total
    if found.not_compared:
        photos = "1 photo" if found.not_compared == 1 else f"{found.not_compared} photos"
        yield f"{photos} not compared yet: not decoded so far"


def _group_lines(group: LikeGroup) -> Iterator[str]:
    yield _HEADINGS[group.likeness]
    for photo in group.photos:
        for copy in photo.copies:
            yield f"  {_shape(photo):>11}  {copy.size / _MEGABYTE:8.2f} MB  {readable(copy.path)}"


def _shape(photo: Alike) -> str:
    return f"{photo.width} x {photo.height}" if photo.width else "?"
