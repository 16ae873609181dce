from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.asking.drifting import FACTOR, WINDOW, Drift


def run(seconds: list[float], drift: Drift = Drift(), recipe: str = "r") -> tuple[Drift, int]:  # noqa: B008
    """What is known after these answers, and how often a person was warned."""
    told = 0
    for one in seconds:
        after = drift.after(recipe, one)
        told += drift.tells(after)
        drift = after
    return drift, told


def test_a_model_that_moved_to_the_cpu_is_told_once() -> None:
    steady, told = run([2.0] * WINDOW * 3)
    assert told == 0

    slow, told = run([9.0] * WINDOW * 3, steady)

    assert told == 1
    assert (slow.usual, slow.now) == (2.0, 9.0)


def test_it_is_told_again_after_it_was_well() -> None:
    drift, _ = run([2.0] * WINDOW + [9.0] * WINDOW + [2.0] * WINDOW)

    assert run([9.0] * WINDOW, drift)[1] == 1


def test_a_few_slow_photos_are_nothing() -> None:
    assert run(([2.0] * 11 + [60.0] * 9) * 10)[1] == 0


def test_another_recipe_begins_anew() -> None:
    """A larger model is slower, and that is no news."""
    drift, _ = run([2.0] * WINDOW)

    assert run([9.0] * WINDOW * 2, drift, recipe="other")[1] == 0


@given(st.lists(st.floats(0.1, 1.0), max_size=200), st.floats(1.0, 100.0))
def test_times_within_the_factor_are_never_told(seconds: list[float], scale: float) -> None:
    """Between once and twice the usual time is weather."""
    within = [scale * (1 + one * (FACTOR - 1)) for one in seconds]

    assert run(within)[1] == 0
