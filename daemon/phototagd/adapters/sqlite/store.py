"""The store as a whole: one database, and the three ports on it."""

from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from phototagd.adapters.sqlite.asking.privacy import SqlitePrivacy
from phototagd.adapters.sqlite.asking.retagging import SqliteRetagging
from phototagd.adapters.sqlite.catalogue import SqliteCatalogue
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.finding.saved_searches import SqliteSavedSearches
from phototagd.adapters.sqlite.finding.search import SqliteSearch
from phototagd.adapters.sqlite.finding.vectors import SqliteVectors
from phototagd.adapters.sqlite.keeping.care import SqliteCare
from phototagd.adapters.sqlite.queue.queue import SqliteQueue
from phototagd.adapters.sqlite.showing.gallery import SqliteGallery
from phototagd.adapters.sqlite.showing.overview import SqliteOverview
from phototagd.adapters.sqlite.showing.sketches import SqliteSketches
from phototagd.adapters.sqlite.tending.vocabulary import SqliteVocabulary
from phototagd.adapters.sqlite.writing.ledger import SqliteLedger
from phototagd.ports import Clock, StepHook
from phototagd.rules.arriving.losing import MOST_SHARE


class Store:
    """All ports on one database file, opened and closed together.

    `recovered_from` is the folder that a damaged database was moved to at opening, else None;
    after that the caller tells a person and scans everything.
    """

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        confirm_after: timedelta,
        place_patience: timedelta,
        loss_share: float,
    ) -> None:
        self._database = database
        self.recovered_from = database.recovered_from
        self.catalogue = SqliteCatalogue(
            database=database,
            clock=clock,
            confirm_after=confirm_after,
            place_patience=place_patience,
            loss_share=loss_share,
        )
        self.ledger = SqliteLedger(database=database, clock=clock)
        self.queue = SqliteQueue(database=database, clock=clock)
        self.search = SqliteSearch(database=database)
        self.vectors = SqliteVectors(database=database)
        self.gallery = SqliteGallery(database=database)
        self.sketches = SqliteSketches(database=database)
        self.overview = SqliteOverview(database=database)
        self.saved_searches = SqliteSavedSearches(database=database)
        self.vocabulary = SqliteVocabulary(database=database)
        self.privacy = SqlitePrivacy(database=database, clock=clock)
        self.retagging = SqliteRetagging(database=database)
        self.care = SqliteCare(database=database)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Clock,
        confirm_after: timedelta = timedelta(seconds=30),
        place_patience: timedelta = timedelta(minutes=10),
        loss_share: float = MOST_SHARE,
        step: StepHook | None = None,
    ) -> Self:
        """Open or create the database; raises as `Database.open` does.

        `step` is told of every transaction once it is on disk.
        """
        return cls(
            database=Database.open(path, clock=clock, step=step),
            clock=clock,
            confirm_after=confirm_after,
            place_patience=place_patience,
            loss_share=loss_share,
        )

    def close(self) -> None:
        """Finish accepted writes and close everything; may be called twice."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
