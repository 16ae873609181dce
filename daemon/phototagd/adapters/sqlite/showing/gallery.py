"""The library as the gallery shows it, read from the search index."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from hashlib import blake2s
from typing import Any

from phototagd.adapters.sqlite.columns import plain
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.finding.photo_facts import photo_facts
from phototagd.adapters.sqlite.showing.sighted import HIDDEN, PHOTO, given
from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import UNDATED, Month, MonthPhotos, PhotoSheet, Sight, Tile

_VERSION_BYTES = 10
_LIKELY_SHAPE = (300, 200)
_LARGEST_ID = 2**63 - 1
_FULL_MONTH = 10_000  # photos; a fuller one is opened day by day
_DAY_LETTERS = len("2026-11-21")

_STATE = """
SELECT count(*), total(taken_at), total(asset_id * (1 + is_private)) FROM search_photo"""
_MONTHS = """
SELECT strftime('%Y-%m', taken_at, 'unixepoch') AS name, count(*), sum(aspect)
FROM photo GROUP BY name ORDER BY name DESC"""  # NULL, the undated ones, comes last
_DAYS = """
SELECT strftime('%Y-%m-%d', taken_at, 'unixepoch') AS name, count(*), sum(aspect) FROM photo
WHERE taken_at >= unixepoch(:first) AND taken_at < unixepoch(:first, :length)
GROUP BY name ORDER BY name DESC"""
_SPAN = """
SELECT id, aspect, CAST(strftime('%d', taken_at, 'unixepoch') AS INTEGER) FROM photo
WHERE taken_at >= unixepoch(:first) AND taken_at < unixepoch(:first, :length)
ORDER BY taken_at DESC, id DESC"""
_UNDATED = "SELECT id, aspect, 0 FROM photo WHERE taken_at IS NULL ORDER BY id DESC"
_ONE = "SELECT * FROM photo WHERE id = :id"

_NEWER = """
SELECT id FROM photo WHERE (taken_at, id) > (:taken_at, :id) ORDER BY taken_at, id LIMIT 1"""
_OLDER = """
SELECT id FROM photo WHERE (taken_at, id) < (:taken_at, :id)
ORDER BY taken_at DESC, id DESC LIMIT 1"""
_NEWER_UNDATED = """
SELECT id FROM photo WHERE taken_at IS NULL AND id > :id ORDER BY id LIMIT 1"""
_OLDER_UNDATED = """
SELECT id FROM photo WHERE taken_at IS NULL AND id < :id ORDER BY id DESC LIMIT 1"""
_OLDEST_DATED = """
SELECT id FROM photo WHERE taken_at IS NOT NULL ORDER BY taken_at, id LIMIT 1"""
_NEWEST_UNDATED = "SELECT id FROM photo WHERE taken_at IS NULL ORDER BY id DESC LIMIT 1"

_IS_HIDDEN = f"""
SELECT 1 FROM path JOIN folder ON folder.id = folder_id
WHERE library_id = :library AND relpath = :relpath AND name = :name
  AND asset_id IN ({HIDDEN})"""  # noqa: S608 -- the one predicate


class SqliteGallery:
    """The port `GalleryIndex` on one database."""

    def __init__(self, *, database: Database) -> None:
        self._database = database
        self._months: dict[Sight, tuple[tuple[Any, ...], list[Month]]] = {}

    def months(self, sight: Sight) -> list[Month]:
        """All months that have photos, newest first, `undated` last; full ones as their days.

        Counting them anew takes two seconds for a million photos: they are counted once for
        each state of the index, but for shapes, which may be a little behind.
        """
        [state] = self._columns(_STATE, sight)
        known = self._months.get(sight)
        if known is not None and known[0] == state:
            return known[1]
        rows = self._columns(_MONTHS, sight)
        months = [month for name, *sums in rows for month in self._divided(sight, name, *sums)]
        self._months[sight] = (state, months)
        return months

    def month(self, name: str, sight: Sight) -> MonthPhotos:
        """The photos of a month or of a day, newest first."""
        sql = _UNDATED if name == UNDATED else _SPAN
        rows = self._columns(sql, sight, **_span(name))
        return MonthPhotos(*zip(*rows, strict=True)) if rows else MonthPhotos()

    def tiles(self, assets: Sequence[AssetId], sight: Sight) -> list[Tile]:
        """Tiles in the given order; what is gone or must not be seen is left out."""
        return self._database.read(
            lambda c: [tile for asset in assets if (tile := _tile(c, asset, sight))]
        )

    def photo(self, asset: AssetId, sight: Sight) -> PhotoSheet | None:
        """One photo; None when it is gone or must not be seen."""
        return self._database.read(lambda c: _sheet(c, asset, sight))

    def copies(self, asset: AssetId, sight: Sight) -> list[bytes]:
        """The absolute paths of the live copies; none when it must not be seen."""
        return self._database.read(lambda c: _copies(c, asset, sight))

    def hidden(self, files: Collection[bytes], sight: Sight) -> frozenset[bytes]:
        """Which of these absolute paths are copies of photos that must not be seen."""
        return self._database.read(
            lambda c: frozenset(file for file in files if _is_hidden(c, file, sight))
        )

    def _divided(self, sight: Sight, name: str | None, count: int, aspects: float) -> list[Month]:
        if name is None or count <= _FULL_MONTH:
            return [Month(name or UNDATED, count, aspects)]
        return [Month(*day) for day in self._columns(_DAYS, sight, **_span(name))]

    def _columns(self, sql: str, sight: Sight, **values: object) -> list[tuple[Any, ...]]:
        def read(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
            cursor = connection.cursor()
            cursor.row_factory = None  # there may be tens of thousands
            return cursor.execute(PHOTO + sql, given(sight, **values)).fetchall()

        return self._database.read(read)


def _span(name: str) -> dict[str, str]:
    """When a month or a day begins, and how long it is; of nonsense SQLite makes no time."""
    if len(name) == _DAY_LETTERS:
        return {"first": plain(name), "length": "+1 day"}
    return {"first": plain(f"{name}-01"), "length": "+1 month"}


def _one(connection: sqlite3.Connection, asset: AssetId, sight: Sight) -> sqlite3.Row | None:
    if asset > _LARGEST_ID:
        return None
    row: sqlite3.Row | None = connection.execute(PHOTO + _ONE, given(sight, id=asset)).fetchone()
    return row


def _tile(connection: sqlite3.Connection, asset: AssetId, sight: Sight) -> Tile | None:
    row = _one(connection, asset, sight)
    facts = photo_facts(connection, asset) if row else None
    if row is None or facts is None:
        return None
    width, height = row["width"] or _LIKELY_SHAPE[0], row["height"] or _LIKELY_SHAPE[1]
    return Tile(
        asset=asset,
        version=_version(connection, asset),
        caption=next(iter(facts.captions), ""),
        width=width,
        height=height,
        is_private=bool(row["is_private"]),
    )


def _sheet(connection: sqlite3.Connection, asset: AssetId, sight: Sight) -> PhotoSheet | None:
    tile = _tile(connection, asset, sight)
    facts = photo_facts(connection, asset) if tile else None
    row = _one(connection, asset, sight)
    if tile is None or facts is None or row is None:
        return None
    newer, older = _neighbours(row["taken_at"])
    at = given(sight, id=asset, taken_at=row["taken_at"])
    return PhotoSheet(tile, facts, _first(connection, newer, at), _first(connection, older, at))


def _neighbours(taken_at: int | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to ask for the newer and for the older neighbour, until one is found."""
    if taken_at is None:
        return (_NEWER_UNDATED, _OLDEST_DATED), (_OLDER_UNDATED,)
    return (_NEWER,), (_OLDER, _NEWEST_UNDATED)


