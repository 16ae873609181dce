"""`phototagd search`: photos by what they show, with the reason for each."""

import csv
import io
import os
import sys
from collections.abc import Iterable, Iterator
from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.printing import print_json, print_lines
from phototagd.cli.reaching import reached
from phototagd.domain.search import Chip, Found, Hit, HitOrder
from phototagd.rules.wire.search import found_to_json
from phototagd.rules.wire.showing import escaped, readable

Words = Annotated[
    list[str],
    typer.Argument(
        metavar="QUERY", help="In your own words, English or Chinese; no quotes needed."
    ),
]
Limit = Annotated[
    int, typer.Option(min=1, max=1_000_000, metavar="N", help="Show at most so many.")
]
Order = Annotated[HitOrder, typer.Option(help="Best first, or newest first.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print a table for spreadsheets.")]
Paths = Annotated[bool, typer.Option("--paths", help="Print paths only, one a line.")]
Zero = Annotated[bool, typer.Option("-0", "--null", help="End each path with NUL, for xargs -0.")]


def search(
    ctx: typer.Context,
    words: Words,
    *,
    limit: Limit = 20,
    order: Order = HitOrder.RELEVANCE,
    as_json: flags.Json = False,
    as_csv: Csv = False,
    paths: Paths = False,
    null: Zero = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Find photos by what they show, when, where and with whom; finding nothing is no error."""
    if as_json + as_csv + (paths or null) > 1:
        raise typer.BadParameter("choose one form of output", param_hint="--json, --csv, --paths")
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    with reached(flags.house_of(ctx), chosen) as control:
        found = control.search(" ".join(words), limit=limit, order=order)
    if as_json:
        print_json(found_to_json(found))
    elif as_csv:
        _print_csv(found.hits)
    elif paths or null:
        _print_paths(found.hits, end=b"\0" if null else b"\n")
    else:
        print_lines(_lines(found))
    return exits.OK


def _lines(found: Found) -> Iterator[str]:
    if found.query.chips:
        yield "understood: " + "  ".join(map(_chip, found.query.chips))
    if found.is_loose:
        yield "no photo has all of it; these have some of it:"
    for hit in found.hits:
        yield ""
        yield readable(hit.path)
        if hit.caption:
            yield f"  {hit.caption}"
        if hit.reasons:
            yield "  " + "; ".join(f"{r.wanted}: {r.where} {r.found}" for r in hit.reasons)
    yield ""
    yield from _ending(found)


def _ending(found: Found) -> Iterator[str]:
    shown = len(found.hits)
    if not shown:
        yield "nothing found"
    else:
        yield f"{shown} of {found.total} photos" if shown < found.total else _photos(found.total)
    if found.undated:
        yield f"{_photos(found.undated)} left out: it is not known when they were taken"
    if found.not_indexed:
        yield f"{_photos(found.not_indexed)} not indexed yet"


def _photos(count: int) -> str:
    return "1 photo" if count == 1 else f"{count} photos"


def _chip(chip: Chip) -> str:
    meant = f"not {chip.meaning}" if chip.is_negated else chip.meaning
    return f"[{chip.text}]" if meant == chip.text else f"[{chip.text} = {meant}]"


def _print_csv(hits: Iterable[Hit]) -> None:
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(("path", "taken_at", "score", "caption", "reasons"))
    for hit in hits:
        why = "; ".join(f"{r.wanted}: {r.where} {r.found}" for r in hit.reasons)
        taken_at = "" if hit.taken_at is None else hit.taken_at.isoformat()
        cells = (readable(hit.path), taken_at, f"{hit.score:.6g}", hit.caption, why)
        rows.writerow(map(escaped, cells))
    encoding = sys.stdout.encoding
    sys.stdout.write(table.getvalue().encode(encoding, "backslashreplace").decode(encoding))


def _print_paths(hits: Iterable[Hit], *, end: bytes) -> None:
    # Programs read these: the exact bytes of the names, whatever a terminal would make of them.
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    for hit in hits:
        if binary is None:
            sys.stdout.write(os.fsdecode(hit.path + end))
        else:
            binary.write(hit.path + end)
    sys.stdout.flush()
