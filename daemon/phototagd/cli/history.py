"""`phototagd history` and `diff`: what was written into a sidecar, and what will be."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from phototagd.cli import exits, flags
from phototagd.cli.naming import absolute
from phototagd.cli.plans import photo_lines
from phototagd.cli.printing import print_json, print_lines
from phototagd.cli.reaching import control_of
from phototagd.domain.errors import PhotoError
from phototagd.rules.wire.showing import readable

File = Annotated[Path, typer.Argument(metavar="FILE", help="A photo, not a sidecar.")]


def history(
    ctx: typer.Context,
    file: File,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Show every change phototagd made to a photo's sidecars, newest first."""
    with control_of(ctx, settings, state_dir) as control:
        changes = control.history(absolute(file))
    if changes is None:
        raise PhotoError(f"{readable(absolute(file))}: nothing is known of it")
    if as_json:
        print_json(changes)
    else:
        print_lines(line for change in changes for line in _change(change))
    return exits.OK


def diff(
    ctx: typer.Context,
    file: File,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Show what the next write would change, and the model's words beside what stands there."""
    with control_of(ctx, settings, state_dir) as control:
        found = control.diff(absolute(file))
    if found is None:
        raise PhotoError(f"{readable(absolute(file))}: nothing is known of it")
    if as_json:
        print_json(found)
    else:
        print_lines([*photo_lines(found), *_comparison(found)])
    return exits.OK


def _change(change: Mapping[str, Any]) -> Iterator[str]:
    by = f" ({change['model']})" if change["model"] else ""
    yield f"{change['at']}  {change['cause']}{by}  {change['name']}"
    if change["added"]:
        yield f"  + {', '.join(change['added'])}"
    if change["removed"]:
        yield f"  - {', '.join(change['removed'])}"
    if change["caption_before"] != change["caption_after"]:
        before, after = change["caption_before"] or "none", change["caption_after"] or "none"
        yield f"  caption: {before} -> {after}"


def _comparison(found: Mapping[str, Any]) -> Iterator[str]:
    if found["is_withheld"]:
        yield "undone: nothing is written here until you ask: phototagd tag FILE"
    for label, words in (
        (f"{found['model'] or 'the model'} said", found["said"]),
        ("said, but not there", found["missing"]),
        ("there, but not said", found["beyond"]),
        ("taken out by a person", found["rejected"]),
    ):
        if words:
            yield f"{label}: {', '.join(words)}"
