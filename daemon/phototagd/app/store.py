"""The database and what is told when it is opened."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from phototagd.adapters.sqlite.care import SqliteCare
from phototagd.adapters.sqlite.catalogue import SqliteCatalogue
from phototagd.adapters.sqlite.connecting import version_warning
from phototagd.adapters.sqlite.database import Database
from phototagd.adapters.sqlite.queue import SqliteQueue
from phototagd.domain.events import Trouble
from phototagd.ports import Clock, Listener

DATABASE_NAME = "phototagd.db"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long write jobs wait for something better to come.

    `moved` until a moved photo's sidecar may follow, `place` until a photo without words gets
    a sidecar for its place alone.
    """

    moved: timedelta = timedelta(seconds=30)
    place: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Store:
    """The sections of one open database."""

    database: Database
    catalogue: SqliteCatalogue
    queue: SqliteQueue
    care: SqliteCare


def open_store(state_dir: Path, *, clock: Clock, emit: Listener, patience: Patience) -> Store:
    """Open the database of a state folder; raises what `Database.open` raises."""
    database = Database.open(state_dir / DATABASE_NAME, clock=clock)
    if database.recovered_from is not None:
        emit(
            Trouble(
                what="database",
                reason=f"it was damaged and lies in {database.recovered_from} now",
                remedy="nothing: photos are read again, and sidecars kept every word",
            )
        )
    return Store(
        database=database,
        catalogue=SqliteCatalogue(
            database=database,
            clock=clock,
            confirm_after=patience.moved,
            place_patience=patience.place,
        ),
        queue=SqliteQueue(database=database, clock=clock),
        care=SqliteCare(database=database),
    )


def database_warning() -> str:
    """What is wrong with this machine's SQLite; empty when nothing is."""
    return version_warning()
