"""What SQLite's error codes mean for the daemon: the world's fault, or a bug of ours."""

import sqlite3
from pathlib import Path

from phototagd.domain.errors import Unavailable

_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_WORLD = {
    sqlite3.SQLITE_FULL: (
        "the disk of the state folder is full",
        "free some space; no recorded work is lost",
    ),
    sqlite3.SQLITE_READONLY: (
        "the database cannot be written",
        "give the daemon's user write access to the state folder, or remount it read-write",
    ),
    sqlite3.SQLITE_PERM: (
        "the database may not be opened",
        "give the daemon's user access to the state folder",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the database cannot be opened",
        "check that the state folder exists and belongs to the daemon's user",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk of the state folder reports errors",
        "look into the kernel log, check the disk, and the quota of the daemon's user",
    ),
    sqlite3.SQLITE_BUSY: (
        "another program holds the database",
        "close programs that have it open; only the daemon may write it",
    ),
    sqlite3.SQLITE_LOCKED: (
        "another program holds the database",
        "close programs that have it open; only the daemon may write it",
    ),
    sqlite3.SQLITE_PROTOCOL: (
        "the database cannot be locked",
        "keep the state folder on a local disk",
    ),
    sqlite3.SQLITE_NOMEM: ("there is no memory left for the database", ""),
    sqlite3.SQLITE_CORRUPT: (
        "the database is damaged",
        "restart phototagd: it sets the damaged files aside and rebuilds from photos and sidecars",
    ),
    sqlite3.SQLITE_NOTADB: (
        "the file is no database",
        "restart phototagd: it sets the file aside and rebuilds from photos and sidecars",
    ),
}


def primary_code(error: sqlite3.Error) -> int | None:
    """The primary result code, None when Python itself raised the error."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file itself is broken, so that only a new one helps."""
    return primary_code(error) in _DAMAGED


def is_world(error: sqlite3.Error) -> bool:
    """Whether disk, memory or other programs are at fault, rather than a statement of ours."""
    return primary_code(error) in _WORLD


def translated(error: sqlite3.Error, database: Path) -> Exception:
    """The domain's name for an error; a bug of ours (syntax, constraint) stays what it is."""
    code = primary_code(error)
    if code is None or code not in _WORLD:
        return error
    what, remedy = _WORLD[code]
    return Unavailable(f"{what}: {database} ({error})", remedy=remedy)
