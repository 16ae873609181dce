"""Sidecar records: what a write job left beside a photo."""

import sqlite3
from datetime import datetime

from phototagd.adapters.sqlite.arriving.section import Section
from phototagd.adapters.sqlite.columns import (
    facts_text,
    json_text,
    place_text,
    stamp_text,
    to_ms,
)
from phototagd.adapters.sqlite.finding import indexing
from phototagd.adapters.sqlite.queue import jobs
from phototagd.adapters.sqlite.writing.amendments import settle_orders
from phototagd.adapters.sqlite.writing.ledger import settle_history
from phototagd.domain.job import Lease
from phototagd.domain.record import SidecarRecord


class SidecarRecords(Section):
    """The state of sidecars."""

    def record_sidecar(self, lease: Lease, record: SidecarRecord, now: datetime) -> bool:
        """The sidecar's state, and the `write` job done; False for a lost lease."""
        at = to_ms(now)

        def work(connection: sqlite3.Connection) -> bool:
            row = jobs.held(connection, lease, at)
            if row is None:
                return False
            _forget_source(connection, record)
            _update(connection, record)
            settle_history(connection, record.path, record.digests)
            jobs.finish(connection, row, at)
            settle_orders(connection, record, at)  # a verdict found there may queue it again
            indexing.refresh(connection, lease.asset)
            return True

        return self._database.write(work)


def _forget_source(connection: sqlite3.Connection, record: SidecarRecord) -> None:
    """Where a sidecar was brought from there is none any more, so nobody follows it again."""
    connection.execute(
        """UPDATE path SET sidecar_name = NULL, sidecar_stamp = NULL, sidecar_digest = ''
           WHERE id = (SELECT moved_from FROM path WHERE id = ?)
             AND (missing_scans > 0 OR gone_at IS NOT NULL)""",
        (record.path,),
    )


def _update(connection: sqlite3.Connection, record: SidecarRecord) -> None:
    connection.execute(
        """UPDATE path SET sidecar_name = :name, sidecar_stamp = :stamp, sidecar_digest = :digest,
             stamp = coalesce(:photo, stamp),
             facts = :facts, place = :place, words = :words, moved_from = NULL
           WHERE id = :path""",
        {
            "path": record.path,
            "name": record.name,
            "stamp": None if record.stamp is None else stamp_text(record.stamp),
            "digest": record.digest,
            "photo": None if record.photo is None else stamp_text(record.photo),
            "facts": facts_text(record.facts),
            "place": place_text(record.place),
            "words": json_text(dict(record.words)),
        },
    )
