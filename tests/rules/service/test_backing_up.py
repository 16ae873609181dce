from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.service.backing_up import is_due

NIGHT = datetime(2026, 5, 2, 3, tzinfo=UTC)


def test_the_first_one_is_made_at_once() -> None:
    assert is_due(None, NIGHT + timedelta(hours=9))


def test_one_a_night_is_enough() -> None:
    assert not is_due(NIGHT, NIGHT + timedelta(hours=2))
    assert not is_due(NIGHT, NIGHT + timedelta(hours=20))
    assert is_due(NIGHT, NIGHT + timedelta(hours=24))


def test_a_machine_that_sleeps_at_night_makes_it_by_day() -> None:
    assert is_due(NIGHT, NIGHT + timedelta(hours=31))


def test_a_backup_from_the_future_does_not_stop_backups_for_years() -> None:
    assert is_due(NIGHT + timedelta(days=3650), NIGHT)


@given(st.floats(0, 24 * 365))
def test_a_week_has_seven_however_often_one_looks(start: float) -> None:
    """Looking every minute makes one a day, give or take the first."""
    now, newest, made = NIGHT + timedelta(hours=start), None, 0
    for _ in range(7 * 24 * 4):
        if is_due(newest, now):
            newest, made = now, made + 1
        now += timedelta(minutes=15)

    assert made in (7, 8)
