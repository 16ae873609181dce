"""Migrations: in order, each whole or not at all, with a backup before."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles import FakeClock
from phototagd.adapters.sqlite.database.connecting import connect_writer
from phototagd.adapters.sqlite.database.migrating import (
    Migration,
    backup_path,
    migrate,
    shipped_migrations,
)
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.errors import ConfigError

FIRST = Migration(1, "CREATE TABLE note(text TEXT) STRICT; PRAGMA user_version = 1;")
SECOND = Migration(2, "ALTER TABLE note ADD COLUMN at INTEGER; PRAGMA user_version = 2;")
BROKEN = Migration(2, "DELETE FROM note; CREATE TABLE note(x); PRAGMA user_version = 2;")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "phototagd.db"


@pytest.fixture
def connection(file: Path) -> Iterator[sqlite3.Connection]:
    connection = connect_writer(file)
    yield connection
    connection.close()


def version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def test_shipped_migrations_are_numbered_without_gaps() -> None:
    steps = shipped_migrations()

    assert [step.number for step in steps] == list(range(1, len(steps) + 1))


def test_a_new_database_gets_all_steps_and_no_backup(
    connection: sqlite3.Connection, file: Path
) -> None:
    migrate(connection, file, shipped_migrations())

    assert version(connection) == shipped_migrations()[-1].number
    assert [part for part in file.parent.iterdir() if "backup" in part.name] == []


def test_an_existing_database_is_backed_up_before_the_next_step(
    connection: sqlite3.Connection, file: Path
) -> None:
    migrate(connection, file, [FIRST])
    connection.execute("INSERT INTO note VALUES('precious')")

    migrate(connection, file, [FIRST, SECOND])

    assert version(connection) == 2
    backup = sqlite3.connect(backup_path(file, 1))
    assert backup.execute("SELECT * FROM note").fetchall() == [("precious",)]
    assert version(backup) == 1
    assert backup_path(file, 1).stat().st_mode & 0o777 == 0o600
    backup.close()


def test_a_database_that_is_up_to_date_is_left_alone(
    connection: sqlite3.Connection, file: Path
) -> None:
    migrate(connection, file, [FIRST])
    migrate(connection, file, [FIRST])

    assert not backup_path(file, 1).exists()


def test_a_step_that_fails_leaves_nothing_of_itself(
    connection: sqlite3.Connection, file: Path
) -> None:
    migrate(connection, file, [FIRST])
    connection.execute("INSERT INTO note VALUES('precious')")

    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, file, [FIRST, BROKEN])

    assert version(connection) == 1
    assert [tuple(row) for row in connection.execute("SELECT * FROM note")] == [("precious",)]
    migrate(connection, file, [FIRST, SECOND])
    assert version(connection) == 2


def test_a_step_that_was_cut_off_begins_anew(file: Path) -> None:
    """As a kill or a power cut would leave it: begun, never committed."""
    first = connect_writer(file)
    migrate(first, file, [FIRST])
    first.execute("BEGIN IMMEDIATE")
    first.execute("ALTER TABLE note ADD COLUMN at INTEGER")
    first.execute("PRAGMA user_version = 2")
    first.close()

    second = connect_writer(file)
    assert version(second) == 1
    migrate(second, file, [FIRST, SECOND])
    assert version(second) == 2
    second.close()


def test_a_database_of_a_newer_phototagd_is_refused(
    connection: sqlite3.Connection, file: Path
) -> None:
    connection.execute("PRAGMA user_version = 99")

    with pytest.raises(ConfigError, match="newer phototagd"):
        migrate(connection, file, shipped_migrations())


def test_a_newer_database_is_refused_at_opening_and_not_touched(file: Path) -> None:
    connection = connect_writer(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = file.read_bytes()

    with pytest.raises(ConfigError):
        Store.open(file, clock=FakeClock())

    assert file.read_bytes() == before


def test_the_schema_is_strict(connection: sqlite3.Connection, file: Path) -> None:
    migrate(connection, file, shipped_migrations())

    tables = connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
    ).fetchall()
    assert {row["name"] for row in tables if not row["strict"]} == {"sqlite_schema"}
