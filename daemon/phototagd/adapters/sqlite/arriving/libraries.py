"""Libraries: which roots there are, and what makes them the ones they were."""

import sqlite3
from datetime import datetime

from phototagd.adapters.sqlite.arriving.profiles import change_profile
from phototagd.adapters.sqlite.arriving.section import Section
from phototagd.adapters.sqlite.columns import from_ms, identity_text, read_identity, to_ms
from phototagd.domain.asset import LibraryId
from phototagd.domain.library import Library, RootIdentity


class Libraries(Section):
    """Everything per library."""

    def open_library(
        self, root: bytes, *, is_configured: bool = True, profile: str | None = None
    ) -> Library:
        """The library of a root, created on first sight; once configured, it stays so."""

        def work(connection: sqlite3.Connection) -> Library:
            connection.execute(
                """INSERT INTO library(root, is_configured) VALUES(?, ?)
                   ON CONFLICT(root) DO UPDATE
                   SET is_configured = max(is_configured, excluded.is_configured)""",
                (root, is_configured),
            )
            row = connection.execute("SELECT * FROM library WHERE root = ?", (root,)).fetchone()
            if profile is not None:
                change_profile(connection, LibraryId(row["id"]), profile, self._now())
            return _library(row)

        return self._database.write(work)

    def libraries(self) -> list[Library]:
        """All libraries ever opened, oldest first."""
        return self._database.read(
            lambda c: [_library(row) for row in c.execute("SELECT * FROM library ORDER BY id")]
        )

    def record_identity(self, library: LibraryId, identity: RootIdentity) -> None:
        """Remember what makes the root the one it is."""
        self._database.write(
            lambda c: c.execute(
                "UPDATE library SET identity = ? WHERE id = ?", (identity_text(identity), library)
            )
        )

    def record_scan(self, library: LibraryId, at: datetime, *, full: bool) -> None:
        """A scan went through; a full one ends the first scan."""
        self._database.write(
            lambda c: c.execute(
                """UPDATE library SET last_scan_at = ?, first_scan_done = max(first_scan_done, ?)
                   WHERE id = ?""",
                (to_ms(at), full, library),
            )
        )

    def last_scan(self, library: LibraryId) -> datetime | None:
        """When the library was last compared with the store."""
        row = self._database.read(
            lambda c: c.execute(
                "SELECT last_scan_at FROM library WHERE id = ?", (library,)
            ).fetchone()
        )
        return None if row is None or row[0] is None else from_ms(row[0])


def _library(row: sqlite3.Row) -> Library:
    return Library(
        id=row["id"],
        root=row["root"],
        identity=read_identity(row["identity"]),
        is_configured=bool(row["is_configured"]),
        first_scan_done=bool(row["first_scan_done"]),
    )
