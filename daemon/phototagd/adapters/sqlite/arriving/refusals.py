"""Refusals: files that are no photos, or cannot be read (yet)."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from phototagd.adapters.sqlite.arriving.folders import folder_id
from phototagd.adapters.sqlite.arriving.paths import path_record
from phototagd.adapters.sqlite.arriving.section import Section
from phototagd.adapters.sqlite.columns import plain, stamp_text, to_ms
from phototagd.adapters.sqlite.queue import jobs
from phototagd.domain.asset import PathState
from phototagd.domain.record import PathRecord, Refusal


class Refusals(Section):
    """Files that were looked at in vain."""

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Record files that are no photos, or not readable."""

        def work(connection: sqlite3.Connection) -> None:
            now = self._now()
            for refusal in refusals:
                _refuse(connection, refusal, now)

        self._database.write(work)

    def due_refusals(self, now: datetime, limit: int) -> list[PathRecord]:
        """Waiting paths whose time to be read again has come, longest due first.

        A time too far ahead was set by a wrong clock, and has come too.
        """
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT * FROM path_record WHERE state = 'waiting' AND retry_at <= :now
                   UNION ALL
                   SELECT * FROM path_record
                   WHERE state = 'waiting' AND retry_at > :now + :longest
                   ORDER BY retry_at LIMIT :limit""",
                {"now": to_ms(now), "longest": jobs.LONGEST_WAIT_MS, "limit": limit},
            ).fetchall()
        )
        return [path_record(row) for row in rows]


def _refuse(connection: sqlite3.Connection, refusal: Refusal, now: int) -> None:
    """What could not be read only for now keeps its asset: it may be the same photo again."""
    folder = folder_id(connection, refusal.location.library, refusal.location.folder)
    before = connection.execute(
        "SELECT asset_id FROM path WHERE folder_id = ? AND name = ?",
        (folder, refusal.location.name),
    ).fetchone()
    row = connection.execute(
        """INSERT INTO path(folder_id, name, stamp, state, reason, retry_at, tries, changed_at)
           VALUES(:folder, :name, :stamp, :state, :reason, :retry_at, 1, :now)
           ON CONFLICT(folder_id, name) DO UPDATE SET
             tries = CASE WHEN stamp = excluded.stamp THEN tries + 1 ELSE 1 END,
             stamp = excluded.stamp, state = excluded.state, reason = excluded.reason,
             retry_at = excluded.retry_at, changed_at = excluded.changed_at,
             asset_id = CASE excluded.state WHEN 'waiting' THEN asset_id END,
             missing_scans = 0, gone_at = NULL, moved_from = NULL
           RETURNING id""",
        {
            "folder": folder,
            "name": refusal.location.name,
            "stamp": stamp_text(refusal.stamp),
            "state": refusal.state.value,
            "reason": plain(refusal.reason),
            "retry_at": None if refusal.retry_at is None else to_ms(refusal.retry_at),
            "now": now,
        },
    ).fetchall()[0]
    jobs.cancel_write(connection, row["id"], refusal.reason, now)
    if before is not None and before["asset_id"] and refusal.state is not PathState.WAITING:
        jobs.cancel_unseen(connection, before["asset_id"], refusal.reason, now)
