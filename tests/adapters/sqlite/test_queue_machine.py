"""The queue against a model of it: claims, ends, expiries and crashes in any order."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from doubles import FakeClock
from doubles.photos import arrival
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import AssetId, PathId
from phototagd.domain.job import (
    Cancelled,
    Dead,
    Done,
    GiveBack,
    JobKind,
    Lease,
    Outcome,
    Priority,
    Retry,
    Snooze,
)

TTL = timedelta(seconds=60)
DELAYS = st.sampled_from([timedelta(0), timedelta(seconds=20)])
PRIORITIES = st.sampled_from([Priority.PERSON, Priority.NEW, Priority.RETRY])
OUTCOMES = st.one_of(
    st.just(Done()),
    st.builds(Retry, after=DELAYS, reason=st.just("nonsense"), suspect=st.booleans()),
    st.builds(Snooze, after=DELAYS, reason=st.just("busy")),
    st.just(GiveBack("away")),
    st.just(Dead("a bomb")),
    st.just(Cancelled("gone")),
)


@dataclass
class Expected:
    """A job as the promises of the port make it."""

    id: int
    kind: JobKind
    target: int
    priority: Priority
    run_after: datetime
    state: str = "queued"
    attempt: int = 0
    snoozes: int = 0
    suspect: bool = False
    again_at: datetime | None = None
    lease: Lease | None = None

    def requeue(self, run_after: datetime) -> None:
        self.state, self.lease = "queued", None
        self.run_after = min(run_after, self.again_at or run_after)
        self.again_at = None

    def renew(self, priority: Priority, run_after: datetime) -> None:
        self.attempt, self.snoozes, self.suspect, self.priority = 0, 0, False, priority
        self.requeue(run_after)

    def end(self, state: str) -> None:
        if self.again_at is not None:
            self.renew(self.priority, self.again_at)
        else:
            self.state, self.lease = state, None


class QueueMachine(RuleBasedStateMachine):
    """Two workers, three photos, one clock, and a daemon that may fall over."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = FakeClock()
        self.store = Store.open(self.folder / "phototagd.db", clock=self.clock)
        self.jobs: dict[int, Expected] = {}
        self.leases: list[Lease] = []

    @initialize()
    def photos_arrive(self) -> None:
        self.store.catalogue.open_library(b"/photos")
        now = self.clock.now()
        for content in ("sunset", "dawn", "dusk"):
            (photo,) = self.store.catalogue.take_in([arrival(content.encode(), content)])
            for kind, target, due in (
                (JobKind.TAG, photo.asset, now),
                (JobKind.WRITE, photo.path, now + timedelta(minutes=10)),
            ):
                job = len(self.jobs) + 1
                self.jobs[job] = Expected(job, kind, target, Priority.NEW, due)

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    @rule(asset=st.integers(1, 3), priority=PRIORITIES)
    def ask(self, asset: int, priority: Priority) -> None:
        now = self.clock.now()
        job = self.jobs[self.store.queue.enqueue_tag(AssetId(asset), "", priority, now)]
        assert (job.kind, job.target) == (JobKind.TAG, asset)
        if job.state == "queued":
            job.priority, job.run_after = min(job.priority, priority), min(job.run_after, now)
        elif job.state == "running":
            job.priority = min(job.priority, priority)
        else:
            job.renew(priority, now)

    @rule(path=st.integers(1, 3), priority=PRIORITIES, delay=DELAYS)
    def ask_to_write(self, path: int, priority: Priority, delay: timedelta) -> None:
        due = self.clock.now() + delay
        job = self.jobs[self.store.queue.enqueue_write(PathId(path), priority, due)]
        assert (job.kind, job.target) == (JobKind.WRITE, path)
        if job.state == "queued":
            job.priority, job.run_after = min(job.priority, priority), min(job.run_after, due)
        elif job.state == "running":
            job.priority = min(job.priority, priority)
            job.again_at = min(job.again_at or due, due)
        else:
            job.renew(priority, due)

    @rule(kind=st.sampled_from(JobKind), priority=PRIORITIES, owner=st.sampled_from(["one", "two"]))
    def claim(self, kind: JobKind, priority: Priority, owner: str) -> None:
        now = self.clock.now()
        due = [
            job
            for job in self.jobs.values()
            if (job.kind, job.priority, job.state) == (kind, priority, "queued")
            and job.run_after <= now
        ]

        lease = self.store.queue.claim(kind, priority, owner, now, TTL)

        assert (lease is None) == (not due)
        if lease is not None:
            job = min(due, key=lambda job: (job.run_after, job.id))
            assert (lease.job, lease.attempt) == (job.id, job.attempt + 1)
            assert (lease.snoozes, lease.suspect) == (job.snoozes, job.suspect)
            job.state, job.lease = "running", lease
            self.leases.append(lease)

    @precondition(lambda self: self.leases)
    @rule(data=st.data(), outcome=OUTCOMES)
    def settle(self, data: st.DataObject, outcome: Outcome) -> None:
        lease = data.draw(st.sampled_from(self.leases))
        now = self.clock.now()
        job = self.jobs[lease.job]
        is_good = job.lease is not None and _same(job.lease, lease) and job.lease.until > now

        assert self.store.queue.settle(lease, outcome, now) == is_good

        if is_good:
            self._end(job, outcome, now)

    def _end(self, job: Expected, outcome: Outcome, now: datetime) -> None:
        match outcome:
            case Done():
                job.end("done")
            case Retry():
                if job.priority is not Priority.PERSON:
                    job.priority = Priority.RETRY
                job.attempt, job.suspect = job.attempt + 1, outcome.suspect
                job.requeue(now + outcome.after)
            case Snooze():
                job.snoozes += 1
                job.requeue(now + outcome.after)
            case GiveBack():
                job.requeue(now)
            case Dead():
                job.end("dead")
                self._hasten_write(job, now)
            case Cancelled():
                job.end("cancelled")

    def _hasten_write(self, dead: Expected, now: datetime) -> None:
        for job in self.jobs.values():
            if dead.kind is JobKind.TAG and job.kind is JobKind.WRITE:
                # Path and asset of each photo were numbered alike.
                is_its_own = job.target == dead.target and job.state == "queued"
                job.run_after = min(job.run_after, now) if is_its_own else job.run_after

    @precondition(lambda self: self.leases)
    @rule(data=st.data())
    def extend(self, data: st.DataObject) -> None:
        lease = data.draw(st.sampled_from(self.leases))
        until = self.clock.now() + TTL
        self.store.queue.extend([lease], until)
        job = self.jobs[lease.job]
        if job.lease is not None and _same(job.lease, lease) and job.lease.until > self.clock.now():
            job.lease = Lease(**{**_fields(job.lease), "until": until})

    @rule(seconds=st.sampled_from([1, 20, 60, 600]))
    def wait(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule()
    def reclaim(self) -> None:
        now = self.clock.now()
        expired = [job for job in self.jobs.values() if job.lease and job.lease.until <= now]
        assert self.store.queue.reclaim(now) == len(expired)
        for job in expired:
            job.requeue(job.run_after)

    @rule()
    def start_again(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder / "phototagd.db", clock=self.clock)
        running = [job for job in self.jobs.values() if job.state == "running"]
        assert self.store.queue.reclaim(self.clock.now(), everything=True) == len(running)
        for job in running:
            job.requeue(job.run_after)

    @rule()
    def retry(self) -> None:
        dead = [job for job in self.jobs.values() if job.state == "dead"]
        assert self.store.queue.retry(None, self.clock.now()) == len(dead)
        for job in dead:
            job.renew(job.priority, self.clock.now())

    @invariant()
    def nothing_is_lost_or_otherwise_than_promised(self) -> None:
        rows = self.store._database.read(lambda c: c.execute("SELECT * FROM job").fetchall())
        epoch = datetime.fromtimestamp(0, tz=self.clock.now().tzinfo)
        assert {row["id"]: _told(row, epoch) for row in rows} == {
            job.id: (
                job.state,
                job.priority,
                job.run_after,
                job.attempt,
                job.snoozes,
                job.suspect,
                job.lease.owner if job.lease else None,
                job.lease.until if job.lease else None,
            )
            for job in self.jobs.values()
        }

    @invariant()
    def where_photos_stand_is_up_to_date(self) -> None:
        stale = self.store._database.read(
            lambda c: c.execute(
                """SELECT * FROM asset JOIN standing ON standing.asset_id = asset.id
                   WHERE asset.standing IS NOT standing.standing"""
            ).fetchall()
        )
        assert stale == []


def _told(row, epoch: datetime) -> tuple[object, ...]:  # noqa: ANN001
    def at(milliseconds: int | None) -> datetime | None:
        return None if milliseconds is None else epoch + timedelta(milliseconds=milliseconds)

    return (
        row["state"],
        row["priority"],
        at(row["run_after"]),
        row["attempt"],
        row["snoozes"],
        bool(row["suspect"]),
        row["leased_by"],
        at(row["leased_until"]),
    )


def _same(one: Lease, other: Lease) -> bool:
    return (one.job, one.owner, one.generation) == (other.job, other.owner, other.generation)


def _fields(lease: Lease) -> dict[str, object]:
    return {name: getattr(lease, name) for name in lease.__slots__}


TestQueueMachine = QueueMachine.TestCase
TestQueueMachine.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
