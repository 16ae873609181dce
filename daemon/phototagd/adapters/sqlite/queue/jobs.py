"""Changes of single jobs, inside a transaction that somebody else began."""

import sqlite3
from dataclasses import dataclass, replace
from typing import Self

from phototagd.adapters.sqlite.columns import plain
from phototagd.domain.asset import AssetId, PathId
from phototagd.domain.job import JobId, Lease, Priority

LONGEST_WAIT_MS = 24 * 3600 * 1000  # nothing is put off for longer; the longest snooze is 6 hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a run leaves its job; `run_after` is the earliest time of the next one."""

    state: str
    run_after: int
    priority: int
    attempt: int
    snoozes: int
    suspect: bool
    reason: str

    @classmethod
    def of(cls, row: sqlite3.Row) -> Self:
        """Queued again, exactly as it was before it ran."""
        return cls(
            state="queued",
            run_after=row["run_after"],
            priority=row["priority"],
            attempt=row["attempt"],
            snoozes=row["snoozes"],
            suspect=bool(row["suspect"]),
            reason=row["reason"],
        )


def put_tag(
    connection: sqlite3.Connection, *, asset: AssetId, recipe: str, priority: Priority, now: int
) -> JobId:
    """Queue the question for an asset and recipe, or hurry the job that is there."""
    job = connection.execute(
        "SELECT id, state FROM job WHERE asset_id = ? AND recipe = ? AND kind = 'tag'",
        (asset, recipe),
    ).fetchone()
    if job is None:
        cursor = connection.execute(
            """INSERT INTO job(kind, asset_id, recipe, priority, state,
                               run_after, queued_at, updated_at)
               VALUES('tag', :asset, :recipe, :priority, 'queued', :now, :now, :now)""",
            {"asset": asset, "recipe": recipe, "priority": priority, "now": now},
        )
        assert cursor.lastrowid is not None
        return JobId(cursor.lastrowid)
    if job["state"] in {"queued", "running"}:
        hurry(connection, job=job["id"], priority=priority, run_after=now)
    else:
        revive(connection, job=job["id"], priority=priority, run_after=now, now=now)
    return JobId(job["id"])


def put_write(
    connection: sqlite3.Connection,
    *,
    path: PathId,
    asset: AssetId,
    priority: Priority,
    run_after: int,
    now: int,
) -> JobId:
    """Queue the writing of a path's sidecar; a running job will be queued again at its end."""
    job = connection.execute(
        "SELECT id, state FROM job WHERE path_id = ? AND kind = 'write'", (path,)
    ).fetchone()
    if job is None:
        cursor = connection.execute(
            """INSERT INTO job(kind, asset_id, path_id, priority, state,
                               run_after, queued_at, updated_at)
               VALUES('write', :asset, :path, :priority, 'queued', :run_after, :now, :now)""",
            {
                "asset": asset,
                "path": path,
                "priority": priority,
                "run_after": run_after,
                "now": now,
            },
        )
        assert cursor.lastrowid is not None
        return JobId(cursor.lastrowid)
    connection.execute("UPDATE job SET asset_id = ? WHERE id = ?", (asset, job["id"]))
    if job["state"] == "queued":
        hurry(connection, job=job["id"], priority=priority, run_after=run_after)
    elif job["state"] == "running":
        _ask_again(connection, job=job["id"], priority=priority, run_after=run_after)
    else:
        revive(connection, job=job["id"], priority=priority, run_after=run_after, now=now)
    return JobId(job["id"])


def hasten_impossible(connection: sqlite3.Connection, *, now: int) -> int:
    """Make due what was queued by a clock that was far ahead; how many."""
    return connection.execute(
        """UPDATE job INDEXED BY job_due SET run_after = :now
           WHERE state = 'queued' AND kind IN ('tag', 'write', 'embed')
             AND priority IN (0, 1, 2, 3) AND run_after > :now + :longest""",
        {"now": now, "longest": LONGEST_WAIT_MS},
    ).rowcount


def hurry(connection: sqlite3.Connection, *, job: int, priority: Priority, run_after: int) -> None:
    """Move a waiting job forward, never back."""
    connection.execute(
        """UPDATE job SET priority = min(priority, :priority),
             run_after = CASE state WHEN 'queued' THEN min(run_after, :run_after)
                                    ELSE run_after END
           WHERE id = :job""",
        {"job": job, "priority": priority, "run_after": run_after},
    )


