"""Which of a camera's statements about a photo can be believed?

EXIF 2.32 (CIPA DC-008): times are text without zone, offsets and coordinates stand apart.
"""

import math
import re
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

FIRST_PHOTOGRAPH = 1826
"""Year of the first photograph; earlier dates are dead clocks and zeroed fields."""

_MAX_TEXT = 200
_MAX_OFFSET = timedelta(hours=15)
_TIME = re.compile(r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2}))?")
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")


def taken_at(time: str, offset: str) -> datetime | None:
    """`DateTimeOriginal` with `OffsetTimeOriginal`: aware with an offset, else naive.

    None for what is no date or lies before photography.
    """
    match = _TIME.match(time.strip("\0 "))
    if match is None:
        return None
    try:
        when = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:
        return None
    return when.replace(tzinfo=_zone(offset)) if when.year >= FIRST_PHOTOGRAPH else None


def position(
    latitude: Sequence[float], south: str, longitude: Sequence[float], west: str
) -> tuple[float, float] | None:
    """Degrees from degrees, minutes, seconds and the hemisphere letters, WGS 84.

    None for values out of range, not finite (0/0 in the file) or without a hemisphere, and
    for 0° 0°, which is what receivers without a fix write.
    """
    lat = _degrees(latitude, south, "NS", 90.0)
    lon = _degrees(longitude, west, "EW", 180.0)
    if lat is None or lon is None or (lat == 0.0 and lon == 0.0):
        return None
    return lat, lon


def plain_text(value: str) -> str:
    """A camera's text without padding and control characters, of bearable length."""
    printable = "".join(c if c.isprintable() else " " for c in value.split("\0", maxsplit=1)[0])
    return " ".join(printable.split())[:_MAX_TEXT]


def _zone(offset: str) -> timezone | None:
    text = offset.strip("\0 ")
    if text in {"Z", "z"}:
        return timezone(timedelta())
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    if ahead > _MAX_OFFSET:
        return None
    return timezone(-ahead if sign == "-" else ahead)


def _degrees(parts: Sequence[float], letter: str, letters: str, limit: float) -> float | None:
    hemisphere = letter.strip("\0 ").upper()[:1]
    if not hemisphere or hemisphere not in letters or not 1 <= len(parts) <= len("dms"):
        return None
    degrees = [part / float(60**power) for power, part in enumerate(parts)]
    if not all(0 <= part <= limit for part in degrees):
        return None
    value = math.fsum(degrees)
    if value > limit:
        return None
    return -value if hemisphere == letters[1] else value
