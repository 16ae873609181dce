"""In which order are photos shown that several searches found, and where does the list end?"""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from phototagd.domain.asset import AssetId
from phototagd.domain.search import Ranked

K = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""

_LEAST_SHARE = 0.35  # of the best score
_CLIFF = 0.5  # a score below half of the one before it ends the list


def fuse(lists: Iterable[tuple[Ranked, float]]) -> Ranked:
    """One order out of several, each with its weight: the sum of weight / (60 + rank).

    A single list keeps its order and its scores.
    """
    weighed = [(ranked, weight) for ranked, weight in lists if ranked.assets]
    if len(weighed) == 1:
        return weighed[0][0]
    scores: dict[AssetId, float] = {}
    for ranked, weight in weighed:
        for rank, asset in enumerate(ranked.assets, start=1):
            scores[asset] = scores.get(asset, 0.0) + weight / (K + rank)
    assets: tuple[AssetId, ...] = tuple(sorted(scores, key=lambda asset: -scores[asset]))
    return Ranked(assets, tuple(scores[asset] for asset in assets))


def without(ranked: Ranked, left_out: Collection[AssetId]) -> Ranked:
    """The same order, without some photos."""
    pairs = zip(ranked.assets, ranked.scores, strict=True)
    kept = [pair for pair in pairs if pair[0] not in left_out]
    return Ranked(tuple(asset for asset, _ in kept), tuple(score for _, score in kept))


def above_cliff(ranked: Ranked) -> Ranked:
    """The head of a list whose tail is noise: cut where scores fall off."""
    kept = _kept(ranked.scores)
    return Ranked(ranked.assets[:kept], ranked.scores[:kept])


def _kept(scores: Sequence[float]) -> int:
    if not scores or scores[0] <= 0:
        return len(scores)
    for place, (before, score) in enumerate(pairwise(scores), start=1):
        if score < _LEAST_SHARE * scores[0] or score < _CLIFF * before:
            return place
    return len(scores)
