"""Search on SQLite: conditions and words in one statement, ranked by FTS5's bm25."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from phototagd.adapters.sqlite.database import Database
from phototagd.adapters.sqlite.indexing import refresh_stale
from phototagd.adapters.sqlite.photo_facts import photo_facts
from phototagd.adapters.sqlite.search_conditions import all_words, any_words, conditions
from phototagd.domain.asset import AssetId
from phototagd.domain.search import (
    Field,
    HitOrder,
    LibraryNames,
    PhotoFacts,
    Query,
    Ranked,
    Taken,
)

# Weights: complete keywords, words of keywords, caption, text in the picture, place and path.
_BEST_FIRST = """
SELECT photo.asset_id, -bm25(search_text, 12.0, 8.0, 4.0, 2.0, 1.0) AS score
FROM search_text CROSS JOIN search_photo AS photo ON photo.asset_id = search_text.rowid
WHERE search_text MATCH ? AND """
_NEWEST_FIRST = """
SELECT photo.asset_id, 0.0 AS score
FROM search_text CROSS JOIN search_photo AS photo ON photo.asset_id = search_text.rowid
WHERE search_text MATCH ? AND """
_WITHOUT_WORDS = """
SELECT photo.asset_id, 0.0 AS score FROM search_photo AS photo WHERE """
_BY_SCORE = " ORDER BY score DESC, photo.taken_at DESC, photo.asset_id DESC"
_BY_DATE = " ORDER BY photo.taken_at DESC, photo.asset_id DESC"


class SqliteSearch:
    """The port `SearchIndex` on one database."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    def names(self) -> LibraryNames:
        """The places and cameras of the library, folded."""
        return LibraryNames(places=self._values(Field.PLACE), cameras=self._values(Field.CAMERA))

    def with_all_words(self, query: Query, order: HitOrder) -> Ranked:
        """Every photo that meets the conditions and has all the terms."""
        where = conditions(query)
        if not query.terms:
            return self._ranked(_WITHOUT_WORDS + where.sql + _BY_DATE, where.values)
        values = (all_words(query.terms), *where.values)
        if order is HitOrder.DATE:
            return self._ranked(_NEWEST_FIRST + where.sql + _BY_DATE, values)
        return self._ranked(_BEST_FIRST + where.sql + _BY_SCORE, values)

    def with_some_words(self, query: Query, limit: int) -> Ranked:
        """Photos that meet the conditions and have some of the terms, best first."""
        where = conditions(query)
        return self._ranked(
            _BEST_FIRST + where.sql + _BY_SCORE + " LIMIT ?",
            (any_words(query.terms), *where.values, limit),
        )

    def facts(self, assets: Sequence[AssetId]) -> list[PhotoFacts]:
        """What is known of photos, in the given order."""
        return self._database.read(
            lambda c: [facts for asset in assets if (facts := photo_facts(c, asset))]
        )

    def undated(self, query: Query) -> int:
        """How many photos fit in everything but the times, and have no date."""
        kept = tuple(one for one in query.conditions if not _is_date(one.test))
        if len(kept) == len(query.conditions):
            return 0
        where = conditions(replace(query, conditions=kept))
        sql = "SELECT count(*) FROM search_photo AS photo WHERE photo.taken_at IS NULL AND "
        values = where.values
        sql += where.sql
        if query.terms:
            sql += """ AND photo.asset_id IN (SELECT rowid FROM search_text
                                              WHERE search_text MATCH ?)"""
            values += (all_words(query.terms),)
        (count,) = self._database.read(lambda c: c.execute(sql, values).fetchone())
        return int(count)

    def not_indexed(self) -> int:
        """How many photos of the library have no words of a model in the index yet."""
        (count,) = self._database.read(
            lambda c: c.execute(
                """SELECT (SELECT count(*) FROM asset WHERE standing IS NOT NULL)
                        - (SELECT count(*) FROM search_photo WHERE is_tagged)"""
            ).fetchone()
        )
        return max(0, int(count))

    def catch_up(self, limit: int) -> int:
        """Index some photos that changed, or that an older phototagd left; how many."""
        behind = self._database.read(
            lambda c: c.execute("SELECT 1 FROM search_stale LIMIT 1").fetchone()
        )
        if behind is None:
            return 0
        return self._database.write(lambda c: refresh_stale(c, limit))

    def _ranked(self, sql: str, values: Sequence[object]) -> Ranked:
        rows = self._database.read(lambda c: _tuples(c, sql, values))
        if not rows:
            return Ranked()
        assets, scores = zip(*rows, strict=True)
        return Ranked(assets, scores)

    def _values(self, field: Field) -> frozenset[str]:
        rows = self._database.read(
            lambda c: c.execute(
                # One step in the index for each value; DISTINCT would read every photo's.
                """WITH RECURSIVE name(value) AS (
                     SELECT min(value) FROM search_fact WHERE field = :field
                     UNION ALL
                     SELECT (SELECT min(value) FROM search_fact
                             WHERE field = :field AND value > name.value)
                     FROM name WHERE name.value IS NOT NULL)
                   SELECT value FROM name WHERE value IS NOT NULL""",
                {"field": field.value},
            ).fetchall()
        )
        return frozenset(row["value"] for row in rows)


def _tuples(
    connection: sqlite3.Connection, sql: str, values: Sequence[object]
) -> list[tuple[AssetId, float]]:
    """All rows as plain tuples: there may be a hundred thousand of them."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, values).fetchall()


def _is_date(test: object) -> bool:
    return isinstance(test, Taken) and test.term is None
