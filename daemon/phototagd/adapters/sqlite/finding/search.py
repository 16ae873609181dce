"""Search on SQLite: what has the words, what meets the conditions, and what both hold."""

from collections.abc import Sequence
from dataclasses import replace

from phototagd.adapters.sqlite.columns import ids_text
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.finding.conditions import (
    all_words,
    any_words,
    conditions,
    is_filtered,
)
from phototagd.adapters.sqlite.finding.indexing import refresh_stale
from phototagd.adapters.sqlite.finding.photo_facts import photo_facts
from phototagd.adapters.sqlite.finding.word_ranking import (
    BEST_FIRST,
    BY_SCORE,
    HAS_WORDS,
    having,
    page_of,
    plain_rows,
    ranked_rows,
)
from phototagd.domain.asset import AssetId
from phototagd.domain.meaning import Selection
from phototagd.domain.search import (
    Field,
    HitOrder,
    LibraryNames,
    Page,
    PhotoFacts,
    Query,
    Ranked,
    Taken,
)

_ALL = "SELECT photo.asset_id FROM search_photo AS photo WHERE "


class SqliteSearch:
    """The port `SearchIndex` on one database."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    def names(self) -> LibraryNames:
        """The places and cameras of the library, folded."""
        return LibraryNames(places=self._values(Field.PLACE), cameras=self._values(Field.CAMERA))

    def with_all_words(self, query: Query, order: HitOrder, limit: int) -> Page:
        """The first photos that meet the conditions and have all the terms, and how many do."""
        return self._database.read(lambda c: page_of(c, query, order, limit))

    def with_some_words(self, query: Query, limit: int) -> Ranked:
        """Photos that meet the conditions and have some of the terms, best first."""
        where = conditions(query)
        values = (any_words(query.terms), *where.values, limit)
        sql = BEST_FIRST + where.sql + BY_SCORE + " LIMIT ?"
        return self._database.read(lambda c: ranked_rows(c, sql, values))

    def with_words_among(self, query: Query, assets: Sequence[AssetId]) -> frozenset[AssetId]:
        """Those of these photos that have all the terms; conditions do not count here."""
        if not query.terms or not assets:
            return frozenset()
        words = all_words(query.terms)
        return self._database.read(lambda c: having(c, words, assets))

    def selection(self, query: Query) -> Selection:
        """All photos that meet the conditions, whatever their words."""
        if not is_filtered(query):
            private = "SELECT asset_id FROM search_photo WHERE is_private"
            return Selection(self._ids(private, ()), is_all_but=True)
        where = conditions(query)
        return Selection(self._ids(_ALL + where.sql, where.values))

    def newest_first(self, assets: Sequence[AssetId]) -> list[AssetId]:
        """The same photos by the time they were taken; undated ones last."""
        sql = """SELECT asset_id FROM search_photo
                 WHERE asset_id IN (SELECT value FROM json_each(?))
                 ORDER BY taken_at DESC, asset_id DESC"""
        return self._ids(sql, (ids_text(assets),))

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
        if not self._ids("SELECT asset_id FROM search_photo WHERE taken_at IS NULL LIMIT 1", ()):
            return 0
        where = conditions(replace(query, conditions=kept))
        sql = "SELECT count(*) FROM search_photo AS photo WHERE photo.taken_at IS NULL AND "
        values = where.values
        sql += where.sql
        if query.terms:
            sql += " AND " + HAS_WORDS
            values += (all_words(query.terms),)
        (count,) = self._database.read(lambda c: c.execute(sql, values).fetchone())
        return int(count)

    def not_indexed(self) -> int:
        """How many photos of the library have no words of a model in the index yet."""
        (count,) = self._database.read(
            lambda c: c.execute(
                # Counts what is missing, not the million photos that are there.
                """SELECT (SELECT count(*) FROM search_photo WHERE is_tagged = 0)
                        + (SELECT count(*) FROM search_stale AS stale
                           CROSS JOIN asset ON asset.id = stale.asset_id
                           WHERE asset.standing IS NOT NULL AND NOT EXISTS (
                             SELECT 1 FROM search_photo AS photo
                             WHERE photo.asset_id = stale.asset_id))"""
            ).fetchone()
        )
        return int(count)

    def catch_up(self, limit: int) -> int:
        """Index some photos that changed, or that an older phototagd left; how many."""
        behind = self._database.read(
            lambda c: c.execute("SELECT 1 FROM search_stale LIMIT 1").fetchone()
        )
        if behind is None:
            return 0
        return self._database.write(lambda c: refresh_stale(c, limit))

    def _ids(self, sql: str, values: Sequence[object]) -> list[AssetId]:
        rows = self._database.read(lambda c: plain_rows(c, sql, values))
        return [row[0] for row in rows]

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


def _is_date(test: object) -> bool:
    return isinstance(test, Taken) and test.term is None
