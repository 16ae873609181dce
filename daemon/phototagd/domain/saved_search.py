"""Searches that a person keeps under a name."""

from dataclasses import dataclass

from phototagd.domain.search import HitOrder

LONGEST_NAME = 100
LONGEST_QUERY = 1000


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name; it is understood anew whenever it is run."""

    name: str
    query: str
    order: HitOrder = HitOrder.RELEVANCE
