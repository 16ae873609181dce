"""The ledger: what was written beside photos, and what stood there before."""

import json
import sqlite3
import zlib
from collections.abc import Mapping

from phototagd.adapters.sqlite.columns import from_ms, json_text, plain, to_ms
from phototagd.adapters.sqlite.writing.amendments import Amendments
from phototagd.domain.amending import ChangeCause, Origin, SidecarChange
from phototagd.domain.asset import PathId


class SqliteLedger(Amendments):
    """The port `Ledger` on one database."""

    def origin(self, path: PathId, name: bytes) -> Origin | None:
        """A sidecar as it was before we first touched it."""
        row = self._database.read(
            lambda c: c.execute(
                "SELECT * FROM origin WHERE path_id = ? AND name = ?", (path, name)
            ).fetchone()
        )
        return None if row is None else _origin(row)

    def intend(self, change: SidecarChange, origin: Origin | None) -> None:
        """Keep the origin and a line of the history, before the file is touched."""

        def work(connection: sqlite3.Connection) -> None:
            if origin is not None:
                _keep(connection, change, origin)
            settle_history(connection, change.path, {change.name: change.digest_before})
            _append(connection, change)

        self._database.write(work)

    def carry(self, source: PathId, target: PathId, names: Mapping[bytes, bytes]) -> None:
        """What is known of a moved photo's old path holds for its new one too."""

        def work(connection: sqlite3.Connection) -> None:
            for old, new in names.items():
                _carry_sidecar(connection, (source, old), (target, new))
            connection.execute(
                """INSERT OR IGNORE INTO withheld(path_id, undone_at, settled_at, lifted_at,
                                                  rejected)
                   SELECT ?, undone_at, settled_at, lifted_at, rejected
                   FROM withheld WHERE path_id = ?""",
                (target, source),
            )
            connection.execute(
                """INSERT OR IGNORE INTO edit_copy(path_id, edit_id)
                   SELECT ?, edit_id FROM edit_copy WHERE path_id = ?""",
                (target, source),
            )

        self._database.write(work)

    def history(self, path: PathId) -> list[SidecarChange]:
        """Every write that changed a sidecar, newest first."""
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT * FROM history WHERE path_id = ? AND is_settled
                   ORDER BY written_at DESC, id DESC""",
                (path,),
            ).fetchall()
        )
        return [_change(row) for row in rows]


def settle_history(
    connection: sqlite3.Connection, path: PathId, digests: Mapping[bytes, str]
) -> None:
    """What led to the sidecars as they are now has happened; other intentions have not."""
    for name, digest in digests.items():
        connection.execute(
            """UPDATE history SET is_settled = 1
               WHERE path_id = ? AND name = ? AND digest_after = ? AND NOT is_settled""",
            (path, name, digest),
        )
        connection.execute(
            "DELETE FROM history WHERE path_id = ? AND name = ? AND NOT is_settled", (path, name)
        )


def _keep(connection: sqlite3.Connection, change: SidecarChange, origin: Origin) -> None:
    connection.execute(
        """INSERT INTO origin(path_id, name, content, digest, previous, written, is_mixed)
           VALUES(:path, :name, :content, :digest, :previous, :written, :is_mixed)
           ON CONFLICT(path_id, name) DO UPDATE SET
             content = excluded.content, digest = excluded.digest, previous = excluded.previous,
             written = excluded.written, is_mixed = excluded.is_mixed""",
        {
            "path": change.path,
            "name": change.name,
            "content": None if origin.content is None else zlib.compress(origin.content),
            "digest": origin.digest,
            "previous": change.digest_before,
            "written": change.digest_after,
            "is_mixed": origin.is_mixed,
        },
    )


def _append(connection: sqlite3.Connection, change: SidecarChange) -> None:
    connection.execute(
        """INSERT INTO history(path_id, name, written_at, cause, model, recipe, added, removed,
                               caption_before, caption_after, digest_before, digest_after)
           VALUES(:path, :name, :at, :cause, :model, :recipe, :added, :removed,
                  :caption_before, :caption_after, :digest_before, :digest_after)""",
        {
            "path": change.path,
            "name": change.name,
            "at": to_ms(change.at),
            "cause": change.cause.value,
            "model": change.model,
            "recipe": change.recipe,
            "added": json_text(change.added),
            "removed": json_text(change.removed),
            "caption_before": plain(change.caption_before),
            "caption_after": plain(change.caption_after),
            "digest_before": change.digest_before,
            "digest_after": change.digest_after,
        },
    )


def _carry_sidecar(
    connection: sqlite3.Connection, old: tuple[PathId, bytes], new: tuple[PathId, bytes]
) -> None:
    connection.execute(
        """INSERT OR IGNORE INTO origin(path_id, name, content, digest, previous, written, is_mixed)
           SELECT ?, ?, content, digest, previous, written, is_mixed
           FROM origin WHERE path_id = ? AND name = ?""",
        (*new, *old),
    )
    connection.execute(
        """INSERT INTO history(path_id, name, written_at, cause, model, recipe, added, removed,
                               caption_before, caption_after, digest_before, digest_after,
                               is_settled)
           SELECT ?, ?, written_at, cause, model, recipe, added, removed,
             caption_before, caption_after, digest_before, digest_after, is_settled
           FROM history AS past WHERE path_id = ? AND name = ? AND is_settled
             AND NOT EXISTS (SELECT 1 FROM history WHERE path_id = ? AND name = ?
                             AND written_at = past.written_at)""",
        (*new, *old, *new),
    )


def _origin(row: sqlite3.Row) -> Origin:
    return Origin(
        content=None if row["content"] is None else zlib.decompress(row["content"]),
        digest=row["digest"],
        previous=row["previous"],
        written=row["written"],
        is_mixed=bool(row["is_mixed"]),
    )


def _change(row: sqlite3.Row) -> SidecarChange:
    return SidecarChange(
        path=row["path_id"],
        name=row["name"],
        at=from_ms(row["written_at"]),
        cause=ChangeCause(row["cause"]),
        model=row["model"],
        recipe=row["recipe"],
        added=tuple(json.loads(row["added"])),
        removed=tuple(json.loads(row["removed"])),
        caption_before=row["caption_before"],
        caption_after=row["caption_after"],
        digest_before=row["digest_before"],
        digest_after=row["digest_after"],
    )
