"""The port `VectorStore`: vectors of photos, in one table with a number for every change."""

import json
import sqlite3
from collections.abc import Sequence

from phototagd.adapters.sqlite.columns import ids_text, json_text, plain
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.finding.photo_facts import photo_facts
from phototagd.domain.asset import AssetId
from phototagd.domain.meaning import Embedding, Moved, NotThis, Unembedded
from phototagd.domain.search import PhotoFacts
from phototagd.rules.meaning.photo_words import digest_of, photo_words


class SqliteVectors:
    """Keeps the contract on one database."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    def enter(self, space: str) -> None:
        """From now on vectors of this space are wanted; photos without one become due."""
        wanted = self._database.read(
            lambda c: c.execute(
                "SELECT 1 FROM embedding_space WHERE name = ? AND is_wanted", (space,)
            ).fetchone()
        )
        if wanted is None:
            self._database.write(lambda c: _enter(c, space))

    def due(self, limit: int) -> list[Unembedded]:
        """Some photos whose words have no vector yet."""
        return self._database.read(lambda c: list(_due(c, limit)))

    def record(self, space: str, embeddings: Sequence[Embedding]) -> None:
        """Keep vectors; a photo whose words changed meanwhile stays due."""
        self._database.write(lambda c: _record(c, space, embeddings), is_promise=False)

    def counts(self, space: str) -> tuple[int, int, int]:
        """Photos with a vector, those that are due, and those that the model cannot do."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT (SELECT count(*) FROM embedding_due) AS due,
                          (SELECT count(*) FROM embedding AS e JOIN embedding_space AS s
                             ON s.id = e.space_id WHERE e.has_failed AND s.name = ?) AS failed,
                          (SELECT count(*) FROM search_photo WHERE is_tagged) AS photos""",
                (space,),
            ).fetchone()
        )
        return max(0, row["photos"] - row["due"] - row["failed"]), row["due"], row["failed"]

    def moved(self, space: str, since: int, limit: int) -> list[Moved]:
        """What changed after a change, in order."""
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT change, asset_id, CASE WHEN space.name = ? THEN vector END AS vector
                   FROM embedding JOIN embedding_space AS space ON space.id = space_id
                   WHERE change > ? ORDER BY change LIMIT ?""",
                (space, since, limit),
            ).fetchall()
        )
        return [Moved(row["change"], AssetId(row["asset_id"]), row["vector"]) for row in rows]

    def last_change(self) -> int:
        """The number of the newest change; 0 when there is none."""
        (last,) = self._database.read(
            lambda c: c.execute("SELECT last FROM embedding_change").fetchone()
        )
        return int(last)

    def vectors(self, space: str, assets: Sequence[AssetId]) -> list[tuple[AssetId, bytes]]:
        """The vectors of photos that have one, in any order."""
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT asset_id, vector FROM embedding
                   WHERE asset_id IN (SELECT value FROM json_each(?)) AND vector IS NOT NULL
                     AND space_id = (SELECT id FROM embedding_space WHERE name = ?)""",
                (ids_text(assets), space),
            ).fetchall()
        )
        return [(AssetId(row["asset_id"]), row["vector"]) for row in rows]

    def refuse(self, given: NotThis) -> None:
        """Remember that a photo is not what a query meant."""
        values = (
            given.asset,
            plain(given.query),
            json_text(sorted(given.terms)),
            given.space,
            given.vector,
        )
        self._database.write(
            lambda c: c.execute(
                """INSERT OR REPLACE INTO search_refusal(asset_id, query, terms, space, vector)
                   VALUES(?, ?, ?, ?, ?)""",
                values,
            )
        )

    def forgive(self, asset: AssetId, query: str) -> bool:
        """Forget it again; False when there was nothing to forget."""
        return self._database.write(
            lambda c: (
                c.execute(
                    "DELETE FROM search_refusal WHERE asset_id = ? AND query = ?",
                    (asset, plain(query)),
                ).rowcount
                > 0
            )
        )

    def refusals(self) -> list[NotThis]:
        """Everything that persons said was not meant."""
        rows = self._database.read(
            lambda c: c.execute(
                "SELECT asset_id, query, terms, space, vector FROM search_refusal ORDER BY id"
            ).fetchall()
        )
        return [
            NotThis(
                asset=AssetId(row["asset_id"]),
                query=row["query"],
                terms=frozenset(json.loads(row["terms"])),
                vector=row["vector"],
                space=row["space"],
            )
            for row in rows
        ]


def note_words(connection: sqlite3.Connection, asset: AssetId, facts: PhotoFacts | None) -> None:
    """Make a photo due when its words are others than those of its vector.

    Without words, or without a live copy, its vector goes.
    """
    text = "" if facts is None else photo_words(facts)
    row = connection.execute(
        """SELECT e.digest, e.vector IS NOT NULL OR e.has_failed AS is_kept, s.is_wanted
           FROM embedding AS e JOIN embedding_space AS s ON s.id = e.space_id
           WHERE e.asset_id = ?""",
        (asset,),
    ).fetchone()
    if not text:
        connection.execute("DELETE FROM embedding_due WHERE asset_id = ?", (asset,))
        if row is not None and row["is_kept"]:
            _take_out(connection, asset)
    elif row is None or not (
        row["is_kept"] and row["is_wanted"] and row["digest"] == digest_of(text)
    ):
        connection.execute("INSERT OR IGNORE INTO embedding_due(asset_id) VALUES(?)", (asset,))


def forget_vector(connection: sqlite3.Connection, asset: AssetId) -> None:
    """Take a photo's vector out at once; where it still has words, it is due for another."""
    has_vector = connection.execute(
        "SELECT 1 FROM embedding WHERE asset_id = ? AND vector IS NOT NULL", (asset,)
    ).fetchone()
    if has_vector is not None:
        _take_out(connection, asset)


