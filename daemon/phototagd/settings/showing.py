"""The options in force and where each was written; what may change while running."""

from dataclasses import dataclass
from typing import Any

from phototagd.rules.asking.schedules import DAYS
from phototagd.settings.keys import flat
from phototagd.settings.masking import masked
from phototagd.settings.options import Settings

LIVE = frozenset(
    {
        "log.level",
        "intake.quiet_seconds",
        "intake.rescan_minutes",
        "intake.full_scan_hours",
        "schedule.active",
        *(f"schedule.{day}" for day in DAYS),
    }
)
"""The options that a running daemon takes over when it is told to reload."""


@dataclass(frozen=True, slots=True)
class Row:
    """One option in force; `value` is JSON-ready, without passwords."""

    key: str
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Keys that differ between two settings: taken over at once, or after a restart."""

    live: tuple[str, ...]
    restart: tuple[str, ...]


def effective(settings: Settings) -> list[Row]:
    """Every option in force, with its source: a file, `environment`, `flag` or `default`."""
    sources = settings.origin.sources
    return [
        Row(key, masked(value), sources.get(key, "default"))
        for key, value in flat(settings.model_dump(mode="json"))
    ]


def changes(old: Settings, new: Settings) -> Changes:
    """What is different in `new`."""
    before, after = (dict(flat(settings.model_dump(mode="json"))) for settings in (old, new))
    differing = sorted(k for k in before.keys() | after.keys() if before.get(k) != after.get(k))
    return Changes(
        live=tuple(k for k in differing if k in LIVE),
        restart=tuple(k for k in differing if k not in LIVE),
    )
