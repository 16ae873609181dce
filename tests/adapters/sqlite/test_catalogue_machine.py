"""Photos that come, go, move, break and opt out in any order: none is ever forgotten."""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from doubles import FakeClock
from doubles.photos import FOLDER_STAMP, arrival, refusal
from doubles.store import Bench
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import PathState
from phototagd.domain.job import Dead, JobKind, Priority

NAMES = st.sampled_from([b"1.jpg", b"2.jpg", b"3.jpg"])
CONTENTS = st.sampled_from(["sunset", "dawn"])
FOLDERS = st.sampled_from([b"a", b"a/b", b"c"])


class CatalogueMachine(RuleBasedStateMachine):
    """A few names in a few folders, and the daemon's own work on them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        clock = FakeClock()
        self.bench = Bench(Store.open(self.folder / "phototagd.db", clock=clock), clock)

    def teardown(self) -> None:
        self.bench.store.close()
        shutil.rmtree(self.folder)

    @rule(name=NAMES, content=CONTENTS, folder=FOLDERS, size=st.integers(1, 2))
    def arrive(self, name: bytes, content: str, folder: bytes, size: int) -> None:
        there = {
            record.location
            for asset in (1, 2, 3)
            for record in self.bench.catalogue.paths_of(asset, include_gone=False)
        }
        (arrived,) = self.bench.catalogue.take_in(
            [arrival(name, content, folder=folder, size=size)]
        )
        is_known = arrival(name, folder=folder).location in there
        assert (arrived.how in {"metadata", "changed"}) == is_known
        assert arrived.moved_from != arrived.path

    @rule(name=NAMES, folder=FOLDERS, state=st.sampled_from([PathState.WAITING, PathState.DEAD]))
    def break_down(self, name: bytes, folder: bytes, state: PathState) -> None:
        self.bench.catalogue.refuse([refusal(name, state, folder=folder)])

    @rule(folder=FOLDERS, are_lost=st.booleans())
    def look(self, folder: bytes, are_lost: bool) -> None:  # noqa: FBT001
        paths = [f.path for f in self.bench.catalogue.known_files(self.bench.library, folder)]
        self.bench.catalogue.record_listing(
            self.bench.library,
            folder,
            FOLDER_STAMP,
            self.bench.clock.now(),
            missing=paths if are_lost else (),
            back=() if are_lost else paths,
            subfolders=[] if are_lost else None,
        )

    @rule(folder=FOLDERS)
    def opt_out(self, folder: bytes) -> None:
        self.bench.catalogue.opt_out(self.bench.library, folder)
        assert list(self.bench.catalogue.known_files(self.bench.library, folder)) == []

    @rule(kind=st.sampled_from(JobKind), is_fatal=st.booleans())
    def work(self, kind: JobKind, is_fatal: bool) -> None:  # noqa: FBT001
        if (due := self.bench.queue.next_due(kind, self.bench.clock.now())) is None:
            return
        wait = (due - self.bench.clock.now()).total_seconds()
        self.bench.clock.advance(max(wait, 0))
        if is_fatal:
            lease = self.bench.claimed(kind)
            self.bench.queue.settle(lease, Dead("a bomb"), self.bench.clock.now())
        elif kind is JobKind.TAG:
            self.bench.tag(next(iter(self._queued_assets())))
        else:
            lease = self.bench.claimed(kind)
            self.bench.queue.enqueue_write(lease.path, Priority.NEW, self.bench.clock.now())

    def _queued_assets(self) -> list[int]:
        rows = self._rows(
            """SELECT asset_id FROM job WHERE kind = 'tag' AND state = 'queued'
               ORDER BY run_after, id"""
        )
        return [row["asset_id"] for row in rows]

    @rule()
    def forget(self) -> None:
        self.bench.store.care.prune(self.bench.clock.now() + timedelta(days=1))

    @rule()
    def start_again(self) -> None:
        self.bench.store.close()
        store = Store.open(self.folder / "phototagd.db", clock=self.bench.clock)
        self.bench = Bench(store, self.bench.clock)
        self.bench.queue.reclaim(self.bench.clock.now(), everything=True)

    @invariant()
    def a_live_photo_has_words_or_will_be_asked_about(self) -> None:
        assert not self._rows(
            """SELECT id FROM path WHERE state = 'known' AND gone_at IS NULL
                 AND asset_id NOT IN (SELECT asset_id FROM tagging)
                 AND asset_id NOT IN (SELECT asset_id FROM job
                                      WHERE kind = 'tag' AND state <> 'cancelled')"""
        )

    @invariant()
    def only_live_photos_are_worked_on(self) -> None:
        assert not self._rows(
            """SELECT id FROM job WHERE kind = 'write' AND state IN ('queued', 'running')
                 AND path_id NOT IN (SELECT id FROM path
                                     WHERE state = 'known' AND gone_at IS NULL)"""
        )

    @invariant()
    def a_write_job_is_about_the_photo_of_its_path(self) -> None:
        assert not self._rows(
            """SELECT job.id FROM job JOIN path ON path.id = job.path_id
               WHERE path.state = 'known' AND path.asset_id <> job.asset_id"""
        )

    @invariant()
    def the_database_is_whole(self) -> None:
        assert not self._rows("PRAGMA foreign_key_check")
        assert not self._rows(
            """SELECT * FROM asset JOIN standing ON standing.asset_id = asset.id
               WHERE asset.standing IS NOT standing.standing"""
        )

    def _rows(self, sql: str) -> list[dict[str, object]]:
        return self.bench.store._database.read(
            lambda c: [dict(row) for row in c.execute(sql).fetchall()]
        )


TestCatalogueMachine = CatalogueMachine.TestCase
TestCatalogueMachine.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
