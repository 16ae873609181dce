"""What persons ordered: edits, undo and its lifting, each with the writes that follow."""

import json
import sqlite3
from collections.abc import Collection

from phototagd.adapters.sqlite.asking.concealing import conceal
from phototagd.adapters.sqlite.asking.taggings import queue_writes
from phototagd.adapters.sqlite.columns import ids_text, json_text, plain, to_ms
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.queue import jobs
from phototagd.domain.amending import Orders, PersonsEdit, UndoOrder
from phototagd.domain.asset import AssetId, PathId, Visibility
from phototagd.domain.job import Priority
from phototagd.domain.profile import recipe_asking
from phototagd.domain.record import SidecarRecord
from phototagd.ports import Clock
from phototagd.rules.sidecars.editing import folded


class Amendments:
    """The orders of persons on one database."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def orders(self, path: PathId) -> Orders:
        """What persons ordered for a path."""
        return self._database.read(lambda c: _orders(c, path))

    def tagged_paths(self, order: UndoOrder) -> list[PathId]:
        """Live paths whose sidecar holds words of ours and fits the order."""
        values = {
            "since": None if order.since is None else to_ms(order.since),
            "model": order.model,
            "recipe": order.recipe,
            "library": order.library,
        }
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT id FROM path_record
                   WHERE state = 'known' AND gone_at IS NULL AND sidecar_name IS NOT NULL
                     AND json_extract(words, '$.tagged_at') IS NOT NULL
                     AND (:model = '' OR json_extract(words, '$.model') = :model)
                     AND (:recipe = ''
                          OR substr(json_extract(words, '$.recipe'), 1, length(:recipe)) = :recipe)
                     AND (:library = x'' OR root = :library)
                     AND (:since IS NULL
                          OR strftime('%s', json_extract(words, '$.tagged_at')) * 1000 >= :since
                          OR EXISTS (SELECT 1 FROM history WHERE path_id = path_record.id
                                     AND written_at >= :since AND cause <> 'undone'))
                   ORDER BY id""",
                values,
            ).fetchall()
        )
        return [row["id"] for row in rows]

    def withhold(self, paths: Collection[PathId]) -> int:
        """Nothing of ours shall stand beside these from now on."""

        def work(connection: sqlite3.Connection) -> int:
            rows = connection.execute(
                """INSERT INTO withheld(path_id, undone_at, rejected)
                   SELECT id, :now, coalesce(json_extract(words, '$.rejected'), '[]') FROM path
                   WHERE id IN (SELECT value FROM json_each(:paths))
                   ON CONFLICT(path_id) DO UPDATE SET
                     undone_at = :now, settled_at = NULL, lifted_at = NULL
                   WHERE lifted_at IS NOT NULL
                   RETURNING path_id""",
                {"now": self._now(), "paths": ids_text(paths)},
            ).fetchall()
            done = [PathId(row["path_id"]) for row in rows]
            connection.execute(
                "DELETE FROM edit_copy WHERE path_id IN (SELECT value FROM json_each(?))",
                (ids_text(done),),
            )
            self._queue(connection, done)
            return len(done)

        return self._database.write(work)

    def lift(self, paths: Collection[PathId]) -> int:
        """Words may be written beside these again."""

        def work(connection: sqlite3.Connection) -> int:
            lifted = self._lift(connection, paths)
            self._queue(connection, lifted)
            return len(lifted)

        return self._database.write(work)

    def record_edit(self, paths: Collection[PathId], edit: PersonsEdit) -> int:
        """A person's edit for every live copy of the photos."""

        def work(connection: sqlite3.Connection) -> int:
            rows = connection.execute(
                """SELECT id, asset_id FROM path
                   WHERE asset_id IN (SELECT asset_id FROM path
                                      WHERE id IN (SELECT value FROM json_each(?)))
                     AND state = 'known' AND gone_at IS NULL""",
                (ids_text(paths),),
            ).fetchall()
            numbers = {
                asset: _append(connection, asset, edit, self._now())
                for asset in {row["asset_id"] for row in rows}
            }
            connection.executemany(
                "INSERT INTO edit_copy(path_id, edit_id) VALUES(?, ?)",
                [(row["id"], numbers[row["asset_id"]]) for row in rows],
            )
            copies = [PathId(row["id"]) for row in rows]
            self._lift(connection, copies)
            self._queue(connection, copies)
            return len(copies)

        return self._database.write(work)

    def outstanding(self) -> int:
        """How many paths wait for what persons ordered to be written."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT count(*) AS count FROM job
                   WHERE kind = 'write' AND state IN ('queued', 'running')
                     AND path_id IN (SELECT path_id FROM edit_copy UNION
                                     SELECT path_id FROM withheld
                                     WHERE settled_at IS NULL OR lifted_at IS NOT NULL)"""
            ).fetchone()
        )
        return int(row["count"])

    def _lift(self, connection: sqlite3.Connection, paths: Collection[PathId]) -> list[PathId]:
        rows = connection.execute(
            """UPDATE withheld SET lifted_at = :now
               WHERE path_id IN (SELECT value FROM json_each(:paths)) AND lifted_at IS NULL
               RETURNING path_id""",
            {"now": self._now(), "paths": ids_text(paths)},
        ).fetchall()
        return [PathId(row["path_id"]) for row in rows]

    def _queue(self, connection: sqlite3.Connection, paths: Collection[PathId]) -> None:
        rows = connection.execute(
            """SELECT id, asset_id FROM path
               WHERE id IN (SELECT value FROM json_each(?))
                 AND state = 'known' AND gone_at IS NULL""",
            (ids_text(paths),),
        ).fetchall()
        now = self._now()
        for row in rows:
            jobs.put_write(
                connection,
                path=row["id"],
                asset=row["asset_id"],
                priority=Priority.PERSON,
                run_after=now,
                now=now,
            )

    def _now(self) -> int:
        return to_ms(self._clock.now())


