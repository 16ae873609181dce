from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.asking.schedules import Schedule, Span, spans, spoken

BERLIN = ZoneInfo("Europe/Berlin")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # changes its clocks by half an hour
MONDAY = datetime(2026, 6, 1)  # noqa: DTZ001 -- local time, as the rule reads it

minutes = st.integers(0, 24 * 60 - 1)
texts = st.lists(
    st.tuples(minutes, minutes)
    .filter(lambda pair: pair[0] != pair[1])
    .map(lambda p: f"{p[0] // 60:02}:{p[0] % 60:02}-{p[1] // 60:02}:{p[1] % 60:02}"),
    max_size=3,
).map(lambda parts: ", ".join(parts) or "never")
weeks = st.builds(
    Schedule.parse,
    texts,
    st.lists(st.none() | texts, min_size=7, max_size=7),
)
moments = st.timedeltas(timedelta(), timedelta(days=730)).map(
    lambda later: datetime(2026, 1, 1, tzinfo=UTC) + later
)


@pytest.mark.parametrize(
    ("day", "time", "state"),
    [
        (0, "21:59", "closed"),
        (0, "22:00", "open"),
        (1, "06:59", "open"),
        (1, "07:00", "closed"),
        (1, "12:30", "closed"),
    ],
)
def test_a_night_goes_on_into_the_next_day(day: int, time: str, state: str) -> None:
    hour, minute = map(int, time.split(":"))
    local = MONDAY + timedelta(days=day, hours=hour, minutes=minute)

    assert Schedule.parse("22:00-07:00").is_open(local) is (state == "open")


def test_a_day_with_spans_of_its_own_forgets_the_usual_ones() -> None:
    """Saturday is free all day; its morning still belongs to Friday's night."""
    week = Schedule.parse("22:00-07:00", [None, None, None, None, None, "never", "always"])
    saturday = MONDAY + timedelta(days=5)

    assert week.is_open(saturday + timedelta(hours=3))
    assert not week.is_open(saturday + timedelta(hours=23))
    assert week.is_open(saturday + timedelta(days=1, hours=12))


def test_a_night_is_as_long_as_the_clocks_make_it() -> None:
    """From 22:00 to 07:00 are 8 hours when summer begins, and 10 when it ends."""
    night = Schedule.parse("22:00-07:00")
    for month, day, hours in ((3, 28, 8), (10, 24, 10)):
        opens = datetime(2026, month, day, 22, tzinfo=BERLIN).astimezone(UTC)

        closes = night.next_change(opens, lambda moment: moment.astimezone(BERLIN))

        assert closes is not None
        assert closes - opens == timedelta(hours=hours)


def test_a_time_that_the_clocks_skip_comes_when_they_are_past_it() -> None:
    """02:30 does not exist on that day: the span begins at 03:00."""
    week = Schedule.parse("02:30-05:00")
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)

    opens = week.next_change(before, lambda moment: moment.astimezone(BERLIN))

    assert opens == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


@given(weeks, moments, st.sampled_from([UTC, BERLIN, LORD_HOWE]))
def test_until_the_next_change_nothing_changes(
    week: Schedule, now: datetime, zone: ZoneInfo
) -> None:
    """Every minute before it is as now, and the minute itself is not."""

    def to_local(moment: datetime) -> datetime:
        return moment.astimezone(zone)

    change = week.next_change(now, to_local)
    is_open = week.is_open(to_local(now))
    minute = now.replace(second=0, microsecond=0)
    end = change or minute + timedelta(days=8)
    checked = 0
    while (minute := minute + timedelta(minutes=7)) < end and checked < 400:
        checked += 1
        assert week.is_open(to_local(minute)) == is_open
    if change is not None:
        assert change > now - timedelta(minutes=1)
        assert week.is_open(to_local(change)) != is_open
        assert week.is_open(to_local(change - timedelta(minutes=1))) == is_open or (
            change - now < timedelta(minutes=1)
        )


@given(moments)
def test_always_and_never_have_no_change(now: datetime) -> None:
    for text in ("always", "", "never"):
        week = Schedule.parse(text)

        assert week.next_change(now, lambda moment: moment.astimezone(BERLIN)) is None
        assert week.is_open(now) is (text != "never")


def test_several_spans_stand_beside_each_other() -> None:
    assert spans(" 8:00-9:30,22:00 - 07:00 ") == (Span(480, 570), Span(1320, 420))


@pytest.mark.parametrize(
    "text", ["22-7", "25:00-07:00", "22:60-07:00", "22:00-24:01", "24:00-07:00", "7:00-7:00", ","]
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        spans(text)


def test_a_far_time_names_its_day() -> None:
    now = MONDAY + timedelta(hours=12)

    assert spoken(now + timedelta(hours=10), now) == "22:00"
    assert spoken(now + timedelta(days=4), now) == "Friday 12:00"
