"""Is it time for a backup of the database? Every night, or whenever one is overdue."""

from datetime import datetime, timedelta

_NIGHT = range(2, 6)
_ONE_A_NIGHT = timedelta(hours=12)
_OVERDUE = timedelta(hours=30)  # the machine sleeps at night


def is_due(newest: datetime | None, now: datetime) -> bool:
    """Whether to make one now; `now` is local time, `newest` when the last one was made.

    A backup from the future tells of a clock that was wrong: it does not count.
    """
    if newest is None or newest > now + _ONE_A_NIGHT:
        return True
    age = now - newest
    return age >= _OVERDUE or (now.hour in _NIGHT and age >= _ONE_A_NIGHT)
