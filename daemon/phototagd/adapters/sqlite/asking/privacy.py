"""The port `PrivacyStore`: how private photos are, by their text and by persons."""

import sqlite3
from dataclasses import asdict

from phototagd.adapters.sqlite.asking.concealing import conceal, privacy_of
from phototagd.adapters.sqlite.asking.taggings import queue_writes
from phototagd.adapters.sqlite.columns import json_text, to_ms
from phototagd.adapters.sqlite.database.database import Database
from phototagd.domain.asset import AssetId, Visibility
from phototagd.domain.job import Priority
from phototagd.domain.privacy import Privacy, PrivacyCheck, Suspicion
from phototagd.ports import Clock
from phototagd.rules.answers.private_text import suspicion_of


class SqlitePrivacy:
    """Keeps the contract on one database."""

    def __init__(self, *, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def privacy(self, asset: AssetId) -> Privacy:
        """What is known of an asset; nothing of one that was never seen."""
        return self._database.read(lambda c: privacy_of(c, asset))

    def record_check(self, asset: AssetId, check: PrivacyCheck) -> None:
        """Keep what the text in a photo shows, and take back words that it makes private."""
        now = to_ms(self._clock.now())

        def work(connection: sqlite3.Connection) -> None:
            connection.execute(
                """INSERT OR REPLACE INTO privacy_check(asset_id, reader, checked_at, findings)
                   VALUES(?, ?, ?, ?)""",
                (asset, check.reader, now, json_text([asdict(one) for one in check.findings])),
            )
            were_words = bool(check.findings) and conceal(connection, asset)
            if were_words or suspicion_of(check) is Suspicion.SENSITIVE:
                _hide(connection, asset)
            if were_words:
                queue_writes(connection, asset, Priority.NEW, now)

        self._database.write(work)

    def unchecked(self, reader: str, after: AssetId, limit: int) -> list[AssetId]:
        """Answered assets above a number that this reader has not checked and nobody judged."""
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT id FROM asset WHERE id > :after AND verdict IS NULL
                     AND EXISTS (SELECT 1 FROM tagging WHERE asset_id = asset.id)
                     AND NOT EXISTS (SELECT 1 FROM privacy_check
                                     WHERE asset_id = asset.id AND reader = :reader)
                     AND EXISTS (SELECT 1 FROM path INDEXED BY path_asset
                                 WHERE asset_id = asset.id AND state = 'known' AND gone_at IS NULL)
                   ORDER BY id LIMIT :limit""",
                {"after": after, "reader": reader, "limit": limit},
            ).fetchall()
        )
        return [AssetId(row["id"]) for row in rows]


def _hide(connection: sqlite3.Connection, asset: AssetId) -> None:
    """Private from now on, unless a person has said that it is not."""
    connection.execute(
        "UPDATE asset SET visibility = ? WHERE id = ? AND verdict IS NOT 'visible'",
        (Visibility.PRIVATE.value, asset),
    )
