"""What photos look like, in SQLite."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from phototagd.adapters.sqlite.columns import ids_text, read_stamp
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.showing.sighted import PHOTO, given
from phototagd.domain.asset import AssetId, PhotoKind
from phototagd.domain.gallery import Sight, SmallPicture
from phototagd.domain.likeness import Alike, Copy, Sketched
from phototagd.domain.sketch import Sketch

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 -- wall-clock time of the photo, without a zone
_SIGN = 1 << 63

_STATE = """
SELECT count(*), total(phash), total(dhash), total(taken_at), total(id), total(aspect)
FROM photo JOIN sketch ON asset_id = id"""
_COPIES = """
SELECT count(*), total(id) FROM path WHERE state = 'known' AND gone_at IS NULL"""
_SKETCHED = """
SELECT photo.id, phash, dhash, is_flat, aspect, taken_at, asset.kind, folder_id, name,
       json_extract(facts, '$.make') || char(10) || json_extract(facts, '$.model') AS camera
FROM photo
JOIN sketch ON sketch.asset_id = photo.id
JOIN asset ON asset.id = photo.id
JOIN path ON path.id = (SELECT min(id) FROM path WHERE asset_id = photo.id
                        AND state = 'known' AND gone_at IS NULL)
ORDER BY photo.id"""
_NOT_SKETCHED = """
SELECT count(*) FROM photo
WHERE NOT EXISTS(SELECT 1 FROM sketch WHERE asset_id = photo.id)"""
_SEVERAL = """
SELECT photo.id FROM photo
WHERE (SELECT count(*) FROM path
       WHERE asset_id = photo.id AND state = 'known' AND gone_at IS NULL) > 1
ORDER BY photo.id"""
_ALIKE = """
SELECT photo.id, width, height, taken_at, record.root, record.relpath, record.name, record.stamp
FROM json_each(:assets) AS wanted
CROSS JOIN photo ON photo.id = wanted.value
JOIN path_record AS record ON asset_id = photo.id AND state = 'known' AND gone_at IS NULL
ORDER BY wanted.key, record.id"""


def note_sketch(connection: sqlite3.Connection, asset: AssetId, sketch: Sketch) -> None:
    """Remember what an asset looks like, inside a transaction that somebody else began."""
    connection.execute(
        """INSERT INTO sketch(asset_id, phash, dhash, is_flat)
           SELECT id, ?, ?, ? FROM asset WHERE id = ?
           ON CONFLICT(asset_id) DO UPDATE
           SET phash = excluded.phash, dhash = excluded.dhash, is_flat = excluded.is_flat""",
        (_signed(sketch.phash), _signed(sketch.dhash), sketch.is_flat, asset),
    )


class SqliteSketches:
    """The port `SketchStore` on one database."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    def has(self, asset: AssetId) -> bool:
        """Whether it is known what this photo looks like."""
        sql = "SELECT 1 FROM sketch WHERE asset_id = ?"
        return self._database.read(lambda c: c.execute(sql, (asset,)).fetchone()) is not None

    def note(self, asset: AssetId, small: SmallPicture) -> None:
        """Remember it, and the size of the photo where that is not known."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE asset SET width = ?, height = ? WHERE id = ? AND width IS NULL",
                (small.width, small.height, asset),
            )
            note_sketch(connection, asset, small.sketch)

        self._database.write(work, is_promise=False)  # what is lost is made again

    def state(self, sight: Sight) -> object:
        """Another value whenever something else could be alike."""
        return self._rows(_STATE, sight) + self._rows(_COPIES, sight)

    def sketched(self, sight: Sight) -> list[Sketched]:
        """All photos of which it is known what they look like."""
        return [_sketched(row) for row in self._rows(_SKETCHED, sight)]

    def not_sketched(self, sight: Sight) -> int:
        """How many photos it is not known of."""
        [(count,)] = self._rows(_NOT_SKETCHED, sight)
        return int(count)

    def several_copies(self, sight: Sight) -> list[AssetId]:
        """Photos with more than one live copy."""
        return [AssetId(asset) for (asset,) in self._rows(_SEVERAL, sight)]

    def alike(self, assets: Sequence[AssetId], sight: Sight) -> list[Alike]:
        """Photos in the given order with their live copies; those that are gone are left out."""
        found: dict[AssetId, Alike] = {}
        for row in self._rows(_ALIKE, sight, assets=ids_text(assets)):
            asset, width, height, taken_at, *file = row
            known = found.get(asset)
            copies = (*(known.copies if known else ()), _copy(*file))
            taken = None if taken_at is None else _EPOCH + timedelta(seconds=taken_at)
            found[asset] = Alike(asset, width or 0, height or 0, taken, copies)
        return list(found.values())

    def _rows(self, sql: str, sight: Sight, **values: object) -> list[tuple[Any, ...]]:
        def read(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
            cursor = connection.cursor()
            cursor.row_factory = None
            return cursor.execute(PHOTO + sql, given(sight, **values)).fetchall()

        return self._database.read(read)


def _sketched(row: tuple[Any, ...]) -> Sketched:
    asset, phash, dhash, is_flat, aspect, taken_at, kind, folder, name, camera = row
    return Sketched(
        asset=asset,
        sketch=Sketch(phash % (2 * _SIGN), dhash % (2 * _SIGN), bool(is_flat)),
        aspect=aspect,
        taken_at=taken_at,
        camera=(camera or "").strip(),
        is_raw=kind == PhotoKind.RAW,
        stem=b"%d/%s" % (folder, name.rpartition(b".")[0] or name),
    )


def _copy(root: bytes, relpath: bytes, name: bytes, stamp: str) -> Copy:
    path = b"/".join([root.rstrip(b"/"), *filter(None, (relpath,)), name])
    return Copy(path, read_stamp(stamp).size)


def _signed(number: int) -> int:
    return number - 2 * _SIGN if number >= _SIGN else number
