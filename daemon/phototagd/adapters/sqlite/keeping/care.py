"""Housekeeping: the log is kept short, what is over for long is forgotten."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from phototagd.adapters.sqlite.columns import from_ms, ids_text, to_ms
from phototagd.adapters.sqlite.database.backing_up import back_up, complaints
from phototagd.adapters.sqlite.database.database import Database
from phototagd.domain.inspection import Inspection

_CHUNK = 1000


class SqliteCare:
    """The port `StoreCare` on one database."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    def checkpoint(self) -> None:
        """Move the log into the database and shorten it."""
        self._database.checkpoint()

    def prove_writable(self) -> None:
        """Write a row as it is; raises Unavailable when the disk does not take it."""
        self._database.write(
            lambda c: c.execute(
                "UPDATE library SET root = root WHERE id = (SELECT min(id) FROM library)"
            )
        )

    def prune(self, before: datetime) -> int:
        """Forget gone paths and finished jobs, a thousand at a time so that nobody waits long.

        Taggings are kept: a photo that comes back from a backup costs no inference.
        """
        forgotten = sum(self._in_chunks(step, before) for step in (_forget_paths, _forget_jobs))
        self._database.write(_forget_folders)
        return forgotten

    def back_up(self, target: bytes) -> None:
        """Copy the database as it is now to a file; whole, or not there at all."""
        back_up(self._database.path, Path(os.fsdecode(target)))

    def complaints(self) -> list[str]:
        """What is wrong inside the database; empty when it is whole."""
        return complaints(self._database.path)

    def commit_seconds(self) -> float | None:
        """The median of the last commits that waited for the disk."""
        return self._database.commit_seconds()

    def last_inspection(self) -> Inspection | None:
        """When the whole store was read last, and what was wrong."""
        row = self._database.read(
            lambda c: c.execute("SELECT * FROM chore WHERE name = 'inspection'").fetchone()
        )
        if row is None:
            return None
        return Inspection(from_ms(row["done_at"]), tuple(row["result"].splitlines()))

    def record_inspection(self, inspection: Inspection) -> None:
        """Remember it."""
        self._database.write(
            lambda c: c.execute(
                "INSERT OR REPLACE INTO chore(name, done_at, result) VALUES('inspection', ?, ?)",
                (to_ms(inspection.at), "\n".join(inspection.complaints)),
            )
        )

    def size(self) -> Mapping[str, int]:
        """Bytes of the `database` and of its write-ahead log, `wal`."""
        path = self._database.path
        log = path.with_name(path.name + "-wal")
        return {
            name: file.stat().st_size if file.exists() else 0
            for name, file in (("database", path), ("wal", log))
        }

    def _in_chunks(self, step: Callable[[sqlite3.Connection, int], int], before: datetime) -> int:
        total = 0
        while count := self._database.write(lambda c: step(c, to_ms(before))):
            total += count
        return total


def _forget_paths(connection: sqlite3.Connection, before: int) -> int:
    rows = connection.execute(
        """DELETE FROM path WHERE id IN (SELECT id FROM path INDEXED BY path_gone
                                         WHERE gone_at IS NOT NULL AND gone_at < ? LIMIT ?)
           RETURNING asset_id""",
        (before, _CHUNK),
    ).fetchall()
    _forget_assets(connection, {row["asset_id"] for row in rows})
    return len(rows)


def _forget_jobs(connection: sqlite3.Connection, before: int) -> int:
    """Forget what is done, and what was cancelled for photos that are gone."""
    rows = connection.execute(
        """DELETE FROM job WHERE id IN (
             SELECT id FROM job INDEXED BY job_changed
             WHERE state IN ('done', 'cancelled') AND updated_at < :before
               AND (state = 'done' OR NOT EXISTS (
                     SELECT 1 FROM path WHERE path.asset_id = job.asset_id
                       AND path.state = 'known' AND path.gone_at IS NULL))
             LIMIT :chunk)
           RETURNING asset_id""",
        {"before": before, "chunk": _CHUNK},
    ).fetchall()
    _forget_assets(connection, {row["asset_id"] for row in rows})
    return len(rows)


def _forget_assets(connection: sqlite3.Connection, assets: set[int]) -> None:
    """Forget those that nothing leads to and nothing is known of."""
    connection.execute(
        """DELETE FROM asset WHERE id IN (SELECT value FROM json_each(?))
             AND NOT EXISTS (SELECT 1 FROM path WHERE asset_id = asset.id)
             AND NOT EXISTS (SELECT 1 FROM job WHERE asset_id = asset.id)
             AND NOT EXISTS (SELECT 1 FROM tagging WHERE asset_id = asset.id)""",
        (ids_text(assets),),
    )


def _forget_folders(connection: sqlite3.Connection) -> None:
    connection.execute(
        """DELETE FROM folder WHERE stamp IS NULL
             AND NOT EXISTS (SELECT 1 FROM path WHERE folder_id = folder.id)"""
    )
