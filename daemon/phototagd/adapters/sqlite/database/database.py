"""The database file: opened, checked, migrated; one writer, many readers."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from phototagd.adapters.sqlite.database.connecting import (
    connect_writer,
    is_sound,
    require_version,
    set_aside,
)
from phototagd.adapters.sqlite.database.failures import is_damage, translated
from phototagd.adapters.sqlite.database.migrating import migrate, shipped_migrations
from phototagd.adapters.sqlite.database.reading import Readers
from phototagd.adapters.sqlite.database.writing import GroupCommitter
from phototagd.domain.errors import Unavailable
from phototagd.ports import Clock, StepHook

T = TypeVar("T")


class Database:
    """One SQLite file in WAL mode; what `write` returned survives a power cut.

    `recovered_from` is the folder that a damaged database was moved to at opening, else None:
    the store is empty then, and a full scan must fill it again.
    """

    def __init__(
        self,
        *,
        path: Path,
        connection: sqlite3.Connection,
        recovered_from: Path | None,
        clock: Clock,
        step: StepHook | None = None,
    ) -> None:
        self.path = path
        self._step = step
        self.recovered_from = recovered_from
        self._writer = GroupCommitter(
            connection=connection, database=path, monotonic=clock.monotonic
        )
        self._readers = Readers(database=path)

    @classmethod
    def open(cls, path: Path, *, clock: Clock, step: StepHook | None = None) -> Self:
        """Open or create the database and bring it to the newest schema.

        Raises Unavailable when the disk does not allow it, ConfigError when a newer phototagd
        has made it. A damaged database is set aside whole and replaced by an empty one.
        """
        require_version()
        try:
            connection = _open_sound(path)
            recovered_from = None
            if connection is None:
                recovered_from = set_aside(path, clock.now())
                connection = _open_sound(path)
        except sqlite3.Error as error:
            raise translated(error, path) from error
        except OSError as error:
            raise Unavailable(
                f"the database cannot be opened: {path} ({error})",
                remedy="check that the state folder exists and belongs to the daemon's user",
            ) from error
        assert connection is not None, "a new database is sound"
        return cls(
            path=path,
            connection=connection,
            recovered_from=recovered_from,
            clock=clock,
            step=step,
        )

    def write(self, work: Callable[[sqlite3.Connection], T], *, is_promise: bool = True) -> T:
        """Run `work` as one transaction and return its result once that is on disk.

        What is no promise need not reach the disk before it returns: a power cut may undo it,
        a kill cannot, and it is never undone without all that was written after it.
        What `work` raises undoes it alone. Raises Unavailable when the disk does not take it.
        """
        result = self._writer.run(work, is_promise=is_promise)
        if self._step is not None:
            self._step("store.written")
        return result

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run `work` on a snapshot that holds everything written before."""
        return self._readers.run(work)

    def commit_seconds(self) -> float | None:
        """How long promises take to reach the disk; None before there were enough of them."""
        return self._writer.times.median()

    def checkpoint(self) -> None:
        """Move the log into the database and shorten it, unless somebody reads just now."""
        self._writer.run(
            lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall(),
            alone=True,
        )

    def close(self) -> None:
        """Finish accepted writes and close all connections; may be called twice."""
        self._readers.close()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _open_sound(path: Path) -> sqlite3.Connection | None:
    """A migrated connection, or None when the file is damaged."""
    try:
        connection = connect_writer(path)
    except sqlite3.Error as error:
        if is_damage(error):
            return None
        raise
    try:
        if is_sound(connection):
            migrate(connection, path, shipped_migrations())
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None
