"""Taggings: what the model said about assets, recorded together with the work that follows."""

import sqlite3
from dataclasses import asdict
from datetime import datetime

from phototagd.adapters.sqlite.arriving.section import Section
from phototagd.adapters.sqlite.asking.answers import (
    answer_text,
    read_answer,
    read_redactions,
    redactions_text,
)
from phototagd.adapters.sqlite.asking.concealing import conceal
from phototagd.adapters.sqlite.columns import from_ms, plain, to_ms
from phototagd.adapters.sqlite.finding import indexing
from phototagd.adapters.sqlite.queue import jobs
from phototagd.adapters.sqlite.showing.sketches import note_sketch
from phototagd.domain.asset import AssetId, PathId, Prepared, Visibility
from phototagd.domain.job import Lease, Priority
from phototagd.domain.profile import DEFAULT_PROFILE
from phototagd.domain.tagging import Recipe, Tagging


class Taggings(Section):
    """Everything per asset."""

    def record_pixels(self, asset: AssetId, prepared: Prepared) -> None:
        """Remember size and pixel hash of an asset, and what it looks like."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                "UPDATE asset SET width = ?, height = ?, pixel_hash = ? WHERE id = ?",
                (prepared.original_width, prepared.original_height, prepared.pixel_hash, asset),
            )
            if prepared.sketch is not None:
                note_sketch(connection, asset, prepared.sketch)

        self._database.write(work)

    def pixel_hash(self, asset: AssetId) -> str:
        """The remembered pixel hash, empty when unknown."""
        row = self._database.read(
            lambda c: c.execute("SELECT pixel_hash FROM asset WHERE id = ?", (asset,)).fetchone()
        )
        return row["pixel_hash"] if row else ""

    def stored_tagging(self, asset: AssetId, recipe: str) -> Tagging | None:
        """The answer for exactly this asset and recipe, if there is a whole one."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT * FROM tagging JOIN recipe ON recipe.key = tagging.recipe_key
                   WHERE asset_id = ? AND recipe_key = ? AND NOT (
                     redactions <> '[]' AND EXISTS (
                       SELECT 1 FROM asset WHERE id = asset_id AND verdict = 'visible'))""",
                (asset, recipe),
            ).fetchone()
        )
        return None if row is None else _tagging(row)

    def latest_tagging(self, asset: AssetId, profile: str | None = None) -> Tagging | None:
        """The newest answer; with a profile, the newest by one of its recipes."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT * FROM tagging JOIN recipe ON recipe.key = tagging.recipe_key
                   WHERE asset_id = :asset AND recipe.profile = coalesce(:profile, recipe.profile)
                   ORDER BY created_at DESC, id DESC LIMIT 1""",
                {"asset": asset, "profile": profile},
            ).fetchone()
        )
        return None if row is None else _tagging(row)

    def tagging_for(self, path: PathId) -> Tagging | None:
        """The newest answer by the profile of the path's library."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT tagging.*, recipe.* FROM path
                   JOIN folder ON folder.id = path.folder_id
                   JOIN library ON library.id = folder.library_id
                   JOIN tagging ON tagging.asset_id = path.asset_id
                   JOIN recipe ON recipe.key = recipe_key AND recipe.profile = library.profile
                   WHERE path.id = ? ORDER BY created_at DESC, tagging.id DESC LIMIT 1""",
                (path,),
            ).fetchone()
        )
        return None if row is None else _tagging(row)

    def profile_of(self, path: PathId) -> str:
        """The profile of the library that a path lies in."""
        row = self._database.read(
            lambda c: c.execute(
                """SELECT profile FROM library WHERE id = (SELECT library_id FROM folder WHERE id =
                     (SELECT folder_id FROM path WHERE id = ?))""",
                (path,),
            ).fetchone()
        )
        return DEFAULT_PROFILE if row is None else str(row["profile"])

    def record_tagging(self, lease: Lease, tagging: Tagging, now: datetime) -> bool:
        """The tagging, the job done, a `write` job per live path; False for a lost lease."""
        at = to_ms(now)

        def work(connection: sqlite3.Connection) -> bool:
            row = jobs.held(connection, lease, at)
            if row is None:
                return False
            insert_tagging(connection, tagging)
            jobs.finish(connection, row, at)
            queue_writes(connection, lease.asset, lease.priority, at)
            indexing.refresh(connection, tagging.asset)
            return True

        return self._database.write(work)


def insert_tagging(connection: sqlite3.Connection, tagging: Tagging) -> None:
    """Record an answer; where its photo is private no other answer tells more than it may."""
    connection.execute(
        """INSERT INTO recipe(key, model, model_digest, system, user, schema, options,
                              image_long_side, language, keyword_language, profile)
           VALUES(:key, :model, :model_digest, :system, :user, :schema, :options,
                  :image_long_side, :language, :keyword_language, :profile)
           ON CONFLICT(key) DO NOTHING""",
        asdict(tagging.recipe),
    )
    connection.execute(
        """INSERT INTO tagging(asset_id, recipe_key, answer, raw, created_at, seconds,
                               tokens_per_second, salvage, redactions)
           VALUES(:asset, :recipe, :answer, :raw, :created_at, :seconds,
                  :tokens_per_second, :salvage, :redactions)
           ON CONFLICT(asset_id, recipe_key) DO UPDATE SET
             answer = excluded.answer, raw = excluded.raw, created_at = excluded.created_at,
             seconds = excluded.seconds, tokens_per_second = excluded.tokens_per_second,
             salvage = excluded.salvage, redactions = excluded.redactions""",
        {
            "asset": tagging.asset,
            "recipe": tagging.recipe.key,
            "answer": answer_text(tagging.answer),
            "raw": plain(tagging.raw),
            "created_at": to_ms(tagging.created_at),
            "seconds": tagging.seconds,
            "tokens_per_second": tagging.tokens_per_second,
            "salvage": tagging.salvage,
            "redactions": redactions_text(tagging.redactions),
        },
    )
    if conceal(connection, tagging.asset) or tagging.is_private:
        connection.execute(
            "UPDATE asset SET visibility = ? WHERE id = ? AND verdict IS NOT 'visible'",
            (Visibility.PRIVATE.value, tagging.asset),
        )


def queue_writes(
    connection: sqlite3.Connection, asset: AssetId, priority: Priority, now: int
) -> None:
    """A `write` job for every live copy."""
    rows = connection.execute(
        "SELECT id FROM path WHERE asset_id = ? AND state = 'known' AND gone_at IS NULL",
        (asset,),
    ).fetchall()
    for row in rows:
        jobs.put_write(
            connection,
            path=row["id"],
            asset=asset,
            priority=priority,
            run_after=now,
            now=now,
        )


def _tagging(row: sqlite3.Row) -> Tagging:
    return Tagging(
        asset=row["asset_id"],
        recipe=Recipe(
            key=row["key"],
            model=row["model"],
            model_digest=row["model_digest"],
            system=row["system"],
            user=row["user"],
            schema=row["schema"],
            options=row["options"],
            image_long_side=row["image_long_side"],
            language=row["language"],
            keyword_language=row["keyword_language"],
            profile=row["profile"],
        ),
        answer=read_answer(row["answer"]),
        raw=row["raw"],
        created_at=from_ms(row["created_at"]),
        seconds=row["seconds"],
        tokens_per_second=row["tokens_per_second"],
        salvage=row["salvage"],
        redactions=read_redactions(row["redactions"]),
    )