def revive(
    connection: sqlite3.Connection, *, job: int, priority: Priority, run_after: int, now: int
) -> None:
    """Queue a job as if it were new, whatever became of it before."""
    connection.execute(
        """UPDATE job SET state = 'queued', priority = :priority, run_after = :run_after,
             leased_by = NULL, leased_until = NULL, again_at = NULL,
             attempt = 0, snoozes = 0, suspect = 0, reason = '', queued_at = :now, updated_at = :now
           WHERE id = :job""",
        {"job": job, "priority": priority, "run_after": run_after, "now": now},
    )


def _ask_again(
    connection: sqlite3.Connection, *, job: int, priority: Priority, run_after: int
) -> None:
    connection.execute(
        """UPDATE job SET priority = min(priority, :priority),
             again_at = min(coalesce(again_at, :run_after), :run_after)
           WHERE id = :job""",
        {"job": job, "priority": priority, "run_after": run_after},
    )


def held(connection: sqlite3.Connection, lease: Lease, now: int) -> sqlite3.Row | None:
    """The row of a job whose lease is still good, None when it was lost."""
    row: sqlite3.Row | None = connection.execute(
        """SELECT * FROM job
           WHERE id = :job AND state = 'running' AND leased_by = :owner
             AND generation = :generation AND leased_until > :now""",
        {
            "job": lease.job,
            "owner": lease.owner,
            "generation": lease.generation,
            "now": now,
        },
    ).fetchone()
    return row


def finish(connection: sqlite3.Connection, row: sqlite3.Row, now: int) -> None:
    """End a held job well."""
    end(connection, row, replace(Ending.of(row), state="done", reason=""), now)


def end(connection: sqlite3.Connection, row: sqlite3.Row, ending: Ending, now: int) -> None:
    """Write the end of a held job's run.

    When the job was asked for again meanwhile, no end is final: it is queued as if it were new,
    and a wait for another attempt is cut short.
    """
    again_at = row["again_at"]
    if again_at is not None and ending.state != "queued":
        priority = Priority(row["priority"])
        revive(connection, job=row["id"], priority=priority, run_after=again_at, now=now)
        return
    run_after = ending.run_after if again_at is None else min(ending.run_after, again_at)
    connection.execute(
        """UPDATE job SET state = :state, run_after = :run_after, priority = :priority,
             attempt = :attempt, snoozes = :snoozes, suspect = :suspect, reason = :reason,
             leased_by = NULL, leased_until = NULL, again_at = NULL, updated_at = :now
           WHERE id = :job""",
        {
            "job": row["id"],
            "state": ending.state,
            "run_after": run_after,
            "priority": ending.priority,
            "attempt": ending.attempt,
            "snoozes": ending.snoozes,
            "suspect": ending.suspect,
            "reason": plain(ending.reason),
            "now": now,
        },
    )


def cancel_write(connection: sqlite3.Connection, path: PathId, reason: str, now: int) -> int:
    """Cancel what is queued or running for a path's sidecar; how many."""
    cursor = connection.execute(
        """UPDATE job SET state = 'cancelled', reason = :reason, leased_by = NULL,
             leased_until = NULL, again_at = NULL, updated_at = :now
           WHERE path_id = :path AND kind = 'write' AND state IN ('queued', 'running')""",
        {"path": path, "reason": plain(reason), "now": now},
    )
    return cursor.rowcount


def cancel_unseen(connection: sqlite3.Connection, asset: AssetId, reason: str, now: int) -> int:
    """Cancel the questions about an asset that no live path leads to any more; how many."""
    cursor = connection.execute(
        """UPDATE job INDEXED BY job_newest
           SET state = 'cancelled', reason = :reason, leased_by = NULL,
             leased_until = NULL, again_at = NULL, updated_at = :now
           WHERE asset_id = :asset AND kind = 'tag' AND state IN ('queued', 'running')
             AND NOT EXISTS (SELECT 1 FROM path WHERE asset_id = :asset
                             AND state = 'known' AND gone_at IS NULL)""",
        {"asset": asset, "reason": plain(reason), "now": now},
    )
    return cursor.rowcount


def cancel_question(connection: sqlite3.Connection, job: int, reason: str, now: int) -> None:
    """Cancel a `tag` job that is queued or running."""
    connection.execute(
        """UPDATE job SET state = 'cancelled', reason = :reason, leased_by = NULL,
             leased_until = NULL, again_at = NULL, updated_at = :now
           WHERE id = :job AND state IN ('queued', 'running')""",
        {"job": job, "reason": plain(reason), "now": now},
    )


def hasten_writes(connection: sqlite3.Connection, asset: AssetId, now: int) -> None:
    """Let queued writes of an asset's paths run at once: there is nothing left to wait for."""
    connection.execute(
        """UPDATE job INDEXED BY job_newest SET run_after = :now
           WHERE asset_id = :asset AND kind = 'write' AND state = 'queued' AND run_after > :now""",
        {"asset": asset, "now": now},
    )
