"""A store on a real file, in short words."""

from datetime import timedelta

from doubles import FakeClock
from doubles.photos import FOLDER_STAMP, sidecar, tagging
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import AssetId, PathId
from phototagd.domain.job import JobKind, Lease, Priority

TTL = timedelta(minutes=5)


class Bench:
    """A store with short words for what most tests do."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store = store
        self.clock = clock
        self.catalogue = store.catalogue
        self.queue = store.queue
        self.library = store.catalogue.open_library(b"/photos").id

    def claim(
        self, kind: JobKind = JobKind.TAG, priority: Priority = Priority.NEW, owner: str = "lane"
    ) -> Lease | None:
        return self.queue.claim(kind, priority, owner, self.clock.now(), TTL)

    def claimed(
        self, kind: JobKind = JobKind.TAG, priority: Priority = Priority.NEW, owner: str = "lane"
    ) -> Lease:
        lease = self.claim(kind, priority, owner)
        assert lease is not None
        return lease

    def tag(self, asset: AssetId, key: str = "r1") -> None:
        """Answer the one question that is due."""
        lease = self.claimed()
        assert lease.asset == asset
        assert self.catalogue.record_tagging(lease, tagging(asset, key=key), self.clock.now())

    def write(self, path: PathId) -> None:
        """Write the one sidecar that is due."""
        lease = self.claimed(JobKind.WRITE)
        assert lease.path == path
        assert self.catalogue.record_sidecar(lease, sidecar(path), self.clock.now())

    def miss(self, *paths: PathId, times: int = 1) -> None:
        """List the folder of the examples without these."""
        for _ in range(times):
            self.catalogue.record_listing(
                self.library, b"2026/may", FOLDER_STAMP, self.clock.now(), missing=paths
            )

    def states(self, kind: str = "tag") -> list[str]:
        """The states of all jobs of a kind, oldest job first."""
        rows = self.store._database.read(
            lambda c: c.execute(
                "SELECT state FROM job WHERE kind = ? ORDER BY id", (kind,)
            ).fetchall()
        )
        return [row["state"] for row in rows]

    def tag_job_count(self, asset: AssetId) -> int:
        (count,) = self.store._database.read(
            lambda c: c.execute(
                "SELECT count(*) FROM job WHERE kind = 'tag' AND asset_id = ?", (asset,)
            ).fetchone()
        )
        return int(count)
