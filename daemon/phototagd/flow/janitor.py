"""Housekeeping: keep leases alive, take back lost ones, checkpoint, prune."""

from datetime import timedelta

from phototagd.flow.held import HeldLeases
from phototagd.flow.preparer import LEASE
from phototagd.flow.settler import Settler
from phototagd.ports import Clock, Queue, StoreCare

REST_SECONDS = 60.0
CHECKPOINT_ABOVE_BYTES = 4 << 20
PRUNE_EVERY = timedelta(hours=6)
KEEP = timedelta(days=30)


class Janitor:
    """Runs once a minute; every duty is cheap and may be skipped without harm."""

    def __init__(
        self,
        *,
        queue: Queue,
        care: StoreCare,
        held: HeldLeases,
        settler: Settler,
        clock: Clock,
    ) -> None:
        self._queue = queue
        self._care = care
        self._held = held
        self._settler = settler
        self._clock = clock
        self._prune_at = clock.now()

    def step(self) -> float:
        """One round."""
        now = self._clock.now()
        self._queue.extend(self._held.all(), now + LEASE)
        self._settler.settle_late()
        self._queue.reclaim(now)
        if self._care.size().get("wal", 0) > CHECKPOINT_ABOVE_BYTES:
            self._care.checkpoint()
        if now >= self._prune_at:
            self._care.prune(now - KEEP)
            self._prune_at = now + PRUNE_EVERY
        return REST_SECONDS
