"""Which of the nearest photos mean the same as a query, and which are only the nearest?

The nearest of a thousand photos may have nothing to do with a query. How near is near differs
from model to model and from query to query, so it is told from how near photos of this
library are by chance.
"""

from phototagd.domain.meaning import Near
from phototagd.domain.search import Ranked

_SHARE = 0.5
"""Of the way from the usual nearness to the best one; those below are another subject."""

_DEVIATIONS = 2.0
_ENOUGH = 100
"""Photos from which a spread can be told."""

_LEAST = 0.1
"""Of nearness above the usual where there is no telling how far that spreads."""


def truly_near(near: Near) -> Ranked:
    """The head of the list: photos much nearer than photos are by chance."""
    ranked = near.ranked
    if not ranked.assets:
        return Ranked()
    by_chance = _DEVIATIONS * near.spread if near.sample >= _ENOUGH else _LEAST
    above = max(_SHARE * (ranked.scores[0] - near.usual), by_chance)
    kept = sum(score >= near.usual + above for score in ranked.scores)
    return Ranked(ranked.assets[:kept], ranked.scores[:kept])
