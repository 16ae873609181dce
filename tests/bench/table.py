"""What `make bench` prints: one small table for each question, ready for the README."""

import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table in Markdown, under the machine and date that it holds for."""
    today = datetime.now(UTC).strftime("%Y-%m-%d")
    where = f"{os.cpu_count()} cores, Python {platform.python_version()}, {today}"
    lines = [f"\n\n**{title}** ({where})", "", _line(head), _line(["---"] * len(head))]
    sys.stdout.write("\n".join([*lines, *map(_line, rows)]) + "\n")
    sys.stdout.flush()


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(map(_shown, cells)) + " |"


def _shown(cell: object) -> str:
    if not isinstance(cell, float):
        return str(cell)
    return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.3g}"
