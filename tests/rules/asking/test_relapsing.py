"""A photo that blocks a living server pays at last; a wrong setting is paid by no photo."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import Unavailable
from phototagd.rules.asking.relapsing import EVERYBODY, MOST_RELAPSES, Relapses, verdict

HUGE, OTHER = AssetId(1), AssetId(2)
assets = st.integers(1, 6).map(AssetId)


def test_the_third_time_among_answered_photos_is_its_own_fault() -> None:
    relapses = Relapses()
    for _ in range(MOST_RELAPSES - 1):
        relapses = relapses.met(HUGE).answered(OTHER)
        assert not relapses.is_guilty(HUGE)

    relapses = relapses.met(HUGE)

    assert relapses.is_guilty(HUGE)
    assert not relapses.condemned(HUGE).is_guilty(HUGE)
    assert relapses.condemned(HUGE) == Relapses()


def test_the_only_photo_that_waits_pays_too() -> None:
    """Or the server would be asked for ever about it, and about the canary."""
    relapses = Relapses()
    for _ in range(MOST_RELAPSES):
        relapses = relapses.met(HUGE)

    assert relapses.is_guilty(HUGE)


def test_an_answer_clears_it() -> None:
    relapses = Relapses().met(HUGE).met(HUGE).answered(HUGE).met(HUGE)

    assert not relapses.is_guilty(HUGE)


@given(st.lists(st.integers(1, 20).map(AssetId), min_size=1))
def test_no_photo_is_blamed_while_all_of_them_fail(order: list[AssetId]) -> None:
    """Once so many different photos failed in a row, it is the server or its settings."""
    relapses = Relapses()
    for asset in order:
        relapses = relapses.met(asset)
        if len(relapses.unanswered) >= EVERYBODY:
            assert not relapses.is_guilty(asset)


@given(st.lists(st.tuples(assets, st.booleans())))
def test_memory_holds_only_photos_that_are_not_done(steps: list[tuple[AssetId, bool]]) -> None:
    relapses, open_photos = Relapses(), set()
    for asset, is_answered in steps:
        relapses = relapses.answered(asset) if is_answered else relapses.met(asset)
        (open_photos.discard if is_answered else open_photos.add)(asset)

    assert set(relapses.times) == open_photos


def test_the_verdict_names_the_reason_and_the_remedy() -> None:
    dead = verdict(Unavailable("the prompt is too long", remedy="raise num_ctx", alive=True))

    assert "the prompt is too long" in dead.reason
    assert dead.reason.endswith("raise num_ctx")
