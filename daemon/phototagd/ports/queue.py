"""The persistent queue, and the care of the store."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Protocol

from phototagd.domain.asset import (
    AssetId,
    PathId,
)
from phototagd.domain.inspection import Inspection
from phototagd.domain.job import (
    JobId,
    JobKind,
    JobState,
    JobView,
    Lease,
    Outcome,
    Priority,
    Tally,
)


class Queue(Protocol):
    """The persistent queue; claims are fenced by owner and generation."""

    def enqueue_tag(self, asset: AssetId, recipe: str, priority: Priority, now: datetime) -> JobId:
        """Ask (again) about an asset; a queued or running job of the same recipe is reused."""
        ...

    def enqueue_write(self, path: PathId, priority: Priority, run_after: datetime) -> JobId:
        """Write (again) a path's sidecar; one job per path, the earlier time wins."""
        ...

    def claim(
        self,
        kind: JobKind,
        priority: Priority,
        owner: str,
        now: datetime,
        ttl: timedelta,
    ) -> Lease | None:
        """The next due job of one kind and class, or None."""
        ...

    def extend(self, leases: Iterable[Lease], until: datetime) -> None:
        """Keep working on these for longer."""
        ...

    def settle(self, lease: Lease, outcome: Outcome, now: datetime) -> bool:
        """Write the end of a run; False when the lease was lost."""
        ...

    def reclaim(self, now: datetime, *, everything: bool = False) -> int:
        """Queue again what dead workers held: expired leases, or all at start."""
        ...

    def jobs(self, state: JobState | None, limit: int) -> list[JobView]:
        """Jobs and unreadable paths, newest change first."""
        ...

    def jobs_of(self, asset: AssetId, path: PathId) -> list[JobView]:
        """The newest `tag` job of an asset and the `write` job of one of its paths."""
        ...

    def retry(self, ids: Collection[JobId] | None, now: datetime) -> int:
        """Queue dead jobs again, all of them when `ids` is None; how many."""
        ...

    def tally(self, now: datetime) -> Tally:
        """How many photos stand where."""
        ...

    def oldest_queued(self) -> datetime | None:
        """When the longest waiting due job was queued."""
        ...

    def waiting(self) -> Mapping[Priority, int]:
        """How many photos wait to be asked about, by class."""
        ...

    def is_awaited(self) -> bool:
        """Whether a person waits for an answer about a photo."""
        ...

    def next_due(self, kind: JobKind, now: datetime) -> datetime | None:
        """When the next queued job of a kind becomes due; None when none is queued."""
        ...


class StoreCare(Protocol):
    """Housekeeping of the store."""

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database."""
        ...

    def prove_writable(self) -> None:
        """Write, and change nothing; raises Unavailable when the store cannot be written."""
        ...

    def prune(self, before: datetime) -> int:
        """Forget gone paths and finished jobs older than that; how many."""
        ...

    def back_up(self, target: bytes) -> None:
        """Copy the store as it is now to a file; whole, or not there at all.

        Raises Unavailable when the file cannot be written.
        """
        ...

    def complaints(self) -> list[str]:
        """What is wrong inside the store; empty when it is whole. Reads all of it."""
        ...

    def commit_seconds(self) -> float | None:
        """The usual time a promise takes to reach the disk; None while too few were made."""
        ...

    def last_inspection(self) -> Inspection | None:
        """When the whole store was read last, and what was wrong."""
        ...

    def record_inspection(self, inspection: Inspection) -> None:
        """Remember it."""
        ...

    def size(self) -> Mapping[str, int]:
        """Bytes of the database and of its log, by name."""
        ...


class Backups(Protocol):
    """Where the nightly backups lie. Every method raises Unavailable when that cannot be used."""

    def place_for(self, now: datetime) -> bytes:
        """The file for a backup of this moment; its folder is there."""
        ...

    def newest(self) -> datetime | None:
        """When the last one was made."""
        ...

    def keep(self, most: int) -> None:
        """Remove all but the newest."""
        ...
