"""Arrivals: stable photos become paths and assets, with the jobs they need."""

import sqlite3
from collections.abc import Sequence

from phototagd.adapters.sqlite.arriving.folders import folder_id
from phototagd.adapters.sqlite.arriving.profiles import is_answered, profile_of
from phototagd.adapters.sqlite.arriving.section import Section
from phototagd.adapters.sqlite.columns import stamp_text
from phototagd.adapters.sqlite.queue import jobs
from phototagd.domain.asset import AssetId, LibraryId, PathId
from phototagd.domain.job import JobState, Priority
from phototagd.domain.profile import recipe_asking
from phototagd.domain.record import Arrival, Arrived

_CHANGED = "the file holds another photo now"


class Arrivals(Section):
    """Taking photos in."""

    def take_in(self, arrivals: Sequence[Arrival]) -> list[Arrived]:
        """Record stable photos, with the jobs they need, in one transaction."""

        def work(connection: sqlite3.Connection) -> list[Arrived]:
            now = self._now()
            return [self._take_in(connection, arrival, now) for arrival in arrivals]

        return self._database.write(work)

    def _take_in(self, connection: sqlite3.Connection, arrival: Arrival, now: int) -> Arrived:
        folder = folder_id(connection, arrival.location.library, arrival.location.folder)
        before = connection.execute(
            "SELECT id, asset_id, state, gone_at FROM path WHERE folder_id = ? AND name = ?",
            (folder, arrival.location.name),
        ).fetchone()
        asset, is_new = _asset_of(connection, arrival, now)
        how, moved_from = _provenance(connection, before, asset, is_new=is_new)
        if how == "copy":
            moved_from = _about_to_leave(connection, asset, arrival.location.library)
        path = _put_path(connection, folder, arrival, asset, moved_from, now)
        if before is not None and before["asset_id"] not in {None, asset}:
            jobs.cancel_unseen(connection, before["asset_id"], _CHANGED, now)
        profile = profile_of(connection, arrival.location.library)
        has_words = is_answered(connection, asset, profile)
        if not has_words:
            _put_question(connection, asset, profile, arrival.priority, now)
        jobs.put_write(
            connection,
            path=path,
            asset=asset,
            priority=arrival.priority,
            run_after=now + self._write_delay_ms(has_words=has_words, how=how),
            now=now,
        )
        return Arrived(
            path=path, asset=asset, how=how, moved_from=moved_from if how == "moved" else None
        )

    def _write_delay_ms(self, *, has_words: bool, how: str) -> int:
        if how == "moved":
            return self._confirm_after_ms
        return 0 if has_words else self._place_patience_ms


def _asset_of(connection: sqlite3.Connection, arrival: Arrival, now: int) -> tuple[AssetId, bool]:
    """The asset with this content or these pixels; True when it had to be made."""
    content_hash = arrival.identity.content_hash
    known = connection.execute(
        "SELECT asset_id FROM identity WHERE content_hash = ?", (content_hash,)
    ).fetchone()
    if known is not None:
        return AssetId(known["asset_id"]), False
    same = connection.execute(
        "SELECT id FROM asset WHERE id = ?", (arrival.same_pixels_as,)
    ).fetchone()
    asset = same["id"] if same else _new_asset(connection, arrival, now)
    connection.execute(
        "INSERT INTO identity(content_hash, asset_id) VALUES(?, ?)", (content_hash, asset)
    )
    return AssetId(asset), same is None


