"""Keeps the search index in step with what the store knows, one asset at a time."""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime

from phototagd.adapters.sqlite.columns import plain
from phototagd.adapters.sqlite.finding.photo_facts import photo_facts
from phototagd.adapters.sqlite.finding.vectors import note_words
from phototagd.domain.asset import AssetId
from phototagd.domain.search import Field, PhotoFacts
from phototagd.rules.text.tokenising import fold, tokens_of, wholes_of

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- wall-clock time of the photo, without a zone
_AT_ONCE = 200


def refresh(connection: sqlite3.Connection, asset: AssetId) -> None:
    """Make the entry of an asset what the store says now; without a live copy there is none."""
    connection.execute("DELETE FROM search_photo WHERE asset_id = ?", (asset,))
    facts = photo_facts(connection, asset)
    if facts is not None:
        _insert(connection, facts)
    note_words(connection, asset, facts)
    connection.execute("DELETE FROM search_stale WHERE asset_id = ?", (asset,))


def refresh_stale(connection: sqlite3.Connection, limit: int = _AT_ONCE) -> int:
    """Refresh some of the entries that are behind; how many."""
    rows = connection.execute("SELECT asset_id FROM search_stale LIMIT ?", (limit,)).fetchall()
    for row in rows:
        refresh(connection, AssetId(row["asset_id"]))
    return len(rows)


def wall_seconds(at: datetime) -> int:
    """The reading of a photo's own clock, whatever its zone, as seconds since 1970."""
    return int((at.replace(tzinfo=None) - _EPOCH).total_seconds())


def _insert(connection: sqlite3.Connection, facts: PhotoFacts) -> None:
    taken_at = facts.taken_at
    connection.execute(
        """INSERT INTO search_photo(asset_id, taken_at, month, hour, people, has_text, has_place,
                                    is_private, is_tagged)
           VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            facts.asset,
            None if taken_at is None else wall_seconds(taken_at),
            None if taken_at is None else taken_at.month,
            None if taken_at is None else taken_at.hour,
            facts.people,
            bool(facts.text),
            bool(facts.place),
            facts.is_private,
            facts.is_tagged,
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO search_fact(field, value, asset_id) VALUES(?, ?, ?)",
        [(field.value, value, facts.asset) for field, value in _facts_of(facts)],
    )
    connection.execute(
        """INSERT INTO search_text(rowid, whole, keywords, caption, text, path)
           VALUES(?, ?, ?, ?, ?, ?)""",
        (facts.asset, *_texts(facts)),
    )


def _texts(facts: PhotoFacts) -> tuple[str, ...]:
    keywords = (*facts.keywords, *facts.objects, *facts.mood, facts.category)
    return (
        wholes_of(keywords),
        tokens_of(dict.fromkeys(filter(None, keywords))),
        tokens_of(facts.captions),
        tokens_of(facts.text),
        tokens_of((*facts.place, *facts.camera, *facts.names)),
    )


def _facts_of(facts: PhotoFacts) -> Iterator[tuple[Field, str]]:
    values: dict[Field, Iterable[str]] = {
        Field.CATEGORY: (facts.category,),
        Field.MOOD: facts.mood,
        Field.OBJECT: facts.objects,
        Field.PLACE: facts.place,
        Field.CAMERA: facts.camera,
        Field.KIND: (facts.kind,),
        Field.SENSITIVE: (facts.sensitive,),
        Field.FOLDER: facts.folders,
    }
    for field, names in values.items():
        for name in names:
            if name:
                yield field, plain(fold(name))