def _take_out(connection: sqlite3.Connection, asset: AssetId) -> None:
    """Leave a change without a vector, so that indexes learn of it."""
    connection.execute(
        """UPDATE embedding SET change = ?, digest = x'', has_failed = 0, vector = NULL
           WHERE asset_id = ?""",
        (_next_change(connection), asset),
    )


def _next_change(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "UPDATE embedding_change SET last = last + 1 RETURNING last"
    ).fetchone()
    return int(row["last"])


def _enter(connection: sqlite3.Connection, space: str) -> None:
    connection.execute("UPDATE embedding_space SET is_wanted = 0 WHERE is_wanted")
    connection.execute(
        """INSERT INTO embedding_space(name, is_wanted) VALUES(?, 1)
           ON CONFLICT(name) DO UPDATE SET is_wanted = 1""",
        (space,),
    )
    connection.execute(
        """INSERT OR IGNORE INTO embedding_due(asset_id)
           SELECT asset_id FROM search_photo WHERE is_tagged AND NOT EXISTS (
             SELECT 1 FROM embedding AS e JOIN embedding_space AS s ON s.id = e.space_id
             WHERE e.asset_id = search_photo.asset_id AND s.is_wanted
               AND (e.vector IS NOT NULL OR e.has_failed))"""
    )


def _due(connection: sqlite3.Connection, limit: int) -> list[Unembedded]:
    rows = connection.execute(
        "SELECT asset_id FROM embedding_due ORDER BY asset_id DESC LIMIT ?", (limit,)
    ).fetchall()
    found = []
    for row in rows:
        asset = AssetId(row["asset_id"])
        facts = photo_facts(connection, asset)
        text = "" if facts is None else photo_words(facts)
        found.append(Unembedded(asset, text, digest_of(text)))
    return found


def _record(connection: sqlite3.Connection, space: str, embeddings: Sequence[Embedding]) -> None:
    for embedding in embeddings:
        facts = photo_facts(connection, embedding.asset)
        if facts is None or not photo_words(facts):
            connection.execute("DELETE FROM embedding_due WHERE asset_id = ?", (embedding.asset,))
            continue
        if digest_of(photo_words(facts)) != embedding.digest:
            continue
        connection.execute(
            """INSERT OR REPLACE INTO embedding(change, asset_id, space_id, digest, has_failed,
                                                vector)
               SELECT ?, ?, id, ?, ?, ? FROM embedding_space WHERE name = ?""",
            (
                _next_change(connection),
                embedding.asset,
                embedding.digest,
                embedding.vector is None,
                embedding.vector,
                space,
            ),
        )
        connection.execute(
            """DELETE FROM embedding_due WHERE asset_id = ?
               AND EXISTS (SELECT 1 FROM embedding_space WHERE name = ? AND is_wanted)""",
            (embedding.asset, space),
        )