def _new_asset(connection: sqlite3.Connection, arrival: Arrival, now: int) -> int:
    kind = arrival.identity.kind
    cursor = connection.execute(
        "INSERT INTO asset(kind, created_at) VALUES(?, ?)", (kind.value if kind else "", now)
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _provenance(
    connection: sqlite3.Connection, before: sqlite3.Row | None, asset: AssetId, *, is_new: bool
) -> tuple[str, PathId | None]:
    """What brought the photo, as in `PhotoFound.how`, and the path it seems to have left."""
    if before is not None and before["state"] == "known" and before["gone_at"] is None:
        return ("metadata" if before["asset_id"] == asset else "changed"), None
    if is_new:
        return "new", None
    path = before["id"] if before else None
    left = _left_behind(connection, asset, path)
    if left is not None:
        return "moved", left
    if before is not None and before["asset_id"] == asset:
        return "back", None
    copies = connection.execute(
        """SELECT count(*) AS ever, coalesce(sum(gone_at IS NULL AND missing_scans = 0), 0) AS live
           FROM path WHERE asset_id = ? AND id IS NOT ? AND state = 'known'""",
        (asset, path),
    ).fetchone()
    if copies["live"]:
        return "copy", None
    # Without any other path it was forgotten with a folder that had opted out.
    return ("moved" if copies["ever"] else "back"), None


def _left_behind(connection: sqlite3.Connection, asset: AssetId, path: int | None) -> PathId | None:
    """The vanished copy whose sidecar waits for its photo, the latest to vanish first."""
    row = connection.execute(
        """SELECT id FROM path
           WHERE asset_id = ? AND id IS NOT ? AND sidecar_name IS NOT NULL
             AND (missing_scans > 0 OR gone_at IS NOT NULL)
           ORDER BY gone_at IS NOT NULL, gone_at DESC, id DESC LIMIT 1""",
        (asset, path),
    ).fetchone()
    return None if row is None else PathId(row["id"])


def _about_to_leave(
    connection: sqlite3.Connection, asset: AssetId, library: LibraryId
) -> PathId | None:
    """A copy in the same library that may turn out to be gone, with its sidecar left behind.

    A renamed photo is often taken in before its old name is missed. Whoever writes the sidecar
    looks whether the old name is still there.
    """
    row = connection.execute(
        """SELECT path.id FROM path INDEXED BY path_asset
           CROSS JOIN folder ON folder.id = path.folder_id
           WHERE path.asset_id = ? AND path.sidecar_name IS NOT NULL AND path.state = 'known'
             AND path.gone_at IS NULL AND folder.library_id = ?
           ORDER BY path.id DESC LIMIT 1""",
        (asset, library),
    ).fetchone()
    return None if row is None else PathId(row["id"])


def _put_path(
    connection: sqlite3.Connection,
    folder: int,
    arrival: Arrival,
    asset: AssetId,
    moved_from: PathId | None,
    now: int,
) -> PathId:
    """Record the path; facts of other bytes are forgotten, the place of another photo too."""
    rows = connection.execute(
        """INSERT INTO path(folder_id, name, stamp, state, asset_id, content_hash, moved_from,
                            changed_at)
           VALUES(:folder, :name, :stamp, 'known', :asset, :content_hash, :moved_from, :now)
           ON CONFLICT(folder_id, name) DO UPDATE SET
             facts = CASE WHEN stamp = excluded.stamp THEN facts END,
             place = CASE WHEN asset_id = excluded.asset_id THEN place END,
             stamp = excluded.stamp, state = 'known', reason = '', retry_at = NULL, tries = 0,
             asset_id = excluded.asset_id, content_hash = excluded.content_hash,
             missing_scans = 0, gone_at = NULL, changed_at = excluded.changed_at,
             moved_from = coalesce(excluded.moved_from,
                                   CASE WHEN asset_id = excluded.asset_id THEN moved_from END)
           RETURNING id""",
        {
            "folder": folder,
            "name": arrival.location.name,
            "stamp": stamp_text(arrival.identity.stamp),
            "asset": asset,
            "content_hash": arrival.identity.content_hash,
            "moved_from": moved_from,
            "now": now,
        },
    ).fetchall()
    return PathId(rows[0]["id"])


def _put_question(
    connection: sqlite3.Connection, asset: AssetId, profile: str, priority: Priority, now: int
) -> None:
    """Make sure that an asset without words is asked about; a dead job stays dead."""
    recipe = recipe_asking(profile)
    job = connection.execute(
        "SELECT id, state FROM job WHERE asset_id = ? AND recipe = ? AND kind = 'tag'",
        (asset, recipe),
    ).fetchone()
    if job is None:
        jobs.put_tag(connection, asset=asset, recipe=recipe, priority=priority, now=now)
    elif job["state"] in {JobState.QUEUED, JobState.RUNNING}:
        # Only its class: a photo that waits for another try goes on waiting.
        connection.execute(
            "UPDATE job SET priority = min(priority, ?) WHERE id = ?", (priority, job["id"])
        )
    elif job["state"] != JobState.DEAD:
        jobs.revive(connection, job=job["id"], priority=priority, run_after=now, now=now)
