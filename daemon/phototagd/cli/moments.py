"""A moment as a person types it: a date, a date and time, or how long ago."""

import re
from datetime import UTC, datetime, timedelta

_AGO = re.compile(r"(\d+)\s*(min|m|h|d|w)", re.IGNORECASE)
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def moment(text: str, now: datetime) -> datetime:
    """`2026-05-01`, `2026-05-01T18:30` on this machine's clock, or `90m`, `2h`, `3d`, `1w` ago.

    Raises ValueError for anything else.
    """
    ago = _AGO.fullmatch(text.strip())
    if ago is not None:
        try:
            return now - timedelta(**{_UNITS[ago[2].lower()]: int(ago[1])})
        except OverflowError as error:
            raise ValueError(f"{text} is longer ago than there is time") from error
    try:
        return datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is no moment: write 2026-05-01, or 2h, 3d, 1w") from error
