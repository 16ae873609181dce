"""Photos that are missing are believed gone, unless so many go at once that a person is asked."""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import timedelta

from phototagd.adapters.sqlite.columns import duration_ms, ids_text
from phototagd.adapters.sqlite.finding import indexing
from phototagd.adapters.sqlite.queue import jobs
from phototagd.domain.asset import LibraryId, PathId, PathState
from phototagd.domain.library import Losses
from phototagd.rules.arriving.losing import LEAST, is_mass

GONE = "the photo is gone"
GONE_AFTER_SCANS = 2
_AT_ONCE_MS = duration_ms(timedelta(hours=1))
_VERDICT_MS = 10_000  # less than the time after which what is missing is looked for again


_LOSSES = """WITH away AS (
             SELECT id, asset_id, folder_id, missing_scans >= :sure AND gone_at IS NULL AS is_held,
               gone_at
             FROM path INDEXED BY path_missing
             WHERE missing_scans > 0 AND gone_at IS NULL
             UNION ALL
             SELECT id, asset_id, folder_id, 0, gone_at FROM path INDEXED BY path_gone
             WHERE gone_at IS NOT NULL AND gone_at > max(:since,
               (SELECT losses_confirmed_at FROM library WHERE id = :library))),
           judged AS (
             SELECT is_held, gone_at, asset_id IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM path AS copy INDEXED BY path_asset
               WHERE copy.asset_id = away.asset_id AND copy.id <> away.id AND copy.state = 'known'
                 AND copy.gone_at IS NULL AND copy.missing_scans = 0) AS is_lost
             FROM away CROSS JOIN folder ON folder.id = away.folder_id
             WHERE folder.library_id = :library)
           SELECT coalesce(sum(is_held), 0) AS held, coalesce(sum(is_lost), 0) AS lost,
             coalesce(sum(is_lost AND gone_at IS NOT NULL), 0) AS gone
           FROM judged"""


class LossLimit:
    """Says of each library whether what is missing in it is to be believed; writer thread only.

    A verdict that took counting is kept for a while: a large library loses folder by folder.
    """

    def __init__(self, *, share: float) -> None:
        self._share = share
        self._verdicts: dict[LibraryId, tuple[int, bool]] = {}

    def holds(
        self, connection: sqlite3.Connection, library: LibraryId, now: int, *, was_asked: bool
    ) -> bool:
        """Whether a person is to be asked first; `was_asked` about some of them already."""
        at, verdict = self._verdicts.get(library, (0, False))
        if 0 <= now - at < _VERDICT_MS:
            return verdict
        losses = losses_of(connection, library, now, self._share, was_asked=was_asked)
        if losses.lost >= LEAST or was_asked:
            self._verdicts[library] = (now, losses.is_mass)
        return losses.is_mass


def count_missing(
    connection: sqlite3.Connection,
    library: LibraryId,
    paths: Collection[PathId],
    now: int,
    limit: LossLimit,
) -> tuple[bool, int]:
    """Count one more scan without these; False while one may still come back; how many went."""
    if not paths:
        return True, 0
    rows = connection.execute(
        """UPDATE path SET missing_scans = missing_scans + 1
           WHERE id IN (SELECT value FROM json_each(?)) AND gone_at IS NULL
           RETURNING id, asset_id, state, missing_scans""",
        (ids_text(paths),),
    ).fetchall()
    gone = [row for row in rows if row["missing_scans"] >= GONE_AFTER_SCANS]
    was_asked = any(row["missing_scans"] > GONE_AFTER_SCANS for row in gone)
    if gone and limit.holds(connection, library, now, was_asked=was_asked):
        return False, 0
    believe(connection, gone, now)
    photos = sum(row["state"] == PathState.KNOWN for row in gone)
    return len(gone) == len(rows), photos


def forget_missing(connection: sqlite3.Connection, paths: Collection[PathId], now: int) -> None:
    """These are there again; work that was cancelled because they were not is wanted again."""
    connection.execute(
        """UPDATE path SET missing_scans = 0
           WHERE id IN (SELECT value FROM json_each(?)) AND gone_at IS NULL""",
        (ids_text(paths),),
    )
    rows = connection.execute(
        """SELECT job.id, job.priority
           FROM path CROSS JOIN job ON job.asset_id = path.asset_id
           WHERE path.id IN (SELECT value FROM json_each(?)) AND job.state = 'cancelled'
             AND (job.path_id = path.id OR job.kind = 'tag' AND NOT EXISTS (
                    SELECT 1 FROM tagging WHERE tagging.asset_id = path.asset_id))""",
        (ids_text(paths),),
    ).fetchall()
    for row in rows:
        jobs.revive(connection, job=row["id"], priority=row["priority"], run_after=now, now=now)


def believe(connection: sqlite3.Connection, rows: Iterable[sqlite3.Row], now: int) -> None:
    """These paths are gone: their work is cancelled, sidecars may follow, search forgets them."""
    for row in rows:
        if row["state"] == PathState.KNOWN:
            connection.execute("UPDATE path SET gone_at = ? WHERE id = ?", (now, row["id"]))
            jobs.cancel_write(connection, row["id"], GONE, now)
            _let_sidecar_follow(connection, row["id"], now)
        else:
            connection.execute("DELETE FROM path WHERE id = ?", (row["id"],))
        if row["asset_id"] is not None:
            jobs.cancel_unseen(connection, row["asset_id"], GONE, now)
            indexing.refresh(connection, row["asset_id"])


def _let_sidecar_follow(connection: sqlite3.Connection, left: int, now: int) -> None:
    """The move is certain now: whoever waited for that need not wait longer."""
    connection.execute(
        """UPDATE job INDEXED BY job_write SET run_after = min(run_after, ?)
           WHERE kind = 'write' AND state = 'queued'
             AND path_id IN (SELECT id FROM path INDEXED BY path_moved WHERE moved_from = ?)""",
        (now, left),
    )


def losses_of(
    connection: sqlite3.Connection,
    library: LibraryId,
    now: int,
    share: float,
    *,
    was_asked: bool,
) -> Losses:
    """What went at once, and whether that is too much to be believed.

    A photo that lies elsewhere too was moved, not lost; neither was what a person confirmed.
    """
    row = connection.execute(
        _LOSSES,
        {"library": library, "since": now - _AT_ONCE_MS, "sure": GONE_AFTER_SCANS},
    ).fetchone()
    is_counted = was_asked or row["lost"] >= LEAST
    known = row["gone"] + _live(connection, library) if is_counted else row["lost"]
    return Losses(
        held=row["held"],
        lost=row["lost"],
        known=known,
        is_mass=is_mass(row["lost"], known, share=share, was_asked=was_asked),
    )


def _live(connection: sqlite3.Connection, library: LibraryId) -> int:
    row = connection.execute(
        """SELECT count(*) FROM folder CROSS JOIN path ON path.folder_id = folder.id
           WHERE folder.library_id = ? AND path.state = 'known' AND path.gone_at IS NULL""",
        (library,),
    ).fetchone()
    return int(row[0])
