"""The persistent queue: claims that expire, ends that are fenced."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from phototagd.adapters.sqlite.columns import duration_ms, from_ms, to_ms
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.queue import job_listing, jobs
from phototagd.adapters.sqlite.queue.tallying import tally
from phototagd.domain.asset import AssetId, PathId
from phototagd.domain.errors import Vanished
from phototagd.domain.job import (
    Cancelled,
    Dead,
    Done,
    GiveBack,
    JobId,
    JobKind,
    JobState,
    JobView,
    Lease,
    Outcome,
    Priority,
    Retry,
    Snooze,
    Tally,
)
from phototagd.ports import Clock

_FOR_EVER = 2**62


class SqliteQueue:
    """The port `Queue` on one database.

    Every claim counts up the job's generation; a lease is good only for the generation it was
    given, so a worker that slept through its lease cannot settle the next one's run.
    """

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._fertile: set[tuple[JobKind, Priority]] = set()

    def enqueue_tag(self, asset: AssetId, recipe: str, priority: Priority, now: datetime) -> JobId:
        """Queue a question; raises Vanished for an asset that was forgotten."""

        def work(connection: sqlite3.Connection) -> JobId:
            if not connection.execute("SELECT 1 FROM asset WHERE id = ?", (asset,)).fetchone():
                raise Vanished("the photo is no longer in the catalogue")
            return jobs.put_tag(
                connection, asset=asset, recipe=recipe, priority=priority, now=to_ms(now)
            )

        return self._database.write(work)

    def enqueue_write(self, path: PathId, priority: Priority, run_after: datetime) -> JobId:
        """Queue a write; raises Vanished for a path without a photo."""

        def work(connection: sqlite3.Connection) -> JobId:
            row = connection.execute(
                "SELECT asset_id FROM path WHERE id = ? AND state = 'known' AND gone_at IS NULL",
                (path,),
            ).fetchone()
            if row is None:
                raise Vanished("the photo is no longer in the catalogue")
            return jobs.put_write(
                connection,
                path=path,
                asset=row["asset_id"],
                priority=priority,
                run_after=to_ms(run_after),
                now=self._now(),
            )

        return self._database.write(work)

    def claim(
        self, kind: JobKind, priority: Priority, owner: str, now: datetime, ttl: timedelta
    ) -> Lease | None:
        """The due job that waits longest, leased to `owner` for `ttl`."""
        values: dict[str, str | int] = {
            "kind": kind.value,
            "priority": int(priority),
            "owner": owner,
            "now": to_ms(now),
            "until": to_ms(now + ttl),
        }

        def work(connection: sqlite3.Connection) -> Lease | None:
            # Found first and changed by its id: as one statement it takes twice the time.
            job = _first_due(connection, values)
            if job is None:
                return None
            (row,) = connection.execute(
                """UPDATE job SET state = 'running', leased_by = :owner, leased_until = :until,
                     generation = generation + 1, updated_at = :now
                   WHERE id = :job RETURNING *""",
                {**values, "job": job},
            ).fetchall()
            return _lease(row)

        # Most claims find nothing, and a look costs a tenth of a transaction; but where the last
        # one found a job, there is likely to be another.
        source = (kind, priority)
        if source not in self._fertile:
            if self._database.read(lambda c: _first_due(c, values)) is None:
                return None
            self._fertile.add(source)
        # A claim promises nothing: what a power cut takes back is queued again anyway.
        lease = self._database.write(work, is_promise=False)
        if lease is None:
            self._fertile.discard(source)
        return lease

    def extend(self, leases: Iterable[Lease], until: datetime) -> None:
        """Prolong the leases that are still good; lost ones stay lost."""
        now = self._now()
        values = [
            {
                "job": lease.job,
                "owner": lease.owner,
                "generation": lease.generation,
                "now": now,
                "until": to_ms(until),
            }
            for lease in leases
        ]

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                """UPDATE job SET leased_until = max(leased_until, :until)
                   WHERE id = :job AND state = 'running' AND leased_by = :owner
                     AND generation = :generation AND leased_until > :now""",
                values,
            )

        self._database.write(work)

    def settle(self, lease: Lease, outcome: Outcome, now: datetime) -> bool:
        """Write the end of a run; a job asked for again meanwhile is queued again."""
        at = to_ms(now)

        def work(connection: sqlite3.Connection) -> bool:
            row = jobs.held(connection, lease, at)
            if row is None:
                return False
            jobs.end(connection, row, _ending(row, outcome, at), at)
            if isinstance(outcome, Dead) and lease.kind is JobKind.TAG:
                # No words will come, so the place need not wait for them.
                jobs.hasten_writes(connection, lease.asset, at)
            return True

        return self._database.write(work)

    def reclaim(self, now: datetime, *, everything: bool = False) -> int:
        """Queue again what expired, or every running job at start; nothing is charged.

        What would wait longer than anything is made to wait is due: the clock was wrong then.
        """

        def work(connection: sqlite3.Connection) -> int:
            hastened = jobs.hasten_impossible(connection, now=to_ms(now))
            return (
                hastened
                + connection.execute(
                    """UPDATE job INDEXED BY job_leased
                   SET state = 'queued', leased_by = NULL, leased_until = NULL,
                     run_after = min(run_after, coalesce(again_at, run_after)), again_at = NULL,
                     updated_at = :now
                   WHERE state = 'running' AND leased_until <= :until""",
                    {"now": to_ms(now), "until": _FOR_EVER if everything else to_ms(now)},
                ).rowcount
            )

        return self._database.write(work)

    def jobs(self, state: JobState | None, limit: int) -> list[JobView]:
        """Jobs and unreadable files, newest change first; files have negative ids."""
        return self._database.read(lambda c: job_listing.listing(c, state, limit))

    def jobs_of(self, asset: AssetId, path: PathId) -> list[JobView]:
        """The newest question about an asset, and the writing of one path."""
        return self._database.read(lambda c: job_listing.jobs_of(c, asset, path))

    def retry(self, ids: Collection[JobId] | None, now: datetime) -> int:
        """Queue dead jobs again, and read dead files again; all of them without `ids`."""
        return self._database.write(lambda c: job_listing.retry(c, ids, to_ms(now)))

    def tally(self, now: datetime) -> Tally:
        """How many photos stand where."""
        return self._database.read(lambda c: tally(c, to_ms(now)))

    def oldest_queued(self) -> datetime | None:
        """When the longest waiting job that could run now was queued."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT queued_at FROM job INDEXED BY job_waiting
                   WHERE state = 'queued' AND run_after <= ? ORDER BY queued_at LIMIT 1""",
                (self._now(),),
            ).fetchone()
        )
        return from_ms(row["queued_at"]) if row else None

    def waiting(self) -> Mapping[Priority, int]:
        """How many photos wait to be asked about, by class."""
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT priority, count(*) AS count FROM job INDEXED BY job_due
                   WHERE state = 'queued' AND kind = 'tag' GROUP BY priority"""
            ).fetchall()
        )
        return {Priority(row["priority"]): row["count"] for row in rows}

    def is_awaited(self) -> bool:
        """Whether a person waits for an answer about a photo."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT EXISTS (SELECT 1 FROM job INDEXED BY job_due
                                  WHERE state = 'queued' AND kind = 'tag' AND priority = 0)
                       OR EXISTS (SELECT 1 FROM job INDEXED BY job_leased
                                  WHERE state = 'running' AND kind = 'tag' AND priority = 0)
                       AS is_awaited"""
            ).fetchone()
        )
        return bool(row["is_awaited"])

    def next_due(self, kind: JobKind, now: datetime) -> datetime | None:  # noqa: ARG002
        """When the first queued job of a kind may run; that may be in the past."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT min((SELECT run_after FROM job
                               WHERE state = 'queued' AND kind = ? AND priority = class.column1
                               ORDER BY run_after LIMIT 1)) AS due
                   FROM (VALUES (0), (1), (2), (3)) AS class""",
                (kind.value,),
            ).fetchone()
        )
        return None if row["due"] is None else from_ms(row["due"])

    def _now(self) -> int:
        return to_ms(self._clock.now())