def settle_orders(connection: sqlite3.Connection, record: SidecarRecord, now: int) -> None:
    """What persons ordered stands in the sidecar now; a verdict found there is known again."""
    connection.execute(
        "DELETE FROM edit_copy WHERE path_id = ? AND edit_id <= ?",
        (record.path, record.orders.last_edit),
    )
    if record.orders.is_withheld:
        connection.execute(
            "UPDATE withheld SET settled_at = ? WHERE path_id = ? AND lifted_at IS NULL",
            (now, record.path),
        )
    else:
        connection.execute(
            "DELETE FROM withheld WHERE path_id = ? AND lifted_at IS NOT NULL", (record.path,)
        )
    if record.verdict is not None:
        _learn(connection, record.path, is_private=record.verdict, now=now)


def _learn(connection: sqlite3.Connection, path: PathId, *, is_private: bool, now: int) -> None:
    """Take over what a sidecar says where no person has said anything here."""
    row = connection.execute(
        """SELECT asset_id FROM path JOIN asset ON asset.id = asset_id
           WHERE path.id = ? AND verdict IS NULL""",
        (path,),
    ).fetchone()
    if row is not None and _judge(
        connection, AssetId(row["asset_id"]), is_private=is_private, now=now
    ):
        queue_writes(connection, AssetId(row["asset_id"]), Priority.NEW, now)


def _judge(connection: sqlite3.Connection, asset: AssetId, *, is_private: bool, now: int) -> bool:
    """Keep a person's verdict; whether words went. Words that had gone are asked for again."""
    verdict = Visibility.PRIVATE if is_private else Visibility.VISIBLE
    connection.execute("UPDATE asset SET verdict = ? WHERE id = ?", (verdict.value, asset))
    if is_private:
        return conceal(connection, asset)
    rows = connection.execute(
        """SELECT DISTINCT profile FROM tagging JOIN recipe ON recipe.key = recipe_key
           WHERE asset_id = ? AND redactions <> '[]'""",
        (asset,),
    ).fetchall()
    for row in rows:
        recipe = recipe_asking(row["profile"])
        jobs.put_tag(connection, asset=asset, recipe=recipe, priority=Priority.PERSON, now=now)
    return False


def _append(connection: sqlite3.Connection, asset: int, edit: PersonsEdit, now: int) -> int:
    """Keep an edit beside what the model said of the photo last."""
    if edit.is_private is not None:
        _judge(connection, AssetId(asset), is_private=edit.is_private, now=now)
    row = connection.execute(
        """INSERT INTO edit(asset_id, edited_at, added, removed, caption, is_private,
                            recipe_key, said)
           SELECT :asset, :now, :added, :removed, :caption, :is_private,
             tagging.recipe_key, tagging.answer
           FROM (SELECT 1) LEFT JOIN tagging ON tagging.id = (
             SELECT id FROM tagging WHERE asset_id = :asset
             ORDER BY created_at DESC, id DESC LIMIT 1)
           RETURNING id""",
        {
            "asset": asset,
            "now": now,
            "added": json_text(edit.add),
            "removed": json_text(edit.remove),
            "caption": None if edit.caption is None else plain(edit.caption),
            "is_private": edit.is_private,
        },
    ).fetchone()
    return int(row["id"])


def _orders(connection: sqlite3.Connection, path: PathId) -> Orders:
    undone = connection.execute("SELECT * FROM withheld WHERE path_id = ?", (path,)).fetchone()
    asset = connection.execute(
        "SELECT verdict FROM asset WHERE id = (SELECT asset_id FROM path WHERE id = ?)", (path,)
    ).fetchone()
    rows = connection.execute(
        """SELECT edit.* FROM edit_copy JOIN edit ON edit.id = edit_copy.edit_id
           WHERE path_id = ? ORDER BY edit.id""",
        (path,),
    ).fetchall()
    is_lifted = undone is not None and undone["lifted_at"] is not None
    rejected = () if undone is None else tuple(json.loads(undone["rejected"]))
    verdict = None if asset is None else asset["verdict"]
    judged = None if verdict is None else verdict == Visibility.PRIVATE.value
    again = PersonsEdit(remove=rejected if is_lifted else ())
    edits = [again, *map(_edit, rows), PersonsEdit(is_private=judged)]
    return Orders(
        edit=folded(edits),
        last_edit=rows[-1]["id"] if rows else 0,
        is_withheld=undone is not None and not is_lifted,
        rejected=() if is_lifted else rejected,
    )


def _edit(row: sqlite3.Row) -> PersonsEdit:
    is_private = row["is_private"]
    return PersonsEdit(
        add=tuple(json.loads(row["added"])),
        remove=tuple(json.loads(row["removed"])),
        caption=row["caption"],
        is_private=None if is_private is None else bool(is_private),
    )
