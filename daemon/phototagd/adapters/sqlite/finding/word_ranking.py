"""In which order do photos with all the words come, also when there are half a million?

FTS5's bm25 reads every hit, some microseconds each: exact for rare words, seconds for common
ones. A word that tens of thousands of photos have says little about which of them is meant, so
there complete keywords come first and then the newest. All hits count and can be reached.
"""

import sqlite3
from collections.abc import Sequence

from phototagd.adapters.sqlite.columns import ids_text
from phototagd.adapters.sqlite.finding.conditions import (
    Fragment,
    all_wholes,
    all_words,
    conditions,
    is_filtered,
)
from phototagd.domain.asset import AssetId
from phototagd.domain.search import HitOrder, Page, Query, Ranked

MOST_RANKED = 20_000
"""Hits that are ranked one by one."""

# Weights: complete keywords, words of keywords, caption, text in the picture, place and path.
BEST_FIRST = """
SELECT photo.asset_id, -bm25(search_text, 12.0, 8.0, 4.0, 2.0, 1.0) AS score
FROM search_text CROSS JOIN search_photo AS photo ON photo.asset_id = search_text.rowid
WHERE search_text MATCH ? AND """
BY_SCORE = " ORDER BY score DESC, photo.taken_at DESC, photo.asset_id DESC"
_BY_DATE = " ORDER BY photo.taken_at DESC, photo.asset_id DESC LIMIT ?"

# The plus keeps the list of hits from leading: it is a set to look into, while photos are read
# in the order of their dates, and only as many as needed.
HAS_WORDS = """+photo.asset_id IN (SELECT rowid FROM search_text WHERE search_text MATCH ?)"""
_NEWEST = "SELECT photo.asset_id, 0.0 AS score FROM search_photo AS photo WHERE "
_COUNT = "SELECT count(*) FROM search_photo AS photo WHERE "


def page_of(connection: sqlite3.Connection, query: Query, order: HitOrder, limit: int) -> Page:
    """The first photos with all the words that meet the conditions, and how many there are."""
    if not query.terms:
        return _without_words(connection, query, limit)
    words = all_words(query.terms)
    raw = _hits(connection, words, MOST_RANKED + 1)
    if raw <= MOST_RANKED and order is HitOrder.RELEVANCE:
        return _ranked_page(connection, query, words, limit)
    if is_filtered(query):
        page = _narrow_page(connection, query, words, order, limit)
        if page is not None:
            return page
    return _wide_page(connection, query, words, order, limit)


def plain_rows(
    connection: sqlite3.Connection, sql: str, values: Sequence[object]
) -> list[tuple[AssetId, float]]:
    """All rows as plain tuples: there may be a hundred thousand of them."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, values).fetchall()


def ranked_rows(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> Ranked:
    """Assets with their scores."""
    return _ranked(plain_rows(connection, sql, values))


def having(
    connection: sqlite3.Connection, words: str, assets: Sequence[AssetId]
) -> frozenset[AssetId]:
    """Those of these photos that an FTS5 query finds."""
    rows = plain_rows(
        connection,
        """SELECT value, 0.0 FROM json_each(?)
           WHERE +value IN (SELECT rowid FROM search_text WHERE search_text MATCH ?)""",
        (ids_text(assets), words),
    )
    return frozenset(asset for asset, _ in rows)


def _without_words(connection: sqlite3.Connection, query: Query, limit: int) -> Page:
    where = conditions(query)
    (total,) = connection.execute(_COUNT + where.sql, where.values).fetchone()
    newest = plain_rows(connection, _NEWEST + where.sql + _BY_DATE, (*where.values, limit))
    return Page(_ranked(newest), total)


def _ranked_page(connection: sqlite3.Connection, query: Query, words: str, limit: int) -> Page:
    """Few hits: each has its score."""
    where = conditions(query)
    rows = plain_rows(connection, BEST_FIRST + where.sql + BY_SCORE, (words, *where.values))
    wholes = all_wholes(query.terms)
    whole = plain_rows(
        connection, "SELECT rowid FROM search_text WHERE search_text MATCH ?", (wholes,)
    )
    exact = frozenset(row[0] for row in whole)
    return Page(_ranked(rows[:limit]), len(rows), exact)


def _narrow_page(
    connection: sqlite3.Connection, query: Query, words: str, order: HitOrder, limit: int
) -> Page | None:
    """Common words, but few photos meet the conditions; None when there are many."""
    newest = _newest(connection, words, conditions(query), MOST_RANKED + 1)
    if len(newest) > MOST_RANKED:
        return None
    if order is HitOrder.DATE:
        return Page(_ranked(newest[:limit]), len(newest))
    exact = having(connection, all_wholes(query.terms), [asset for asset, _ in newest])
    first = [(asset, 2.0) for asset, _ in newest if asset in exact]
    rows = first + [(asset, 1.0) for asset, _ in newest if asset not in exact]
    return Page(_ranked(rows[:limit]), len(newest), exact)


def _wide_page(
    connection: sqlite3.Connection, query: Query, words: str, order: HitOrder, limit: int
) -> Page:
    """Common words in many photos: the best by the place of the words, then the newest."""
    where = conditions(query)
    total = _total(connection, query, words, where)
    if order is HitOrder.DATE:
        return Page(_ranked(_newest(connection, words, where, limit)), total)
    first = _newest(connection, all_wholes(query.terms), where, limit)
    exact = frozenset(asset for asset, _ in first)
    rows = [(asset, 2.0) for asset, _ in first]
    if len(rows) < limit:
        rest = _newest(connection, words, where, limit)
        rows += [(asset, 1.0) for asset, _ in rest if asset not in exact]
    return Page(_ranked(rows[:limit]), total, exact)


def _newest(
    connection: sqlite3.Connection, words: str, where: Fragment, limit: int
) -> list[tuple[AssetId, float]]:
    sql = _NEWEST + where.sql + " AND " + HAS_WORDS + _BY_DATE
    return plain_rows(connection, sql, (*where.values, words, limit))


def _total(connection: sqlite3.Connection, query: Query, words: str, where: Fragment) -> int:
    if is_filtered(query):
        sql = _COUNT + where.sql + " AND " + HAS_WORDS
        return _number(connection, sql, (*where.values, words))
    everything = _number(
        connection, "SELECT count(*) FROM search_text WHERE search_text MATCH ?", (words,)
    )
    if _number(connection, "SELECT EXISTS(SELECT 1 FROM search_photo WHERE is_private)", ()):
        everything -= _number(connection, _COUNT + "photo.is_private AND " + HAS_WORDS, (words,))
    return everything


def _hits(connection: sqlite3.Connection, words: str, most: int) -> int:
    return _number(
        connection,
        """SELECT count(*) FROM (SELECT 1 FROM search_text WHERE search_text MATCH ? LIMIT ?)""",
        (words, most),
    )


def _number(connection: sqlite3.Connection, sql: str, values: Sequence[object]) -> int:
    (found,) = connection.execute(sql, values).fetchone()
    return int(found)


def _ranked(rows: Sequence[tuple[AssetId, float]]) -> Ranked:
    if not rows:
        return Ranked()
    assets, scores = zip(*rows, strict=True)
    return Ranked(assets, scores)