def _first_due(connection: sqlite3.Connection, values: Mapping[str, str | int]) -> int | None:
    row = connection.execute(
        """SELECT id FROM job WHERE state = 'queued' AND kind = :kind AND priority = :priority
             AND run_after <= :now
           ORDER BY run_after, id LIMIT 1""",
        values,
    ).fetchone()
    return None if row is None else row["id"]


def _lease(row: sqlite3.Row) -> Lease:
    return Lease(
        job=row["id"],
        kind=JobKind(row["kind"]),
        asset=row["asset_id"],
        path=row["path_id"],
        recipe=row["recipe"],
        priority=Priority(row["priority"]),
        attempt=row["attempt"] + 1,
        snoozes=row["snoozes"],
        suspect=bool(row["suspect"]),
        generation=row["generation"],
        owner=row["leased_by"],
        until=from_ms(row["leased_until"]),
        queued_at=from_ms(row["queued_at"]),
        last_reason=row["reason"],
    )


def _ending(row: sqlite3.Row, outcome: Outcome, now: int) -> jobs.Ending:
    same = jobs.Ending.of(row)
    match outcome:
        case Done():
            return replace(same, state="done", reason="")
        case Retry(after=after, reason=reason, suspect=suspect):
            return replace(
                same,
                run_after=now + duration_ms(after),
                priority=_after_failure(same.priority),
                attempt=same.attempt + 1,
                suspect=suspect,
                reason=reason,
            )
        case Snooze(after=after, reason=reason):
            return replace(
                same,
                run_after=now + duration_ms(after),
                snoozes=same.snoozes + 1,
                reason=reason,
            )
        case GiveBack(after=after, suspect=suspect):
            run_after = now + duration_ms(after)
            return replace(same, run_after=run_after, suspect=same.suspect or suspect)
        case Dead(reason=reason):
            return replace(same, state="dead", reason=reason)
        case Cancelled(reason=reason):
            return replace(same, state="cancelled", reason=reason)
        case _:
            assert_never(outcome)


def _after_failure(priority: int) -> int:
    return priority if priority == Priority.PERSON else Priority.RETRY
