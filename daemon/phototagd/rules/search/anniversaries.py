"""Which days of other years does a day look back on?"""

from calendar import isleap
from collections.abc import Iterator
from datetime import date

_FEBRUARY, _LAST, _LEAP_DAY = 2, 28, 29


def days_looked_back_on(today: date, first_year: int) -> Iterator[date]:
    """The same day of every earlier year, newest first, down to `first_year`.

    29 February has anniversaries on itself, every fourth year, and is not lost in between: on
    28 February of a year without one, leap days of earlier years are looked back on as well.
    """
    for year in range(today.year - 1, max(first_year, date.min.year) - 1, -1):
        is_late = (today.month, today.day) == (_FEBRUARY, _LAST) and not isleap(today.year)
        if is_late and isleap(year):
            yield date(year, _FEBRUARY, _LEAP_DAY)
        if isleap(year) or (today.month, today.day) != (_FEBRUARY, _LEAP_DAY):
            yield today.replace(year=year)
