"""Folders: rows that paths hang on, and the range of what lies below one."""

import sqlite3

from phototagd.domain.asset import LibraryId


def folder_id(connection: sqlite3.Connection, library: LibraryId, folder: bytes) -> int:
    """The row of a folder, created without a stamp when it is new."""
    row = connection.execute(
        "SELECT id FROM folder WHERE library_id = ? AND relpath = ?", (library, folder)
    ).fetchone()
    if row is not None:
        return int(row["id"])
    cursor = connection.execute(
        "INSERT INTO folder(library_id, relpath) VALUES(?, ?)", (library, folder)
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def folders_below(
    connection: sqlite3.Connection, library: LibraryId, folder: bytes
) -> list[tuple[int, bytes]]:
    """Row and relative path of all recorded folders below one, the folder itself left out."""
    # "0" is the byte after "/", so the range holds exactly the names that begin with "folder/".
    low, high = (folder + b"/", folder + b"0") if folder else (b"", None)
    rows = connection.execute(
        """SELECT id, relpath FROM folder
           WHERE library_id = :library AND relpath >= :low AND (:high IS NULL OR relpath < :high)
             AND relpath <> :folder""",
        {"library": library, "low": low, "high": high, "folder": folder},
    ).fetchall()
    return [(row["id"], row["relpath"]) for row in rows]
