"""How do a profile's own fields stand in a sidecar?

As flat lines, because other programs carry those through their own rewriting unharmed:
`colour=red`, with a score `suggested_categories@0.92=Kitchen > Teapots`, and translations of
keywords `dog=狗`.
"""

import re
from collections.abc import Iterable, Sequence

from phototagd.domain.tagging import Extra
from phototagd.rules.sidecars.sidecar_text import clean_line

_LINE = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(?:@(?P<score>[01](?:\.\d+)?))?=(?P<value>.+)")


def lines_of(extras: Iterable[Extra]) -> tuple[str, ...]:
    """One line for each value."""
    lines: list[str] = []
    for extra in extras:
        scores: Sequence[float | None] = extra.scores or [None] * len(extra.values)
        for value, score in zip(extra.values, scores, strict=True):
            mark = "" if score is None else f"@{score:.2f}"
            if clean := clean_line(value):
                lines.append(f"{extra.name}{mark}={clean}")
    return tuple(lines)


def extras_from(lines: Iterable[str]) -> tuple[Extra, ...]:
    """The fields that the lines hold, in their order; what is no line of ours is left out."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    for line in lines:
        match = _LINE.fullmatch(line)
        value = clean_line(match["value"]) if match else ""
        if match and value:
            found.setdefault(match["name"], []).append((value, match["score"]))
    return tuple(_extra(name, values) for name, values in found.items())


def pair_lines(pairs: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """One line for each keyword with its translation."""
    return tuple(f"{clean_line(word)}={clean_line(same)}" for word, same in pairs)


def pairs_from(lines: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The keywords with their translations."""
    parted = (line.partition("=") for line in lines)
    return tuple((word, same) for word, mark, same in parted if word and mark and same)


def _extra(name: str, values: Sequence[tuple[str, str | None]]) -> Extra:
    has_scores = all(score is not None for _, score in values)
    scores = (
        tuple(min(round(float(score or 0), 2), 1.0) for _, score in values) if has_scores else ()
    )
    return Extra(name, tuple(value for value, _ in values), scores)
