"""Housekeeping: keep leases alive, take back lost ones, index, checkpoint, prune."""

from datetime import timedelta

from phototagd.flow.asking.preparer import LEASE
from phototagd.flow.held import HeldLeases
from phototagd.flow.settler import Settler
from phototagd.ports import Clock, Queue, SearchIndex, StoreCare

REST_SECONDS = 60.0
CHECKPOINT_ABOVE_BYTES = 4 << 20
PRUNE_EVERY = timedelta(hours=6)
KEEP = timedelta(days=30)
INDEX_CHUNK = 200  # photos in one transaction: others want to write too
INDEX_CHUNKS = 25
INDEX_REST_SECONDS = 1.0


class Janitor:
    """Runs once a minute; every duty is cheap and may be skipped without harm."""

    def __init__(
        self,
        *,
        queue: Queue,
        care: StoreCare,
        index: SearchIndex,
        held: HeldLeases,
        settler: Settler,
        clock: Clock,
    ) -> None:
        self._queue = queue
        self._care = care
        self._index = index
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
        return INDEX_REST_SECONDS if self._is_behind() else REST_SECONDS

    def _is_behind(self) -> bool:
        """Index what is not yet; True while more of it waits, as after an upgrade."""
        return all(self._index.catch_up(INDEX_CHUNK) == INDEX_CHUNK for _ in range(INDEX_CHUNKS))
