"""Spans of the calendar: years, months, seasons, holidays."""

import calendar
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from phototagd.domain.search import Span
from phototagd.rules.search import lunar

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The first month of each, as meteorologists count in the northern half of the world."""

_DAY = timedelta(days=1)
_THURSDAY, _SUNDAY = 3, 6

# First day and length in days, for holidays that stand still.
_FIXED = {
    "new year": (1, 1, 1),
    "valentine's day": (2, 14, 1),
    "women's day": (3, 8, 1),
    "qingming": (4, 4, 3),
    "labour day": (5, 1, 5),
    "children's day": (6, 1, 1),
    "summer holidays": (7, 1, 62),
    "national day": (10, 1, 7),
    "halloween": (10, 31, 1),
    "winter holidays": (1, 15, 35),
    "new year's eve": (12, 31, 1),
    "christmas": (12, 24, 3),
}
# Days of the Chinese calendar: table, days before, length in days.
_LUNAR: Mapping[str, tuple[Mapping[int, date], int, int]] = {
    "spring festival": (lunar.NEW_YEAR, -1, 8),
    "chinese new year's eve": (lunar.NEW_YEAR, -1, 1),
    "lantern festival": (lunar.NEW_YEAR, 14, 1),
    "dragon boat festival": (lunar.DRAGON_BOAT, 0, 3),
    "mid-autumn festival": (lunar.MID_AUTUMN, 0, 3),
}
# The n-th weekday of a month: month, weekday, n, length in days.
_WEEKDAY = {
    "mother's day": (5, _SUNDAY, 2, 1),
    "father's day": (6, _SUNDAY, 3, 1),
    "thanksgiving": (11, _THURSDAY, 4, 4),
}


def days(start: date, end: date) -> Span:
    """From one midnight until before another."""
    return Span(datetime.combine(start, time()), datetime.combine(end, time()))


def day(at: date, count: int = 1) -> Span:
    """So many days from one on."""
    return days(at, at + count * _DAY)


def years(first: int, last: int | None = None) -> Span:
    """Whole years."""
    end = (last or first) + 1
    return days(date(first, 1, 1), date(end, 1, 1) if end <= date.max.year else date.max)


def months_later(at: date, count: int) -> date:
    """The first day of the month so many months after that of `at`."""
    year, month = divmod(at.year * 12 + at.month - 1 + count, 12)
    return date(year, month + 1, 1)


def month(year: int, number: int, count: int = 1) -> Span:
    """So many whole months from one on."""
    first = date(year, number, 1)
    return days(first, months_later(first, count))


def season(year: int, name: str) -> Span:
    """Three months; winter ends in the next year."""
    return month(year, SEASONS[name], 3)


def season_months(name: str) -> tuple[int, ...]:
    """The months of a season in any year."""
    first = SEASONS[name]
    return tuple(sorted((first + step - 1) % 12 + 1 for step in range(3)))


def holiday(year: int, name: str) -> Span | None:
    """A holiday in a year; None where its day is not known."""
    if name in _FIXED:
        number, first, count = _FIXED[name]
        return day(date(year, number, first), count)
    if name in _LUNAR:
        table, offset, count = _LUNAR[name]
        return day(table[year] + offset * _DAY, count) if year in table else None
    if name in _WEEKDAY:
        number, weekday, nth, count = _WEEKDAY[name]
        return day(_nth(year, number, weekday, nth), count)
    return day(_easter(year) - 2 * _DAY, 4)  # from Good Friday to Monday


def back(at: date, count: int, unit: str) -> date:
    """So many days, weeks, months or years before; at the month's end the last day there is."""
    if unit in {"day", "week"}:
        return at - count * (_DAY if unit == "day" else 7 * _DAY)
    first = months_later(at, -count * (12 if unit == "year" else 1))
    last = calendar.monthrange(first.year, first.month)[1]
    return first.replace(day=min(at.day, last))


def around(at: date, unit: str) -> Span:
    """The day, week (from Monday), month or year that a day lies in."""
    match unit:
        case "day":
            return day(at)
        case "week":
            return day(at - at.weekday() * _DAY, 7)
        case "month":
            return month(at.year, at.month)
        case _:
            return years(at.year)


def _nth(year: int, number: int, weekday: int, nth: int) -> date:
    first = date(year, number, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * _DAY


def _easter(year: int) -> date:
    """Western Easter Sunday, by the anonymous Gregorian algorithm (Meeus, ch. 8)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, leap_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    short_leaps, short_rest = divmod(rest, 4)
    weekday = (32 + 2 * leap_rest + 2 * short_leaps - epact - short_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    number, first = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, number, first + 1)
