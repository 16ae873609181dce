"""Is it this photo over which a model server gives up, or dies, again and again?

Some photos make a server refuse that works for all others: too large for its context, or for
its memory. Others kill it whole, and its supervisor brings it back. The canary is smaller and
passes, so such a photo would go round for ever. A wrong setting looks alike but meets photo after
photo, and no photo must pay for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import Unavailable
from phototagd.domain.job import Dead

MOST_RELAPSES = 3
EVERYBODY = 3  # so many photos in a row without an answer: it is not one of them


@dataclass(frozen=True, slots=True)
class Relapses:
    """How often each photo met a server that lives but could not serve it.

    Between two such meetings of one photo the canary was answered, or it would not have been
    asked about again. `unanswered` are the photos that met one since the last answer.
    """

    times: Mapping[AssetId, int] = field(default_factory=dict)
    unanswered: frozenset[AssetId] = frozenset()

    def met(self, asset: AssetId) -> "Relapses":
        """The server gave up over this photo."""
        times = {**self.times, asset: self.times.get(asset, 0) + 1}
        return Relapses(times, self.unanswered | {asset})

    def answered(self, asset: AssetId) -> "Relapses":
        """A photo was answered: the server and its settings are well."""
        if not self.times and not self.unanswered:
            return self
        return Relapses(_without(self.times, asset))

    def condemned(self, asset: AssetId) -> "Relapses":
        """This photo gave up; the others are judged without it."""
        return Relapses(_without(self.times, asset), self.unanswered - {asset})

    def is_guilty(self, asset: AssetId) -> bool:
        """Whether this photo is to blame, and not the server."""
        return self.times.get(asset, 0) >= MOST_RELAPSES and len(self.unanswered) < EVERYBODY


def verdict(error: Unavailable) -> Dead:
    """How the job of a guilty photo ends."""
    remedy = f"; {error.remedy}" if error.remedy else ""
    did = "died" if error.died else "gave up"
    return Dead(
        f"the model server works, but {did} over this photo {MOST_RELAPSES} times: {error}{remedy}"
    )


def _without(times: Mapping[AssetId, int], asset: AssetId) -> dict[AssetId, int]:
    return {other: count for other, count in times.items() if other != asset}
