"""When is the whole store to be read, and when is its disk too slow to promise anything?"""

from datetime import datetime, timedelta

EVERY = timedelta(days=7)
PATIENCE = timedelta(days=7)
SLOW_COMMIT_SECONDS = 0.2
"""A spinning disk syncs in 10 to 30 ms; at 200 ms five photos a second are all there can be."""


def is_inspection_due(last: datetime | None, now: datetime, *, is_idle: bool) -> bool:
    """A week after the last one, as soon as nothing else is to be done; after two, anyway.

    A last one in the future was made by a wrong clock. A new store is looked at when idle.
    """
    if last is None or last > now:
        return is_idle
    return now - last >= (EVERY if is_idle else EVERY + PATIENCE)


def is_slow(commit_seconds: float | None) -> bool:
    """Whether commits of this median are a trouble."""
    return commit_seconds is not None and commit_seconds > SLOW_COMMIT_SECONDS
