"""Opens connections the way the daemon needs them, and sets damaged databases aside."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from phototagd.adapters.sqlite.database.failures import is_damage
from phototagd.domain.errors import ConfigError

_OLDEST = (3, 38, 0)  # STRICT tables, RETURNING and built-in JSON
_WAL_RESET_FIXED = (3, 51, 3)


def require_version(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> None:
    """Refuse an SQLite that lacks what the schema needs; raises ConfigError."""
    if version < _OLDEST:
        found = ".".join(map(str, version))
        raise ConfigError(f"this Python has SQLite {found}, phototagd needs 3.38 or newer")


def version_warning(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """What a person should know of this SQLite; empty when all is well.

    Before 3.51.3 two connections that write or checkpoint in the same moment can damage a
    database in WAL mode. The daemon does both through one connection only.
    """
    if version >= _WAL_RESET_FIXED:
        return ""
    found = ".".join(map(str, version))
    return (
        f"SQLite {found} can damage a database that two programs write at once (fixed in 3.51.3);"
        " do not write to phototagd.db while the daemon runs"
    )


def connect_writer(database: Path) -> sqlite3.Connection:
    """The one connection that writes: every commit is on disk when it returns."""
    database.touch(mode=0o600)  # words and places of photos; log and index inherit the mode
    connection = _connect(database)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA journal_size_limit = 67108864")
        # 16 MB: a queue rewrites the same pages, and each is copied once at a checkpoint.
        connection.execute("PRAGMA wal_autocheckpoint = 4000")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_reader(database: Path) -> sqlite3.Connection:
    """A connection that can only read, and never checkpoints."""
    connection = _connect(database)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    connection.execute("PRAGMA cache_size = -1000")  # there is one for each thread
    return connection


def _connect(database: Path) -> sqlite3.Connection:
    # Used by one thread at a time; closing may happen on another one.
    connection = sqlite3.connect(
        database, timeout=5, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -8000")  # what is read often, the kernel keeps too
    return connection


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether the database passes SQLite's quick check."""
    try:
        rows = connection.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.Error as error:
        if is_damage(error):
            return False
        raise
    return [tuple(row) for row in rows] == [("ok",)]


def set_aside(database: Path, now: datetime, *, why: str = "corrupt") -> Path:
    """Move a database, log and index together into a folder beside it, named by `why`; which one.

    They are never deleted: an expert can still read them, but only as long as they are together.
    """
    base = f"{why}-{now:%Y%m%dT%H%M%SZ}"
    folder = database.parent / base
    count = 1
    while folder.exists():
        count += 1
        folder = database.parent / f"{base}-{count}"
    folder.mkdir()
    # The log goes first: a crash in between must not let a new database adopt it.
    for suffix in ("-wal", "-shm", ""):
        part = database.with_name(database.name + suffix)
        if part.exists():
            part.rename(folder / part.name)
    sync_folder(database.parent)
    return folder


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
