"""Brings a database to the newest schema, step by step, with a backup before."""

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from phototagd.adapters.sqlite.database.connecting import sync_folder
from phototagd.domain.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: the SQL that leads to schema `number` and records it as `user_version`."""

    number: int
    sql: str


def shipped_migrations() -> list[Migration]:
    """The numbered SQL files of the package, in order."""
    folder = resources.files("phototagd.adapters.sqlite.migrations")
    return sorted(
        (
            Migration(number=int(file.name[:4]), sql=file.read_text(encoding="utf-8"))
            for file in folder.iterdir()
            if file.name.endswith(".sql")
        ),
        key=lambda step: step.number,
    )


def migrate(connection: sqlite3.Connection, database: Path, steps: Sequence[Migration]) -> None:
    """Apply the missing steps, each in one transaction together with its number.

    An existing database is copied to `backup_path` before. Raises ConfigError for a database
    that a newer phototagd has made.
    """
    version = _version(connection)
    newest = max(step.number for step in steps)
    if version > newest:
        raise ConfigError(
            f"{database} was made by a newer phototagd (schema {version}, this one knows {newest});"
            " install that version again, or move the file away to start afresh"
        )
    missing = [step for step in steps if step.number > version]
    if missing and version:
        _back_up(connection, backup_path(database, version))
    for step in missing:
        _apply(connection, step)


def backup_path(database: Path, version: int) -> Path:
    """Where the backup of a schema lies: `phototagd.v1.backup.db` beside the database."""
    return database.with_name(f"{database.stem}.v{version}.backup{database.suffix}")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _apply(connection: sqlite3.Connection, step: Migration) -> None:
    try:
        connection.executescript("BEGIN IMMEDIATE;\n" + step.sql + "\nCOMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    assert _version(connection) == step.number, "a migration records its own number"


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    connection.execute("VACUUM INTO ?", (str(unfinished),))
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    unfinished.replace(target)
    sync_folder(target.parent)
