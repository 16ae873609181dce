"""Asks again about photos that deserve it, behind everything else that waits."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from phototagd.domain.retagging import RetagPlan
from phototagd.flow.asking.endpoint import Endpoint
from phototagd.flow.pace import Pace
from phototagd.ports import Clock, Ledger, RetagStore
from phototagd.rules.search.choosing import chosen


class Retagger:
    """Old answers stay; a photo that has the answer of now is not asked about again.

    What was undone may have words again: a person asked for them.
    """

    def __init__(
        self,
        *,
        store: RetagStore,
        ledger: Ledger,
        endpoints: Sequence[Endpoint],
        lanes: int,
        pace: Pace,
        clock: Clock,
        today: Callable[[], date],
        on_order: Callable[[], None] = lambda: None,
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._endpoints = endpoints
        self._lanes = lanes
        self._pace = pace
        self._clock = clock
        self._today = today
        self._on_order = on_order

    def retag(self, where: str, *, dry_run: bool) -> RetagPlan:
        """Queue the photos that `where` means, or only say which; raises ValueError for nonsense.

        The estimate is from the pace of the last minutes, or from how long answers took before.
        """
        choice, current = chosen(where, self._today()), self._current()
        plan = self._store.plan(choice, current)
        if plan.photos and not dry_run:
            self._ledger.lift(self._store.start(choice, current, self._clock.now()))
            self._on_order()
        return replace(plan, seconds=self._estimate(plan))

    def _current(self) -> Mapping[str, frozenset[str]]:
        """The recipes of now; none of a server that was not reached yet."""
        keys: dict[str, set[str]] = defaultdict(set)
        for endpoint in self._endpoints:
            for profile, recipe in endpoint.recipes.items():
                keys[profile].add(recipe.key)
        return {profile: frozenset(known) for profile, known in keys.items()}

    def _estimate(self, plan: RetagPlan) -> float | None:
        per_minute = self._pace.per_minute()
        if per_minute:
            return plan.questions * 60.0 / per_minute
        return None if plan.seconds is None else plan.seconds / max(self._lanes, 1)
