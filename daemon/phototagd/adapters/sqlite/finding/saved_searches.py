"""Searches that persons keep, in SQLite."""

import sqlite3
from collections.abc import Sequence

from phototagd.adapters.sqlite.columns import plain
from phototagd.adapters.sqlite.database.database import Database
from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder


class SqliteSavedSearches:
    """The port `SavedSearchStore` on one database."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    def all(self) -> list[SavedSearch]:
        """All of them, by name."""
        sql = "SELECT name, query, sorting FROM saved_search ORDER BY name"
        rows = self._database.read(lambda c: c.execute(sql).fetchall())
        return [SavedSearch(row["name"], row["query"], HitOrder(row["sorting"])) for row in rows]

    def replace(self, searches: Sequence[SavedSearch]) -> None:
        """Keep exactly these."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM saved_search")
            connection.executemany(
                "INSERT INTO saved_search(name, query, sorting) VALUES(?, ?, ?)",
                [(plain(one.name), plain(one.query), one.order.value) for one in searches],
            )

        self._database.write(work)
