"""Photos that were found: as text for people, as JSON, CSV or paths for programs."""

import csv
import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

from phototagd.cli.printing import print_json, print_lines
from phototagd.domain.search import Chip, Found, Hit, Reason
from phototagd.rules.wire.search import found_to_json
from phototagd.rules.wire.showing import readable
from phototagd.rules.wire.tables import cell

Limit = Annotated[
    int,
    typer.Option("--limit", "-k", min=1, max=1_000_000, metavar="N", help="Show at most so many."),
]
Scores = Annotated[bool, typer.Option("--scores", help="Show the score of each photo.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print a table for spreadsheets.")]
Paths = Annotated[bool, typer.Option("--paths", help="Print paths only, one a line.")]
Zero = Annotated[bool, typer.Option("-0", "--null", help="End each path with NUL, for xargs -0.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How to print; raises BadParameter where two forms were asked for."""

    as_json: bool
    as_csv: bool
    paths: bool
    null: bool
    scores: bool

    def __post_init__(self) -> None:
        if self.as_json + self.as_csv + (self.paths or self.null) > 1:
            raise typer.BadParameter(
                "choose one form of output", param_hint="--json, --csv, --paths"
            )

    def print(self, found: Found) -> None:
        """Print an answer."""
        if self.as_json:
            print_json(found_to_json(found))
        elif self.as_csv:
            _print_csv(found.hits)
        elif self.paths or self.null:
            _print_paths(found.hits, end=b"\0" if self.null else b"\n")
        else:
            print_lines(_lines(found, scores=self.scores))


def _lines(found: Found, *, scores: bool) -> Iterator[str]:
    if found.query.chips:
        yield "understood: " + "  ".join(map(_chip, found.query.chips))
    if found.is_loose:
        yield "no photo has all of it; these have some of it:"
    for hit in found.hits:
        yield ""
        yield readable(hit.path)
        if scores:
            yield f"  score {hit.score:.4g}"
        if hit.caption:
            yield f"  {hit.caption}"
        if hit.reasons:
            yield "  " + "; ".join(map(_reason, hit.reasons))
    yield ""
    yield from _ending(found)


def _reason(reason: Reason) -> str:
    about = f"{reason.wanted}: " if reason.wanted else ""
    return f"{about}{reason.where} {reason.found}"


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
    if found.without_meaning:
        yield f"{_photos(found.without_meaning)} found by words alone so far, not by meaning"
    if found.meaning_trouble:
        yield f"by words alone: {found.meaning_trouble}"


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
        why = "; ".join(map(_reason, hit.reasons))
        taken_at = "" if hit.taken_at is None else hit.taken_at.isoformat()
        cells = (readable(hit.path), taken_at, f"{hit.score:.6g}", hit.caption, why)
        rows.writerow(map(cell, cells))
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
