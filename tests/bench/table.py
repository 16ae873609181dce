"""What `make bench` prints: one small table for each question, ready for the README."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

REPORT = Path(__file__).parents[2] / "build" / "bench.md"


@dataclass(frozen=True)
class Promise:
    """What a figure is promised to be, and whether it is: the last cell of a row."""

    target: str
    is_kept: bool

    @property
    def verdict(self) -> str:
        return "met" if self.is_kept else "**missed**"


def at_least(figure: float, bound: float) -> Promise:
    return Promise(f"≥ {bound:g}", figure >= bound)


def at_most(figure: float, bound: float) -> Promise:
    return Promise(f"≤ {bound:g}", figure <= bound)


def both(first: Promise, second: Promise) -> Promise:
    return Promise(f"{first.target}; {second.target}", first.is_kept and second.is_kept)


def begin_report() -> None:
    """The tables of this run replace those of the last one."""
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("")


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table in Markdown under the machine and date that it holds for, printed and kept.

    Rows that end in a `Promise` get its target and its verdict as further columns.
    """
    if any(isinstance(row[-1], Promise) for row in rows):
        head, rows = [*head, "target", "verdict"], [_judged(row) for row in rows]
    lines = [f"\n\n**{title}** ({_where()})", "", _line(head), _line(["---"] * len(head))]
    text = "\n".join([*lines, *map(_line, rows)]) + "\n"
    with REPORT.open("a") as report:
        report.write(text)
    sys.stdout.write(text)
    sys.stdout.flush()


def _judged(row: Sequence[object]) -> Sequence[object]:
    *cells, last = row
    if isinstance(last, Promise):
        return [*cells, last.target, last.verdict]
    return [*row, "", ""]


def _where() -> str:
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    return f"{os.cpu_count()} cores of {_processor()}, Python {platform.python_version()}, {today}"


def _processor() -> str:
    """What the kernel calls the CPU; platform knows the architecture at most."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(map(_shown, cells)) + " |"


def _shown(cell: object) -> str:
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
