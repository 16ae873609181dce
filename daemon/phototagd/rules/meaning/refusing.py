"""Which queries are like one whose hit was not meant, and where do such hits go?"""

from collections.abc import Iterable

from phototagd.domain.asset import AssetId
from phototagd.domain.meaning import NotThis, Vector, unpacked
from phototagd.domain.search import Query, Ranked
from phototagd.rules.text.tokenising import fold

_SAME_TERMS = 0.6  # of all terms of both queries
_SAME_MEANING = 0.9  # cosine


def terms_of(query: Query) -> frozenset[str]:
    """The words that are looked for, each by one name for all its synonyms."""
    return frozenset(min(map(fold, term.spellings)) for term in query.terms if term.spellings)


def refused(
    given: Iterable[NotThis], *, terms: frozenset[str], vector: Vector | None, space: str
) -> frozenset[AssetId]:
    """The photos that were not meant by queries like this one."""
    return frozenset(
        one.asset
        for one in given
        if _share(one.terms, terms) >= _SAME_TERMS
        or (
            vector is not None
            and one.vector is not None
            and one.space == space
            and _cosine(unpacked(one.vector), vector) >= _SAME_MEANING
        )
    )


def demoted(ranked: Ranked, last: frozenset[AssetId]) -> Ranked:
    """The same photos, those not meant behind all others, with the lowest score."""
    if not last.intersection(ranked.assets):
        return ranked
    pairs = list(zip(ranked.assets, ranked.scores, strict=True))
    least = min(ranked.scores)
    kept = [pair for pair in pairs if pair[0] not in last]
    kept += [(asset, least) for asset, _ in pairs if asset in last]
    return Ranked(tuple(asset for asset, _ in kept), tuple(score for _, score in kept))


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0


def _cosine(one: Vector, other: Vector) -> float:
    """Of vectors of length 1; 0 where they cannot be compared."""
    if len(one) != len(other):
        return 0.0
    return sum(a * b for a, b in zip(one, other, strict=True))
