"""Retagging: photos chosen among those that have an answer, and questions about them."""

import sqlite3
from collections.abc import Mapping
from datetime import datetime

from phototagd.adapters.sqlite.columns import ids_text, json_text, to_ms
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.finding.choices import chosen_where
from phototagd.adapters.sqlite.queue import jobs
from phototagd.domain.asset import AssetId, PathId
from phototagd.domain.job import Priority
from phototagd.domain.profile import recipe_asking
from phototagd.domain.retagging import Choice, RetagPlan

_MOST_EXAMPLES = 10
_MEASURED = 200
# A photo and each profile it would be asked about by: its newest answer by that profile decides
# whether it is chosen, or by any other without one; an answer by a recipe of now, or a question
# that waits, leaves it out.
_CHOSEN = """
SELECT DISTINCT photo.asset_id, library.profile FROM search_photo AS photo
JOIN path INDEXED BY path_asset ON path.asset_id = photo.asset_id
                               AND path.state = 'known' AND path.gone_at IS NULL
JOIN folder ON folder.id = path.folder_id
JOIN library ON library.id = folder.library_id
JOIN tagging ON tagging.id = coalesce(
    (SELECT one.id FROM tagging AS one JOIN recipe AS asked ON asked.key = one.recipe_key
     WHERE one.asset_id = photo.asset_id AND asked.profile = library.profile
     ORDER BY one.created_at DESC, one.id DESC LIMIT 1),
    (SELECT id FROM tagging WHERE asset_id = photo.asset_id
     ORDER BY created_at DESC, id DESC LIMIT 1))
JOIN recipe ON recipe.key = tagging.recipe_key
WHERE NOT EXISTS (SELECT 1 FROM tagging AS answer JOIN recipe AS old ON old.key = answer.recipe_key
                  WHERE answer.asset_id = photo.asset_id AND old.profile = library.profile
                    AND old.key IN (SELECT value FROM json_each(?)))
  AND NOT EXISTS (SELECT 1 FROM job INDEXED BY job_newest
                  WHERE asset_id = photo.asset_id AND kind = 'tag'
                    AND state IN ('queued', 'running')
                    AND CASE recipe WHEN '' THEN 'photos' ELSE recipe END = library.profile)
  AND """


class SqliteRetagging:
    """The port `RetagStore` on one database."""

    def __init__(self, *, database: Database) -> None:
        self._database = database

    def plan(self, choice: Choice, current: Mapping[str, frozenset[str]]) -> RetagPlan:
        """What would be queued; `seconds` is what questions took one after another."""

        def look(connection: sqlite3.Connection) -> RetagPlan:
            rows = _chosen(connection, choice, current)
            photos = list(dict.fromkeys(asset for asset, _ in rows))
            seconds = _seconds_each(connection)
            return RetagPlan(
                photos=len(photos),
                questions=len(rows),
                seconds=None if seconds is None else seconds * len(rows),
                examples=_examples(connection, photos[:_MOST_EXAMPLES]),
            )

        return self._database.read(look)

    def start(
        self, choice: Choice, current: Mapping[str, frozenset[str]], now: datetime
    ) -> list[PathId]:
        """Queue them behind everything else; their paths beside which nothing may be written."""

        def work(connection: sqlite3.Connection) -> list[PathId]:
            rows = _chosen(connection, choice, current)
            for asset, profile in rows:
                jobs.put_tag(
                    connection,
                    asset=asset,
                    recipe=recipe_asking(profile),
                    priority=Priority.BACKLOG,
                    now=to_ms(now),
                )
            return _withheld(connection, [asset for asset, _ in rows])

        return self._database.write(work)


def _chosen(
    connection: sqlite3.Connection, choice: Choice, current: Mapping[str, frozenset[str]]
) -> list[tuple[AssetId, str]]:
    where = chosen_where(choice)
    keys = json_text(sorted(key for keys in current.values() for key in keys))
    rows = connection.execute(_CHOSEN + where.sql, (keys, *where.values)).fetchall()
    return [(AssetId(row["asset_id"]), str(row["profile"])) for row in rows]


def _seconds_each(connection: sqlite3.Connection) -> float | None:
    (seconds,) = connection.execute(
        """SELECT avg(seconds) FROM (SELECT seconds FROM tagging WHERE seconds > 0
                                     ORDER BY id DESC LIMIT ?)""",
        (_MEASURED,),
    ).fetchone()
    return None if seconds is None else float(seconds)


def _examples(connection: sqlite3.Connection, assets: list[AssetId]) -> tuple[bytes, ...]:
    rows = connection.execute(
        """SELECT root, relpath, name, min(id) FROM path_record
           WHERE asset_id IN (SELECT value FROM json_each(?))
             AND state = 'known' AND gone_at IS NULL GROUP BY asset_id ORDER BY min(id)""",
        (ids_text(assets),),
    ).fetchall()
    parts = ((row["root"].rstrip(b"/"), row["relpath"], row["name"]) for row in rows)
    return tuple(b"/".join((root, *filter(None, rest))) for root, *rest in parts)


def _withheld(connection: sqlite3.Connection, assets: list[AssetId]) -> list[PathId]:
    rows = connection.execute(
        """SELECT path_id FROM withheld JOIN path ON path.id = path_id
           WHERE path.asset_id IN (SELECT value FROM json_each(?))""",
        (ids_text(assets),),
    ).fetchall()
    return [PathId(row["path_id"]) for row in rows]
