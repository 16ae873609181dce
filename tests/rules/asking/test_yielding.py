from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.engine import EngineMemory, LoadedModel
from phototagd.rules.asking.yielding import QUIET_SECONDS, Neighbours

AT = datetime(2026, 5, 1, tzinfo=UTC)


def model(name: str = "chat", *, is_ours: bool = False, minutes: float | None = 5) -> LoadedModel:
    """A loaded model that the server keeps until `minutes` after a fixed time."""
    expires_at = None if minutes is None else AT + timedelta(minutes=minutes)
    return LoadedModel(name, is_ours=is_ours, memory=EngineMemory(1, 1), expires_at=expires_at)


def test_a_model_seen_first_counts_as_used() -> None:
    """Whoever loaded it is probably waiting for its answer."""
    assert Neighbours().after([model()], 0.0).busy_with(1.0) == "chat"


def test_a_model_that_lies_there_unused_disturbs_nobody() -> None:
    """However long it stays: another program may keep it loaded for ever."""
    seen = Neighbours()
    for now in range(0, 1000, 15):
        seen = seen.after([model(minutes=None)], float(now))

    assert seen.busy_with(QUIET_SECONDS - 1) == "chat"
    assert seen.busy_with(QUIET_SECONDS) == ""


def test_each_use_begins_the_quiet_time_anew() -> None:
    """A use moves the time of unloading."""
    seen = Neighbours().after([model()], 0.0)
    seen = seen.after([model(minutes=9)], 240.0)

    assert seen.busy_with(QUIET_SECONDS + 200) == "chat"
    assert seen.busy_with(QUIET_SECONDS + 240) == ""


def test_our_own_model_never_makes_us_wait() -> None:
    seen = Neighbours().after([model(is_ours=True)], 0.0)

    assert seen.busy_with(0.0) == ""
    assert seen.quiet_seconds(70.0) == 70.0


def test_a_load_for_somebody_else_is_use() -> None:
    seen = Neighbours().while_loading(0.0).while_loading(15.0)

    assert "loaded" in seen.busy_with(20.0)
    assert len(seen.seen) == 1
    assert seen.after([], 30.0).busy_with(30.0) == ""


@given(
    st.lists(
        st.tuples(
            st.floats(0, 400),
            st.dictionaries(
                st.sampled_from(["a", "b", "ours"]), st.none() | st.integers(0, 9), max_size=3
            ),
        )
    )
)
def test_quiet_comes_within_its_time_once_nothing_moves(
    looks: list[tuple[float, dict[str, int | None]]],
) -> None:
    """Whatever was seen: unchanged for the quiet time means free, and gone means free at once."""
    now, seen, loaded = 0.0, Neighbours(), list[LoadedModel]()
    for seconds, models in looks:
        now += seconds
        loaded = [model(n, is_ours=n == "ours", minutes=m) for n, m in models.items()]
        seen = seen.after(loaded, now)
        assert (seen.busy_with(now) != "") <= any(not one.is_ours for one in loaded)
        assert (seen.quiet_seconds(now) is None) == ("ours" not in models)

    later = now + QUIET_SECONDS + 1
    assert seen.after(loaded, later).busy_with(later) == ""
    assert seen.after([], now).busy_with(now) == ""
