"""Losses: what is missing in a library, and what a person said about it."""

import sqlite3
from datetime import datetime

from phototagd.adapters.sqlite.arriving.missing import GONE_AFTER_SCANS, believe, losses_of
from phototagd.adapters.sqlite.arriving.section import Section
from phototagd.adapters.sqlite.columns import to_ms
from phototagd.domain.asset import LibraryId, PathState
from phototagd.domain.library import Losses

_CHUNK = 500


class Losing(Section):
    """What is missing in a library, and what a person said about it.

    A photo that two scans did not find and that is not `gone_at` waits for a person.
    """

    def losses(self, library: LibraryId) -> Losses:
        """What is missing, and whether a person is to be asked about it."""

        def work(connection: sqlite3.Connection) -> Losses:
            # Whatever two scans missed and is not gone was held back: a person was asked.
            row = connection.execute(
                """SELECT EXISTS (
                     SELECT 1 FROM path INDEXED BY path_missing
                     CROSS JOIN folder ON folder.id = path.folder_id
                     WHERE missing_scans > 0 AND missing_scans >= ? AND gone_at IS NULL
                       AND folder.library_id = ?) AS is_held""",
                (GONE_AFTER_SCANS, library),
            ).fetchone()
            is_held, now = bool(row["is_held"]), self._now()
            return losses_of(connection, library, now, self._loss_share, was_asked=is_held)

        return self._database.read(work)

    def confirm_losses(self, library: LibraryId, at: datetime) -> None:
        """A person says that what went until now was meant to go."""
        self._database.write(
            lambda c: c.execute(
                "UPDATE library SET losses_confirmed_at = ? WHERE id = ?", (to_ms(at), library)
            )
        )

    def believe_losses(self, library: LibraryId) -> int:
        """Believe gone what two scans did not find, a few hundred at a time; how many photos."""
        total = 0
        while found := self._database.write(lambda c: self._believe_some(c, library)):
            total += sum(row["state"] == PathState.KNOWN for row in found)
        return total

    def _believe_some(
        self, connection: sqlite3.Connection, library: LibraryId
    ) -> list[sqlite3.Row]:
        rows = connection.execute(
            """SELECT path.id, path.asset_id, path.state
               FROM path INDEXED BY path_missing CROSS JOIN folder ON folder.id = path.folder_id
               WHERE path.missing_scans > 0 AND path.missing_scans >= ? AND path.gone_at IS NULL
                 AND folder.library_id = ?
               LIMIT ?""",
            (GONE_AFTER_SCANS, library, _CHUNK),
        ).fetchall()
        believe(connection, rows, self._now())
        return rows
