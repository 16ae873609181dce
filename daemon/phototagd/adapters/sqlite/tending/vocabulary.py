"""The vocabulary on SQLite: terms, orders, and which photos have which words."""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from phototagd.adapters.sqlite.columns import ids_text, json_text, to_ms
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.queue import jobs
from phototagd.adapters.sqlite.showing.sighted import HIDDEN, given
from phototagd.adapters.sqlite.tending.sighted_words import words_beyond, words_in
from phototagd.domain.asset import PathId
from phototagd.domain.gallery import Sight
from phototagd.domain.job import Priority
from phototagd.domain.vocabulary import (
    PastOrder,
    Term,
    TermChange,
    TermId,
    TermOrigin,
    VocabularyState,
    WordUse,
)
from phototagd.rules.vocabulary.spelling import variant_key

_WITH_WORDS = f"""
FROM answer_word_photo
WHERE word_id IN (SELECT id FROM answer_word WHERE word IN (SELECT value FROM json_each(:words)))
  AND asset_id NOT IN ({HIDDEN})"""  # noqa: S608 -- the one predicate


class SqliteVocabulary:
    """The port `VocabularyStore` on one database."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    def state(self) -> VocabularyState:
        """Where the vocabulary stands."""
        row = self._database.read(lambda c: c.execute("SELECT * FROM vocabulary_state").fetchone())
        return VocabularyState(
            revision=row["revision"],
            last_term=TermId(row["last_term"]),
            is_grown=bool(row["is_grown"]),
            policy=row["policy"],
        )

    def terms(self) -> list[Term]:
        """All terms, oldest first."""
        return self._database.read(
            lambda c: [_term(row) for row in c.execute("SELECT * FROM term ORDER BY id")]
        )

    def change(
        self, change: TermChange, words: Collection[str], now: datetime, *, order: str = ""
    ) -> None:
        """Change terms, mark their photos, and keep what a person needs to take it back."""

        def work(connection: sqlite3.Connection) -> None:
            if order:
                _log(connection, change, order, to_ms(now))
            _apply(connection, change)
            _mark(connection, words)

        self._database.write(work)

    def last_order(self) -> PastOrder | None:
        """The newest order that was not taken back."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT * FROM vocabulary_change WHERE undone_at IS NULL
                   ORDER BY id DESC LIMIT 1"""
            ).fetchone()
        )
        if row is None:
            return None
        before = tuple(_unpacked(term) for term in json.loads(row["before"]))
        created = tuple(TermId(one) for one in json.loads(row["created"]))
        return PastOrder(
            id=row["id"], description=row["description"], reverse=TermChange(before, created)
        )

    def take_back(self, order: PastOrder, words: Collection[str], now: datetime) -> None:
        """Reverse an order and mark its photos."""

        def work(connection: sqlite3.Connection) -> None:
            _apply(connection, order.reverse)
            _mark(connection, words)
            connection.execute(
                "UPDATE vocabulary_change SET undone_at = ? WHERE id = ?", (to_ms(now), order.id)
            )

        self._database.write(work)

    def words(self) -> list[WordUse]:
        """All words of the model that photos have, the most used first."""
        return self._uses(
            "SELECT word, key, photos FROM answer_word WHERE photos > 0 ORDER BY photos DESC, word"
        )

    def words_in(self, sight: Sight) -> list[WordUse]:
        """All words of the model that photos in sight have, counted on these alone."""
        rows = self._database.read(lambda c: words_in(c, sight))
        return [
            WordUse(row["word"], row["key"] or variant_key(row["word"]), row["seen"])
            for row in rows
        ]

    def words_beyond(self, sight: Sight) -> frozenset[str]:
        """The words that stand on photos beyond the sight, and on none within."""
        return self._database.read(lambda c: frozenset(words_beyond(c, sight)))

    def news(self, limit: int) -> list[WordUse]:
        """Words that more photos have than when they were last looked at."""
        return self._uses(
            "SELECT word, key, photos FROM answer_word WHERE is_news ORDER BY id LIMIT ?", limit
        )

    def family(self, keys: Collection[str]) -> list[WordUse]:
        """All words with these keys that were ever looked at."""
        return self._uses(
            """SELECT word, key, photos FROM answer_word
               WHERE key IN (SELECT value FROM json_each(?)) AND photos > 0""",
            json_text(sorted(keys)),
        )

    def looked_at(self, uses: Sequence[WordUse]) -> None:
        """These counts are no news any more; their keys are known from now on."""
        self._database.write(
            lambda c: c.executemany(
                """UPDATE answer_word SET key = :key, is_news = is_news AND photos <> :photos
                   WHERE word = :word""",
                [{"word": use.word, "key": use.key, "photos": use.photos} for use in uses],
            ),
            is_promise=False,
        )

    def photos_with(
        self, words: Collection[str], examples: int, sight: Sight
    ) -> tuple[int, list[bytes]]:
        """How many photos in sight have one of the words, and the paths of some."""
        wanted = given(sight, words=json_text(sorted(words)), examples=examples)

        def work(connection: sqlite3.Connection) -> tuple[int, list[bytes]]:
            (count,) = connection.execute(
                f"SELECT count(DISTINCT asset_id) {_WITH_WORDS}", wanted
            ).fetchone()
            rows = connection.execute(
                f"""SELECT root, relpath, name FROM path_record
                    WHERE state = 'known' AND gone_at IS NULL
                      AND asset_id IN (SELECT asset_id {_WITH_WORDS})
                    LIMIT :examples""",  # noqa: S608 -- a part of the query with a name
                wanted,
            ).fetchall()
            return int(count), [_absolute(row) for row in rows]

        return self._database.read(work)

    def is_answered_for(self, photos: int) -> bool:
        """Whether at least so many answers are stored."""
        (count,) = self._database.read(
            lambda c: c.execute(
                "SELECT count(*) FROM (SELECT 1 FROM tagging LIMIT ?)", (photos,)
            ).fetchone()
        )
        return int(count) >= photos

    def grow_up(self, words: Collection[str]) -> None:
        """Remember that the vocabulary is grown, and mark photos."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE vocabulary_state SET is_grown = 1")
            _mark(connection, words)

        self._database.write(work)

    def adopt_policy(self, policy: str) -> None:
        """Remember the settings in force; mark all photos when others were before."""

        def work(connection: sqlite3.Connection) -> None:
            (before,) = connection.execute("SELECT policy FROM vocabulary_state").fetchone()
            if before == policy:
                return
            connection.execute("UPDATE vocabulary_state SET policy = ?", (policy,))
            if before:
                connection.execute(
                    """INSERT INTO rewording(asset_id)
                       SELECT DISTINCT asset_id FROM answer_word_photo WHERE true
                       ON CONFLICT DO NOTHING"""
                )

        self._database.write(work)

    def unlearnt(self, limit: int) -> dict[PathId, Mapping[str, object]]:
        """What some sidecars say that nobody has learnt from."""
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT path.id, path.words FROM unlearnt JOIN path ON path.id = path_id
                   ORDER BY path.id LIMIT ?""",
                (limit,),
            ).fetchall()
        )
        return {PathId(row["id"]): json.loads(row["words"]) for row in rows}

    def learnt(self, paths: Collection[PathId]) -> None:
        """These sidecars have been learnt from."""
        self._database.write(
            lambda c: c.execute(
                "DELETE FROM unlearnt WHERE path_id IN (SELECT value FROM json_each(?))",
                (ids_text(paths),),
            ),
            is_promise=False,
        )

    def enqueue_rewording(self, limit: int, now: datetime) -> int:
        """Queue the writing of some marked photos, after everything else that is written."""
        at = to_ms(now)
        waiting = self._database.read(
            lambda c: c.execute("SELECT 1 FROM rewording LIMIT 1").fetchone()
        )
        return 0 if waiting is None else self._database.write(lambda c: _enqueue(c, limit, at))

    def has_work(self) -> bool:
        """Whether news, sidecars to learn from, or marked photos wait."""
        (waits,) = self._database.read(
            lambda c: c.execute(
                """SELECT EXISTS(SELECT 1 FROM answer_word WHERE is_news)
                     OR EXISTS(SELECT 1 FROM unlearnt) OR EXISTS(SELECT 1 FROM rewording)"""
            ).fetchone()
        )
        return bool(waits)

    def _uses(self, sql: str, *values: object) -> list[WordUse]:
        rows = self._database.read(lambda c: c.execute(sql, values).fetchall())
        return [
            WordUse(row["word"], row["key"] or variant_key(row["word"]), row["photos"])
            for row in rows
        ]


def _apply(connection: sqlite3.Connection, change: TermChange) -> None:
    connection.execute(
        "DELETE FROM term WHERE id IN (SELECT value FROM json_each(?))",
        (ids_text(change.dropped),),
    )
    connection.executemany(
        """INSERT INTO term(id, parent_id, name, synonyms, translations, origin, is_blocked,
                            is_exported)
           VALUES(:id, :parent, :name, :synonyms, :translations, :origin, :is_blocked,
                  :is_exported)
           ON CONFLICT(id) DO UPDATE SET
             parent_id = excluded.parent_id, name = excluded.name, synonyms = excluded.synonyms,
             translations = excluded.translations, origin = excluded.origin,
             is_blocked = excluded.is_blocked, is_exported = excluded.is_exported""",
        [
            _packed(term)
            | {
                "synonyms": json_text(term.synonyms),
                "translations": json_text(term.translations),
            }
            for term in change.put
        ],
    )
    connection.execute(
        """UPDATE vocabulary_state SET revision = revision + 1,
             last_term = max(last_term, (SELECT coalesce(max(id), 0) FROM term))"""
    )


def _log(connection: sqlite3.Connection, change: TermChange, order: str, now: int) -> None:
    """Keep the rows as they are before a change."""
    concerned = {*(term.id for term in change.put), *change.dropped}
    rows = connection.execute(
        "SELECT * FROM term WHERE id IN (SELECT value FROM json_each(?))", (ids_text(concerned),)
    ).fetchall()
    before = [_term(row) for row in rows]
    created = concerned - {term.id for term in before}
    connection.execute(
        "INSERT INTO vocabulary_change(at, description, before, created) VALUES(?, ?, ?, ?)",
        (now, order, json_text([_packed(term) for term in before]), ids_text(created)),
    )


def _mark(connection: sqlite3.Connection, words: Collection[str]) -> None:
    """Photos with these words are to be written anew."""
    connection.execute(
        """INSERT INTO rewording(asset_id)
           SELECT DISTINCT asset_id FROM answer_word_photo
           WHERE word_id IN (SELECT id FROM answer_word
                             WHERE word IN (SELECT value FROM json_each(?)))
           ON CONFLICT DO NOTHING""",
        (json_text(sorted(words)),),
    )


def _enqueue(connection: sqlite3.Connection, limit: int, now: int) -> int:
    assets = connection.execute(
        """DELETE FROM rewording
           WHERE asset_id IN (SELECT asset_id FROM rewording ORDER BY asset_id LIMIT ?)
           RETURNING asset_id""",
        (limit,),
    ).fetchall()
    paths = connection.execute(
        """SELECT id, asset_id FROM path
           WHERE asset_id IN (SELECT value FROM json_each(?))
             AND state = 'known' AND gone_at IS NULL""",
        (ids_text(row["asset_id"] for row in assets),),
    ).fetchall()
    for path in paths:
        jobs.put_write(
            connection,
            path=path["id"],
            asset=path["asset_id"],
            priority=Priority.BACKLOG,
            run_after=now,
            now=now,
        )
    return len(assets)


def _packed(term: Term) -> dict[str, object]:
    return {
        "id": term.id,
        "parent": term.parent,
        "name": term.name,
        "synonyms": term.synonyms,
        "translations": term.translations,
        "origin": term.origin.value,
        "is_blocked": term.is_blocked,
        "is_exported": term.is_exported,
    }


def _unpacked(fields: Mapping[str, object]) -> Term:
    given: dict[str, object] = dict(fields)
    synonyms, translations = given["synonyms"], given["translations"]
    assert isinstance(synonyms, list)
    assert isinstance(translations, list)
    parent = given["parent"]
    return Term(
        id=TermId(int(str(given["id"]))),
        parent=None if parent is None else TermId(int(str(parent))),
        name=str(given["name"]),
        synonyms=tuple(synonyms),
        translations=tuple(translations),
        origin=TermOrigin(str(given["origin"])),
        is_blocked=bool(given["is_blocked"]),
        is_exported=bool(given["is_exported"]),
    )


def _term(row: sqlite3.Row) -> Term:
    return Term(
        id=TermId(row["id"]),
        parent=None if row["parent_id"] is None else TermId(row["parent_id"]),
        name=row["name"],
        synonyms=tuple(json.loads(row["synonyms"])),
        translations=tuple(json.loads(row["translations"])),
        origin=TermOrigin(row["origin"]),
        is_blocked=bool(row["is_blocked"]),
        is_exported=bool(row["is_exported"]),
    )


def _absolute(row: sqlite3.Row) -> bytes:
    return b"/".join((row["root"].rstrip(b"/"), *filter(None, (row["relpath"], row["name"]))))
