"""A file is stable when nobody has changed it for a while, by our own clock."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import Stamp
from phototagd.rules.arriving import stability

NOW = datetime(2026, 5, 1, tzinfo=UTC)
stamps = st.builds(Stamp, st.integers(0, 3), st.integers(0, 3), st.integers(1, 2))


def test_a_file_that_does_not_change_is_stable_after_its_quiet_time() -> None:
    candidate = stability.first_seen(Stamp(1, 1, 1), now=100.0, quiet_seconds=5)

    assert not stability.is_stable(candidate, now=104.9)
    assert stability.is_stable(candidate, now=105.0)


@given(st.lists(st.tuples(stamps, st.floats(0.1, 20)), min_size=1, max_size=20))
def test_only_a_stamp_that_lasted_is_ever_stable(sights: list[tuple[Stamp, float]]) -> None:
    now = 1000.0
    candidate = stability.first_seen(sights[0][0], now=now, quiet_seconds=5)
    same_since = now
    for stamp, pause in sights:
        now += pause
        if stamp != candidate.stamp:
            same_since = now
        candidate = stability.seen_again(candidate, stamp, now=now)
        if stability.is_stable(candidate, now=now):
            assert now - same_since >= 5
        assert 5 <= candidate.quiet_seconds <= stability.LONGEST_QUIET_SECONDS


def test_a_file_that_changed_again_waits_twice_as_long_as_it_paused() -> None:
    candidate = stability.first_seen(Stamp(1, 1, 1), now=0.0, quiet_seconds=5)

    candidate = stability.seen_again(candidate, Stamp(2, 2, 1), now=4.0)

    assert candidate.stable_at == 12.0


def test_looking_often_at_a_steady_copy_costs_no_patience() -> None:
    """A photo of a minute's copying is asked about five seconds later, not five minutes."""
    candidate = stability.first_seen(Stamp(1, 1, 1), now=0.0, quiet_seconds=5)

    for second in range(1, 61):
        candidate = stability.seen_again(candidate, Stamp(second + 1, 1, 1), now=float(second))

    assert candidate.stable_at == 65.0


def test_a_long_quiet_time_from_the_settings_is_never_shortened() -> None:
    candidate = stability.first_seen(Stamp(1, 1, 1), now=0.0, quiet_seconds=3600)

    assert stability.seen_again(candidate, Stamp(2, 2, 1), now=1.0).quiet_seconds == 3600


def test_only_the_past_is_long_ago() -> None:
    def left_alone(seconds: float) -> bool:
        touched = int((NOW.timestamp() + seconds) * 1e9)
        return stability.was_left_alone(touched, now=NOW, quiet_seconds=5)

    assert left_alone(-700)
    assert not left_alone(-60)
    assert not left_alone(+86400)


def test_reading_is_tried_less_and_less_often_and_for_three_days() -> None:
    waits = [stability.read_again_after(n, waited=timedelta(0)) for n in range(1, 8)]

    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)]
    assert waits == sorted(w for w in waits if w is not None)
    assert stability.read_again_after(4, waited=timedelta(days=3)) is None
