"""Jobs as a person sees them, together with files that could not be read."""

import sqlite3
from collections.abc import Collection

from phototagd.adapters.sqlite.columns import from_ms, ids_text
from phototagd.domain.asset import AssetId, PathId
from phototagd.domain.job import JobId, JobState, JobView, Priority

_REFUSED = {JobState.QUEUED: "waiting", JobState.DEAD: "dead"}


def listing(connection: sqlite3.Connection, state: JobState | None, limit: int) -> list[JobView]:
    """The newest changes of one state, or of all."""
    states = [state] if state else list(JobState)
    views = [view for one in states for view in _of_state(connection, one, limit)]
    views.sort(key=lambda view: (view.updated_at, view.id), reverse=True)
    return views[:limit]


def jobs_of(connection: sqlite3.Connection, asset: AssetId, path: PathId) -> list[JobView]:
    """The newest `tag` job of an asset and the `write` job of a path, shown at that path."""
    rows = connection.execute(
        """SELECT job.*, path.root, path.relpath, path.name
           FROM job JOIN path_record AS path ON path.id = :path
           WHERE job.id IN (SELECT id FROM job WHERE kind = 'write' AND path_id = :path)
              OR job.id = (SELECT id FROM job WHERE kind = 'tag' AND asset_id = :asset
                           ORDER BY queued_at DESC, id DESC LIMIT 1)
           ORDER BY job.kind, job.id""",
        {"asset": asset, "path": path},
    ).fetchall()
    return [_job_view(row) for row in rows]


def retry(connection: sqlite3.Connection, ids: Collection[JobId] | None, now: int) -> int:
    """Queue dead jobs with a live photo again, and let refused files be read at once."""
    values = {"ids": None if ids is None else ids_text(ids), "now": now}
    jobs = connection.execute(
        """UPDATE job SET state = 'queued', run_after = :now, attempt = 0, snoozes = 0,
             suspect = 0, reason = '', queued_at = :now, updated_at = :now
           WHERE state = 'dead' AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))
             AND EXISTS (SELECT 1 FROM path
                         WHERE asset_id = job.asset_id AND state = 'known' AND gone_at IS NULL
                           AND (job.path_id IS NULL OR path.id = job.path_id))""",
        values,
    )
    files = connection.execute(
        """UPDATE path INDEXED BY path_refused
           SET state = 'waiting', retry_at = :now, tries = 0, changed_at = :now
           WHERE state IN ('waiting', 'dead')
             AND CASE WHEN :ids IS NULL THEN state = 'dead'
                      ELSE -id IN (SELECT value FROM json_each(:ids)) END""",
        values,
    )
    return jobs.rowcount + files.rowcount


def _of_state(connection: sqlite3.Connection, state: JobState, limit: int) -> list[JobView]:
    rows = connection.execute(
        """SELECT job.*, path.root, path.relpath, path.name
           FROM job INDEXED BY job_changed
           CROSS JOIN path_record AS path ON path.id = coalesce(job.path_id,
             (SELECT id FROM path WHERE asset_id = job.asset_id
              ORDER BY state <> 'known', gone_at IS NOT NULL, id LIMIT 1))
           WHERE job.state = :state
             AND (:state = 'cancelled' OR path.state = 'known' AND path.gone_at IS NULL)
           ORDER BY job.updated_at DESC, job.id DESC LIMIT :limit""",
        {"state": state.value, "limit": limit},
    ).fetchall()
    return [_job_view(row) for row in rows] + _refused(connection, state, limit)


def _refused(connection: sqlite3.Connection, state: JobState, limit: int) -> list[JobView]:
    if state not in _REFUSED:
        return []
    rows = connection.execute(
        """SELECT * FROM path_record
           WHERE id IN (SELECT id FROM path INDEXED BY path_refused
                        WHERE state = ? AND state IN ('waiting', 'dead')
                        ORDER BY changed_at DESC, id DESC LIMIT ?)
           ORDER BY changed_at DESC, id DESC""",
        (_REFUSED[state], limit),
    ).fetchall()
    return [_file_view(row, state) for row in rows]


def _job_view(row: sqlite3.Row) -> JobView:
    state = JobState(row["state"])
    return JobView(
        id=row["id"],
        kind=row["kind"],
        state=state,
        priority=Priority(row["priority"]),
        attempt=row["attempt"] + (state is JobState.RUNNING),
        reason=row["reason"],
        run_after=from_ms(row["run_after"]) if state is JobState.QUEUED else None,
        updated_at=from_ms(row["updated_at"]),
        location=_location(row),
    )


def _file_view(row: sqlite3.Row, state: JobState) -> JobView:
    return JobView(
        id=JobId(-row["id"]),
        kind="read",
        state=state,
        priority=Priority.NEW,
        attempt=row["tries"],
        reason=row["reason"],
        run_after=None if row["retry_at"] is None else from_ms(row["retry_at"]),
        updated_at=from_ms(row["changed_at"]),
        location=_location(row),
    )


def _location(row: sqlite3.Row) -> bytes:
    parts = [row["root"].rstrip(b"/"), row["relpath"], row["name"]]
    return b"/".join(part for index, part in enumerate(parts) if part or index == 0)
