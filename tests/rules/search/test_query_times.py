"""Times in queries: each phrase with the half-open range it means on 20 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.search import Taken
from phototagd.rules.search.query_board import Board
from phototagd.rules.search.query_times import take_times

TODAY = date(2026, 11, 20)
RANGES = """
去年 | 2025-01-01 | 2026-01-01
前年 | 2024-01-01 | 2025-01-01
上个月 | 2026-10-01 | 2026-11-01
上周末 | 2026-11-14 | 2026-11-16
三天前 | 2026-11-17 | 2026-11-18
两年前 | 2024-01-01 | 2025-01-01
去年夏天 | 2025-06-01 | 2025-09-01
今年春节 | 2026-02-16 | 2026-02-24
2027年春节 | 2027-02-05 | 2027-02-13
2023年 | 2023-01-01 | 2024-01-01
2023年7月 | 2023-07-01 | 2023-08-01
2023年7月初 | 2023-07-01 | 2023-07-11
二零二三年 | 2023-01-01 | 2024-01-01
去年国庆 | 2025-10-01 | 2025-10-08
最近一个月 | 2026-10-20 | 2026-11-21
2019年到2021年 | 2019-01-01 | 2022-01-01
去年7月15日 | 2025-07-15 | 2025-07-16
2024年中秋 | 2024-09-17 | 2024-09-20
2024年端午节 | 2024-06-10 | 2024-06-13
前年冬天滑雪 | 2024-12-01 | 2025-03-01
80年代 | 1980-01-01 | 1990-01-01
2015年之前的照片 | 0001-01-01 | 2015-01-01
上上周 | 2026-11-02 | 2026-11-09
上周三 | 2026-11-11 | 2026-11-12
昨天 | 2026-11-19 | 2026-11-20
今年上半年 | 2026-01-01 | 2026-07-01
2020年以来 | 2020-01-01 | 2026-11-21
last year | 2025-01-01 | 2026-01-01
last summer | 2026-06-01 | 2026-09-01
last winter | 2025-12-01 | 2026-03-01
in 2023 | 2023-01-01 | 2024-01-01
last month | 2026-10-01 | 2026-11-01
last week | 2026-11-09 | 2026-11-16
yesterday | 2026-11-19 | 2026-11-20
the day before yesterday | 2026-11-18 | 2026-11-19
3 days ago | 2026-11-17 | 2026-11-18
two years ago | 2024-01-01 | 2025-01-01
July 2023 | 2023-07-01 | 2023-08-01
summer 2019 | 2019-06-01 | 2019-09-01
last christmas | 2025-12-24 | 2025-12-27
last weekend | 2026-11-14 | 2026-11-16
between 2019 and 2021 | 2019-01-01 | 2022-01-01
the 90s | 1990-01-01 | 2000-01-01
the 2010s | 2010-01-01 | 2020-01-01
photos from July 2023 in Paris | 2023-07-01 | 2023-08-01
photos of the dog last summer at the beach | 2026-06-01 | 2026-09-01
past 6 months | 2026-05-20 | 2026-11-21
winter of 2022 | 2022-12-01 | 2023-03-01
christmas 2021 | 2021-12-24 | 2021-12-27
easter 2024 | 2024-03-29 | 2024-04-02
thanksgiving 2025 | 2025-11-27 | 2025-12-01
mother's day 2025 | 2025-05-11 | 2025-05-12
since 2020 | 2020-01-01 | 2026-11-21
after 2020 | 2021-01-01 | 2026-11-21
before 2010 | 0001-01-01 | 2010-01-01
last friday | 2026-11-13 | 2026-11-14
July 4th, 2019 | 2019-07-04 | 2019-07-05
4 July 2019 | 2019-07-04 | 2019-07-05
2019-07-04 | 2019-07-04 | 2019-07-05
summer of last year | 2025-06-01 | 2025-09-01
"""
CASES = [tuple(part.strip() for part in line.split("|")) for line in RANGES.strip().splitlines()]


def times(text: str, today: date = TODAY) -> list[Taken]:
    board = Board(text)
    take_times(board, today)
    return [piece.wish for piece in board.in_order() if isinstance(piece.wish, Taken)]


@pytest.mark.parametrize(("text", "start", "end"), CASES, ids=[case[0] for case in CASES])
def test_a_phrase_means_one_range(text: str, start: str, end: str) -> None:
    [taken] = times(text)
    [span] = taken.spans

    assert (str(span.start.date()), str(span.end.date())) == (start, end)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("7月的樱花", (7,)),
        ("in July", (7,)),
        ("夏天", (6, 7, 8)),
        ("kids in winter", (1, 2, 12)),
        ("秋季", (9, 10, 11)),
    ],
)
def test_without_a_year_every_year_is_meant(text: str, months: tuple[int, ...]) -> None:
    [taken] = times(text)

    assert taken.months == months


def test_a_holiday_without_a_year_is_that_of_every_year() -> None:
    [taken] = times("春节全家福")

    assert {span.start.year for span in taken.spans} == set(range(1970, 2027))


@pytest.mark.parametrize("today", [date(1969, 7, 21), date(1, 1, 1)])
@pytest.mark.parametrize("text", ["春节", "in the snow at christmas"])
def test_before_the_calendars_begin_no_holiday_is_meant(text: str, today: date) -> None:
    assert times(text, today) == []


@pytest.mark.parametrize(
    "text", ["月饼", "圣诞树", "christmas tree", "月亮", "2000px", "spring roll", "may be", "March"]
)
def test_words_that_only_look_like_times_are_left_alone(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize("text", ["2023年2月31日", "2023-13-40", "31 february 2023", "2023年99月"])
def test_of_a_day_that_no_calendar_has_at_most_the_month_is_read(text: str) -> None:
    for taken in times(text):
        assert all(span.end - span.start >= timedelta(days=28) for span in taken.spans)
        assert all(span.start.year == 2023 for span in taken.spans)


@given(
    st.text(alphabet="去前今年月日春节0123456789 上周last-ago年代sin初", max_size=24), st.dates()
)
def test_any_text_on_any_day_gives_ordered_ranges(text: str, today: date) -> None:
    for taken in times(text, today):
        assert all(span.start < span.end for span in taken.spans)
