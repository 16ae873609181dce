"""Copies of a database that is in use, and whether a database is whole."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from phototagd.adapters.sqlite.database.connecting import connect_reader, sync_folder
from phototagd.adapters.sqlite.database.failures import translated
from phototagd.domain.errors import Unavailable

_MOST_COMPLAINTS = 20


def back_up(database: Path, target: Path) -> None:
    """A compact copy as of now, for its owner alone; whole under its name, or not there.

    Readers and the writer go on meanwhile. Raises Unavailable when it cannot be written.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        # VACUUM INTO takes an empty file, so that nobody else can open it even for a moment.
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        try:
            _copy(database, part)
            part.replace(target)
        finally:
            with suppress(FileNotFoundError):
                part.unlink()
        sync_folder(target.parent)
    except OSError as error:
        raise Unavailable(
            f"the backup cannot be written: {target} ({error.strerror})",
            remedy="name a file in a folder that the daemon's user may write",
        ) from error


def complaints(database: Path) -> list[str]:
    """What SQLite's full check finds wrong; empty for a database that is whole."""
    try:
        with closing(connect_reader(database)) as connection:
            rows = connection.execute(f"PRAGMA integrity_check({_MOST_COMPLAINTS:d})").fetchall()
            found = [str(row[0]) for row in rows if row[0] != "ok"]
            loose = connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST_COMPLAINTS)
    except sqlite3.Error as error:
        raise translated(error, database) from error
    return found + [f"{row[0]}: row {row[1]} refers to nothing in {row[2]}" for row in loose]


def _copy(database: Path, part: Path) -> None:
    try:
        with closing(connect_reader(database)) as connection:
            connection.execute("PRAGMA query_only = OFF")  # it would forbid writing the copy too
            connection.execute("VACUUM INTO ?", (os.fspath(part),))
    except sqlite3.Error as error:
        raise translated(error, part) from error
    handle = os.open(part, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
