"""The order of hits, and where the list ends."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import AssetId
from phototagd.domain.search import Ranked
from phototagd.rules.search.ranking import above_cliff, fuse


def ranked(*assets: int, scores: tuple[float, ...] = ()) -> Ranked:
    ids = tuple(map(AssetId, assets))
    return Ranked(ids, scores or tuple(float(len(ids) - at) for at in range(len(ids))))


def test_a_single_list_keeps_order_and_scores() -> None:
    words = ranked(3, 1, 2)

    assert fuse([(words, 1.0), (Ranked(), 1.0)]) == words


def test_what_two_lists_agree_on_comes_first() -> None:
    fused = fuse([(ranked(1, 2, 3), 1.0), (ranked(4, 2, 5), 1.0)])

    assert fused.assets[0] == 2
    assert set(fused.assets) == {1, 2, 3, 4, 5}


def test_weight_decides_between_lists_that_disagree() -> None:
    assert fuse([(ranked(1), 1.0), (ranked(2), 2.0)]).assets == (2, 1)


@given(st.lists(st.integers(1, 50), unique=True), st.lists(st.integers(1, 50), unique=True))
def test_fusing_loses_and_doubles_nothing(first: list[int], second: list[int]) -> None:
    fused = fuse([(ranked(*first), 1.0), (ranked(*second), 0.5)])

    assert sorted(fused.assets) == sorted({*first, *second})
    if first and second:
        assert list(fused.scores) == sorted(fused.scores, reverse=True)


def test_the_list_ends_at_the_cliff() -> None:
    assert above_cliff(ranked(1, 2, 3, 4, scores=(9.0, 8.5, 2.0, 1.9))).assets == (1, 2)
    assert above_cliff(ranked(1, 2, 3, scores=(9.0, 8.0, 7.0))).assets == (1, 2, 3)
    assert above_cliff(ranked()).assets == ()
