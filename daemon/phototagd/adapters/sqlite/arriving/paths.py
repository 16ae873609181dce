"""Paths: single photos by number, by name, and as copies of an asset."""

import json
import sqlite3
from collections.abc import Mapping

from phototagd.adapters.sqlite.arriving.section import Section
from phototagd.adapters.sqlite.columns import read_facts, read_place, read_stamp
from phototagd.domain.asset import AssetId, LibraryId, Location, PathId, PathState
from phototagd.domain.record import PathRecord
from phototagd.rules.sidecars.naming import split


class Paths(Section):
    """Looking up paths."""

    def path(self, path: PathId) -> PathRecord | None:
        """One path."""
        row = self._database.read(
            lambda c: c.execute("SELECT * FROM path_record WHERE id = ?", (path,)).fetchone()
        )
        return None if row is None else path_record(row)

    def find_path(self, library: LibraryId, folder: bytes, name: bytes) -> PathRecord | None:
        """One path by its name; it may be gone."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT * FROM path_record
                   WHERE name = ? AND folder_id = (SELECT id FROM folder
                                                   WHERE library_id = ? AND relpath = ?)""",
                (name, library, folder),
            ).fetchone()
        )
        return None if row is None else path_record(row)

    def asset_with(self, content_hash: str) -> AssetId | None:
        """The asset that has this content, or had it in one of its files."""
        row = self._database.read(
            lambda c: c.execute(
                "SELECT asset_id FROM identity WHERE content_hash = ?", (content_hash,)
            ).fetchone()
        )
        return None if row is None else AssetId(row["asset_id"])

    def paths_of(self, asset: AssetId, *, include_gone: bool = False) -> list[PathRecord]:
        """The copies of an asset, oldest first."""
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT * FROM path_record
                   WHERE asset_id = ? AND state = 'known' AND (gone_at IS NULL OR ?)
                   ORDER BY id""",
                (asset, include_gone),
            ).fetchall()
        )
        return [path_record(row) for row in rows]

    def namesakes(self, path: PathId) -> list[PathRecord]:
        """The other live photos of its folder that differ from it in their suffix alone."""
        own = self.path(path)
        stem = b"" if own is None else split(own.location.name)[0]
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT * FROM path_record
                   WHERE folder_id = (SELECT folder_id FROM path WHERE id = :path)
                     AND name > :first AND name < :last
                     AND id <> :path AND state = 'known' AND gone_at IS NULL
                   ORDER BY name""",
                # The byte after the dot is the slash, which no name holds.
                {"path": path, "first": stem + b".", "last": stem + b"/"},
            ).fetchall()
        )
        found = (path_record(row) for row in rows)
        return [record for record in found if split(record.location.name)[0] == stem]

    def with_sidecar(self, after: PathId, limit: int) -> list[PathRecord]:
        """Live paths above a number that have a sidecar, in order of their numbers."""
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT * FROM path_record
                   WHERE id > ? AND state = 'known' AND gone_at IS NULL
                     AND sidecar_name IS NOT NULL
                   ORDER BY id LIMIT ?""",
                (after, limit),
            ).fetchall()
        )
        return [path_record(row) for row in rows]

    def words_of(self, path: PathId) -> Mapping[str, object]:
        """What the sidecar said when it was last read or written; empty when unknown."""
        row = self._database.read(
            lambda c: c.execute("SELECT words FROM path WHERE id = ?", (path,)).fetchone()
        )
        words: dict[str, object] = json.loads(row["words"]) if row else {}
        return words


def path_record(row: sqlite3.Row) -> PathRecord:
    """A row of the view `path_record` as a value."""
    sidecar = row["sidecar_stamp"]
    return PathRecord(
        id=row["id"],
        location=Location(library=row["library_id"], folder=row["relpath"], name=row["name"]),
        root=row["root"],
        stamp=read_stamp(row["stamp"]),
        state=PathState(row["state"]),
        reason=row["reason"],
        asset=row["asset_id"],
        kind=row["kind"],
        content_hash=row["content_hash"],
        facts=read_facts(row["facts"]),
        place=read_place(row["place"]),
        sidecar_name=row["sidecar_name"],
        sidecar=None if sidecar is None else read_stamp(sidecar),
        sidecar_digest=row["sidecar_digest"],
        is_gone=row["gone_at"] is not None,
        moved_from=row["moved_from"],
    )
