"""Days of other years: every one of them once, leap days in every year."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.search.anniversaries import days_looked_back_on

DAYS = st.dates(min_value=date(1901, 1, 1), max_value=date(2399, 12, 31))


def test_leap_days() -> None:
    assert list(days_looked_back_on(date(2024, 2, 29), 2015)) == [
        date(2020, 2, 29),
        date(2016, 2, 29),
    ]
    assert list(days_looked_back_on(date(2023, 2, 28), 2019)) == [
        date(2022, 2, 28),
        date(2021, 2, 28),
        date(2020, 2, 29),
        date(2020, 2, 28),
        date(2019, 2, 28),
    ]
    assert list(days_looked_back_on(date(2024, 2, 28), 2020)) == [
        date(year, 2, 28) for year in (2023, 2022, 2021, 2020)
    ]
    assert list(days_looked_back_on(date(2023, 3, 1), 2020)) == [
        date(year, 3, 1) for year in (2022, 2021, 2020)
    ]


@given(DAYS, st.integers(1, 40))
def test_a_photo_has_exactly_one_day_of_each_later_year(taken: date, years: int) -> None:
    """On its own day; a leap day's, in years without one, the day before March."""
    year = taken.year + years
    around = date(year, taken.month, min(taken.day, 28))
    days = [around + timedelta(days=shift) for shift in range(-2, 4)]

    assert sum(taken in days_looked_back_on(day, taken.year) for day in days) == 1
    assert list(days_looked_back_on(taken, taken.year)) == []
