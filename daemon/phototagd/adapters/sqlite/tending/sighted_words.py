"""Which words somebody may see: those that stand on photos in their sight."""

import sqlite3
from collections.abc import Iterator

from phototagd.adapters.sqlite.showing.sighted import HIDDEN, PHOTO, given
from phototagd.domain.gallery import Sight
from phototagd.rules.text.tokenising import whole

# Photos beyond somebody's sight are few: they are counted, and taken from all.
_UNSEEN = f"""
WITH unseen AS (SELECT word_id, count(*) AS photos FROM answer_word_photo
                WHERE asset_id IN ({HIDDEN}) GROUP BY word_id)"""  # noqa: S608 -- the one predicate
_SEEN = """
SELECT word, key, answer_word.photos - coalesce(unseen.photos, 0) AS seen
FROM answer_word LEFT JOIN unseen ON word_id = id
WHERE seen > 0 ORDER BY seen DESC, word"""
_BEYOND = "SELECT word FROM answer_word JOIN unseen ON word_id = id"
_WRITTEN = f"""
SELECT DISTINCT keyword.value AS path FROM path, json_each(words, '$.keywords') AS keyword
WHERE asset_id IN ({HIDDEN})"""  # noqa: S608 -- the one predicate
_STANDS = """
SELECT 1 FROM search_text CROSS JOIN photo ON photo.id = search_text.rowid
WHERE search_text MATCH :words LIMIT 1"""


def words_in(connection: sqlite3.Connection, sight: Sight) -> list[sqlite3.Row]:
    """`word`, `key` and `seen`, the photos in sight that have it, the most used first."""
    return connection.execute(_UNSEEN + _SEEN, given(sight)).fetchall()


def words_beyond(connection: sqlite3.Connection, sight: Sight) -> Iterator[str]:
    """The words that no photo in sight has, and photos beyond it have.

    The model's words, and every part of the keyword paths in sidecars.
    """
    said = connection.execute(_UNSEEN + _BEYOND, given(sight)).fetchall()
    written = connection.execute(_WRITTEN, given(sight)).fetchall()
    words = [row["word"] for row in said]
    words += [part.strip() for row in written for part in row["path"].split("|")]
    for word in dict.fromkeys(words):
        token = whole(word)
        wanted = given(sight, words=f'whole : "{token}"')
        if token and connection.execute(PHOTO + _STANDS, wanted).fetchone() is None:
            yield word
