"""How many photos stand where, counted through indexes."""

import sqlite3

from phototagd.domain.job import Tally


def tally(connection: sqlite3.Connection, now: int) -> Tally:
    """Photos by standing, and files that cannot be read: waiting ones count as queued."""
    standing = dict(
        connection.execute(
            """SELECT standing, count(*) FROM asset INDEXED BY asset_standing
               WHERE standing IS NOT NULL GROUP BY standing"""
        ).fetchall()
    )
    refused = dict(
        connection.execute(
            """SELECT state, count(*) FROM path INDEXED BY path_refused
               WHERE state IN ('waiting', 'dead') GROUP BY state"""
        ).fetchall()
    )
    waiting = refused.get("waiting", 0)
    return Tally(
        queued=standing.get("queued", 0) + standing.get("unwritten", 0) + waiting,
        running=standing.get("running", 0),
        done=standing.get("done", 0),
        dead=standing.get("dead", 0) + refused.get("dead", 0),
        cancelled=standing.get("cancelled", 0),
        snoozed=_later(connection, now) + waiting,
    )


def _later(connection: sqlite3.Connection, now: int) -> int:
    """Queued photos whose next job is not due yet."""
    (unasked,) = connection.execute(
        """SELECT count(DISTINCT asset.id) FROM job INDEXED BY job_due
           CROSS JOIN asset ON asset.id = job.asset_id AND asset.standing = 'queued'
           WHERE job.state = 'queued' AND job.kind = 'tag' AND job.priority IN (0, 1, 2, 3)
             AND job.run_after > ?""",
        (now,),
    ).fetchone()
    (unwritten,) = connection.execute(
        """SELECT count(*) FROM asset
           WHERE standing = 'unwritten'
             AND NOT EXISTS (SELECT 1 FROM job INDEXED BY job_newest
                             WHERE job.asset_id = asset.id AND job.kind = 'write'
                               AND job.state = 'queued' AND job.run_after <= ?)""",
        (now,),
    ).fetchone()
    return int(unasked + unwritten)
