"""Adoptions: answers that stand in sidecars become taggings, many at a time."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from phototagd.adapters.sqlite.arriving.section import Section
from phototagd.adapters.sqlite.asking.taggings import insert_tagging, queue_writes
from phototagd.adapters.sqlite.columns import to_ms
from phototagd.adapters.sqlite.finding import indexing
from phototagd.domain.asset import AssetId
from phototagd.domain.job import Priority
from phototagd.domain.profile import recipe_asking
from phototagd.domain.tagging import Tagging


class Adoptions(Section):
    """What a rebuild needs to know and to record."""

    def photo_count(self) -> int:
        """How many files are known as photos and not believed gone."""
        row = self._database.read(
            lambda c: c.execute(
                "SELECT count(*) FROM path WHERE state = 'known' AND gone_at IS NULL"
            ).fetchone()
        )
        return int(row[0])

    def unanswered(self, after: AssetId, limit: int) -> list[AssetId]:
        """Assets above a number with a live copy and no answer, in order of their numbers."""
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT id FROM asset
                   WHERE id > ? AND NOT EXISTS (SELECT 1 FROM tagging WHERE asset_id = asset.id)
                     AND EXISTS (SELECT 1 FROM path INDEXED BY path_asset
                                 WHERE asset_id = asset.id AND state = 'known' AND gone_at IS NULL)
                   ORDER BY id LIMIT ?""",
                (after, limit),
            ).fetchall()
        )
        return [AssetId(row["id"]) for row in rows]

    def adopt(self, answers: Sequence[Tagging], now: datetime) -> int:
        """Record answers that nobody waited for; how many were not known already."""
        at = to_ms(now)

        def work(connection: sqlite3.Connection) -> int:
            return sum(_adopt(connection, answer, at) for answer in answers)

        return self._database.write(work) if answers else 0


def _adopt(connection: sqlite3.Connection, answer: Tagging, now: int) -> bool:
    row = connection.execute(
        """SELECT EXISTS (SELECT 1 FROM tagging WHERE asset_id = :asset)
               OR EXISTS (SELECT 1 FROM job WHERE asset_id = :asset AND kind = 'tag'
                            AND state = 'running') AS is_taken""",
        {"asset": answer.asset},
    ).fetchone()
    if row["is_taken"]:
        return False
    insert_tagging(connection, answer)
    connection.execute(
        """UPDATE job SET state = 'done', reason = '', updated_at = ?
           WHERE asset_id = ? AND recipe = ? AND kind = 'tag' AND state = 'queued'""",
        (now, answer.asset, recipe_asking(answer.recipe.profile)),
    )
    queue_writes(connection, answer.asset, Priority.BACKLOG, now)
    indexing.refresh(connection, answer.asset)
    return True