def _first(
    connection: sqlite3.Connection, queries: Sequence[str], at: Mapping[str, object]
) -> AssetId | None:
    for sql in queries:
        if row := connection.execute(PHOTO + sql, at).fetchone():
            return AssetId(row["id"])
    return None


def _copies(connection: sqlite3.Connection, asset: AssetId, sight: Sight) -> list[bytes]:
    if _one(connection, asset, sight) is None:
        return []
    rows = connection.execute(
        """SELECT root, relpath, name FROM path_record
           WHERE asset_id = ? AND state = 'known' AND gone_at IS NULL ORDER BY id""",
        (asset,),
    ).fetchall()
    return [_joined(row["root"], row["relpath"], row["name"]) for row in rows]


def _is_hidden(connection: sqlite3.Connection, file: bytes, sight: Sight) -> bool:
    """Whether a path, in whichever library it lies, is a copy of a photo beyond the sight."""
    for library in connection.execute("SELECT id, root FROM library").fetchall():
        root = library["root"].rstrip(b"/") + b"/"
        if not file.startswith(root):
            continue
        relpath, _, name = file.removeprefix(root).rpartition(b"/")
        at = given(sight, library=library["id"], relpath=relpath, name=name)
        if connection.execute(_IS_HIDDEN, at).fetchone():
            return True
    return False


def _joined(root: bytes, relpath: bytes, name: bytes) -> bytes:
    return b"/".join([root.rstrip(b"/"), *filter(None, (relpath,)), name])


def _version(connection: sqlite3.Connection, asset: AssetId) -> str:
    """Of the copy that thumbnails are made of first: also its orientation may change."""
    row = connection.execute(
        """SELECT content_hash, stamp FROM path
           WHERE asset_id = ? AND state = 'known' AND gone_at IS NULL ORDER BY id LIMIT 1""",
        (asset,),
    ).fetchone()
    text = f"{asset} {row['content_hash']} {row['stamp']}"
    return blake2s(text.encode(), digest_size=_VERSION_BYTES).hexdigest()
