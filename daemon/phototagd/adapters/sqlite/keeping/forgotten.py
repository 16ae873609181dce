"""What an old database knew and a new one, made from photos and sidecars, does not."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from phototagd.adapters.sqlite.database.connecting import connect_reader
from phototagd.domain.rebuilding import Forgotten

MOST_EXAMPLES = 20
_RECOVERED = frozenset(  # made anew, or counted below
    (
        "library",
        "folder",
        "asset",
        "identity",
        "path",
        "recipe",
        "tagging",
        "job",
        "chore",
        "privacy_check",
    )
)
_DERIVED = ("answer_", "embedding", "search_", "sketch", "sqlite_")
_IN_ITS_FILE = frozenset(("term", "vocabulary_state", "rewording", "unlearnt", "saved_search"))
"""The vocabulary and saved searches: their files are read when the database is new."""

_TOLD = {
    "history": ("changes in the history", "they are in the old database only"),
    "origin": ("sidecars as they were before us", "undo cannot bring back each of their bytes"),
    "withheld": ("photos whose words were taken out", "undo them again, or words come back"),
    "edit": ("changes by persons", "sidecars hold them; what the model had said is forgotten"),
    "edit_copy": ("changes not yet written", "make them again: phototagd edit"),
}

_UNANSWERED = """
    FROM old.path_record AS was
    WHERE was.state = 'known' AND was.gone_at IS NULL
      AND EXISTS (SELECT 1 FROM old.tagging WHERE tagging.asset_id = was.asset_id)
      AND EXISTS (SELECT 1 FROM main.library WHERE library.root = was.root AND is_configured)
      AND NOT EXISTS (
        SELECT 1 FROM main.identity JOIN main.tagging ON tagging.asset_id = identity.asset_id
        WHERE identity.content_hash = was.content_hash)"""
_ELSEWHERE = """
    FROM old.path_record AS was
    WHERE was.state = 'known' AND was.gone_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM main.library WHERE library.root = was.root AND is_configured)"""
_BY_ITSELF = (
    (
        """SELECT (SELECT count(*) FROM old.job WHERE state = 'dead')
                + (SELECT count(*) FROM old.path WHERE state = 'dead')""",
        "reasons of photos that gave up",
        "they are tried again, and give up again if they must",
    ),
    (
        "SELECT count(DISTINCT asset_id) FROM old.path WHERE gone_at IS NOT NULL",
        "photos that are gone",
        "should they come back without a sidecar, they are asked about again",
    ),
    (
        "SELECT count(*) - count(DISTINCT asset_id) FROM old.tagging",
        "older answers",
        "sidecars hold the answer that was written last",
    ),
)


def forgotten(*, old: Path, new: Path) -> list[Forgotten] | None:
    """What is known of `old` alone; None when it cannot be read. Neither is changed."""
    try:
        with closing(connect_reader(new)) as connection:
            connection.execute("ATTACH ? AS old", (f"file:{_quoted(old)}?mode=ro",))
            return list(_found(connection))
    except sqlite3.Error:
        return None


def _found(connection: sqlite3.Connection) -> Iterator[Forgotten]:
    yield from _photos(
        connection,
        _UNANSWERED,
        "answers that stand in no sidecar",
        "these photos are asked about again",
    )
    yield from _photos(
        connection,
        _ELSEWHERE,
        "photos outside of the libraries",
        "name them again: phototagd tag FILE; their sidecars are as they were",
    )
    for query, what, why in _BY_ITSELF:
        (count,) = connection.execute(query).fetchone()
        if count:
            yield Forgotten(what=what, count=count, why=why)
    yield from _verdicts(connection)
    yield from _other_tables(connection)


def _verdicts(connection: sqlite3.Connection) -> Iterator[Forgotten]:
    """What persons said of privacy; databases from before know nothing of it."""
    columns = connection.execute("SELECT name FROM old.pragma_table_info('asset')").fetchall()
    if "verdict" not in {row[0] for row in columns}:
        return
    (count,) = connection.execute(
        "SELECT count(*) FROM old.asset WHERE verdict IS NOT NULL"
    ).fetchone()
    if count:
        yield Forgotten(
            what="photos that a person called private or not",
            count=count,
            why="say it again: phototagd edit --private",
        )


def _photos(connection: sqlite3.Connection, query: str, what: str, why: str) -> Iterator[Forgotten]:
    (count,) = connection.execute(f"SELECT count(*) {query}").fetchone()
    if not count:
        return
    rows = connection.execute(f"SELECT root, relpath, name {query} LIMIT {MOST_EXAMPLES:d}")
    examples = tuple(os.path.join(*row) for row in rows)  # noqa: PTH118 -- bytes
    yield Forgotten(what=what, count=count, why=why, examples=examples)


def _other_tables(connection: sqlite3.Connection) -> Iterator[Forgotten]:
    """Whatever newer schemas keep besides: history, edits; said by the table's own name."""
    rows = connection.execute("SELECT name FROM old.sqlite_schema WHERE type = 'table'").fetchall()
    for name in sorted(row[0] for row in rows):
        if name in _RECOVERED | _IN_ITS_FILE or name.startswith(_DERIVED):
            continue
        (count,) = connection.execute(f'SELECT count(*) FROM old."{name}"').fetchone()  # noqa: S608
        if count:
            usual = (f"rows of {name.replace('_', ' ')}", "they are in the old database only")
            what, why = _TOLD.get(name, usual)
            yield Forgotten(what=what, count=count, why=why)


def _quoted(path: Path) -> str:
    """A path inside of a URI."""
    text = os.fspath(path)
    return text.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
