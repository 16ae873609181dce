"""Where photos are chosen that are to be asked about anew."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from phototagd.domain.asset import PathId
from phototagd.domain.retagging import Choice, RetagPlan


class RetagStore(Protocol):
    """Chooses photos that have an answer, and queues questions about them.

    `current` maps each profile to the keys of its recipes now: who has an answer by one of
    them is not asked again, nor who waits already. Raises Unavailable when the store cannot be
    read or written.
    """

    def plan(self, choice: Choice, current: Mapping[str, frozenset[str]]) -> RetagPlan:
        """What would be queued; `seconds` is what questions took one after another."""
        ...

    def start(
        self, choice: Choice, current: Mapping[str, frozenset[str]], now: datetime
    ) -> list[PathId]:
        """Queue them behind everything else; their paths beside which nothing may be written."""
        ...
