"""Listings: what a folder held when it was read, what went missing, what opted out."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from phototagd.adapters.sqlite.arriving.folders import folder_id, folders_below
from phototagd.adapters.sqlite.arriving.missing import LossLimit, count_missing, forget_missing
from phototagd.adapters.sqlite.arriving.section import Section
from phototagd.adapters.sqlite.columns import (
    folder_stamp_text,
    from_ms,
    ids_text,
    read_folder_stamp,
    read_stamp,
    to_ms,
)
from phototagd.adapters.sqlite.finding import indexing
from phototagd.adapters.sqlite.queue import jobs
from phototagd.domain.asset import FolderStamp, LibraryId, PathId, PathState
from phototagd.domain.job import Priority
from phototagd.domain.library import FolderMark, KnownFile, Listing

_PAGE = 2000
_OPTED_OUT = "opted out by .nomedia or .noai"


class Listings(Section):
    """Comparing folders with the store."""

    def folders(self, library: LibraryId) -> dict[bytes, tuple[FolderStamp, datetime]]:
        """Stamp and time of the last listing, by folder.

        A folder with something missing is left out until a second listing has confirmed it, so
        that a pruned scan reads it again although its stamp has not changed since.
        """
        rows = self._database.read(
            lambda c: c.execute(
                """SELECT relpath, stamp, listed_at FROM folder
                   WHERE library_id = ? AND stamp IS NOT NULL""",
                (library,),
            ).fetchall()
        )
        return {
            row["relpath"]: (read_folder_stamp(row["stamp"]), from_ms(row["listed_at"]))
            for row in rows
        }

    def known_files(self, library: LibraryId, folder: bytes) -> Iterator[KnownFile]:
        """What is remembered of one folder, by name; what is gone comes back as new."""
        after, is_more = b"", True
        while is_more:
            page = self._known_page(library, folder, after)
            yield from (_known_file(row) for row in page)
            is_more = len(page) == _PAGE
            after = page[-1]["name"] if page else after

    def _known_page(self, library: LibraryId, folder: bytes, after: bytes) -> list[sqlite3.Row]:
        return self._database.read(
            lambda c: c.execute(
                """SELECT id, name, stamp, state, sidecar_name, sidecar_stamp, missing_scans
                   FROM path
                   WHERE gone_at IS NULL AND name > ?
                     AND folder_id = (SELECT id FROM folder WHERE library_id = ? AND relpath = ?)
                   ORDER BY name LIMIT ?""",
                (after, library, folder, _PAGE),
            ).fetchall()
        )

    def folder_mark(self, library: LibraryId, folder: bytes) -> FolderMark | None:
        """How a folder looked when it last agreed with the store; None for an unknown one."""
        row = self._database.read(
            lambda c: c.execute(
                "SELECT seen, revision FROM folder WHERE library_id = ? AND relpath = ?",
                (library, folder),
            ).fetchone()
        )
        return None if row is None else FolderMark(seen=row["seen"], revision=row["revision"])

    def record_marks(self, library: LibraryId, marks: Mapping[bytes, FolderMark]) -> None:
        """Remember how folders look; not of those that the store has changed since."""

        def work(connection: sqlite3.Connection) -> None:
            connection.executemany(
                """UPDATE folder SET seen = ?
                   WHERE library_id = ? AND relpath = ? AND revision = ?""",
                [(mark.seen, library, folder, mark.revision) for folder, mark in marks.items()],
            )

        self._database.write(work)

    def record_listing(
        self,
        library: LibraryId,
        folder: bytes,
        stamp: FolderStamp,
        at: datetime,
        *,
        missing: Collection[PathId] = (),
        back: Collection[PathId] = (),
        sidecars_changed: Collection[PathId] = (),
        subfolders: Collection[bytes] | None = None,
    ) -> int:
        """Count what is missing, forget that for what is back, queue writes for sidecars."""
        return self._database.write(
            lambda connection: _record(
                connection,
                library,
                folder,
                stamp,
                to_ms(at),
                limit=self._loss_limit,
                missing=missing,
                back=back,
                sidecars_changed=sidecars_changed,
                subfolders=subfolders,
            )
        )

    def record_listings(
        self, library: LibraryId, listings: Sequence[tuple[Listing, datetime]]
    ) -> int:
        """Record folders in which nothing was missing or back, in one transaction."""

        def work(connection: sqlite3.Connection) -> int:
            return sum(
                _record(
                    connection,
                    library,
                    listing.folder,
                    listing.stamp,
                    to_ms(at),
                    limit=self._loss_limit,
                    subfolders=listing.folders,
                )
                for listing, at in listings
            )

        return self._database.write(work)

    def opt_out(self, library: LibraryId, folder: bytes) -> int:
        """Forget a folder and all below; how many of its photos were waiting or in work."""

        def work(connection: sqlite3.Connection) -> int:
            now = self._now()
            folders = [folder_id(connection, library, folder)]
            folders += [row for row, _ in folders_below(connection, library, folder)]
            cancelled = sum(_forget_files(connection, row, now) for row in folders)
            connection.execute(
                """UPDATE folder SET stamp = NULL, listed_at = NULL
                   WHERE id IN (SELECT value FROM json_each(?))""",
                (ids_text(folders),),
            )
            return cancelled

        return self._database.write(work)


def _record(
    connection: sqlite3.Connection,
    library: LibraryId,
    folder: bytes,
    stamp: FolderStamp,
    now: int,
    *,
    limit: LossLimit,
    missing: Collection[PathId] = (),
    back: Collection[PathId] = (),
    sidecars_changed: Collection[PathId] = (),
    subfolders: Collection[bytes] | None,
) -> int:
    """One listing; how many photos are gone for good by it."""
    if back:
        forget_missing(connection, back, now)
    lost = set(missing)
    if subfolders is not None:
        lost |= _drop_folders(connection, library, folder, subfolders)
    is_confirmed, gone = count_missing(connection, library, lost, now, limit)
    _queue_writes(connection, sidecars_changed, now)
    connection.execute(
        "UPDATE folder SET stamp = ?, listed_at = ? WHERE id = ?",
        (
            folder_stamp_text(stamp) if is_confirmed else None,
            now if is_confirmed else None,
            folder_id(connection, library, folder),
        ),
    )
    return gone


def _drop_folders(
    connection: sqlite3.Connection, library: LibraryId, folder: bytes, subfolders: Collection[bytes]
) -> set[PathId]:
    """Forget the stamps of folders that are no longer there; the paths in them."""
    there = frozenset(subfolders)
    start = len(folder) + 1 if folder else 0
    dropped = [
        row
        for row, relpath in folders_below(connection, library, folder)
        if relpath[start:].split(b"/", 1)[0] not in there
    ]
    if not dropped:
        return set()
    connection.execute(
        """UPDATE folder SET stamp = NULL, listed_at = NULL
           WHERE id IN (SELECT value FROM json_each(?)) AND stamp IS NOT NULL""",
        (ids_text(dropped),),
    )
    rows = connection.execute(
        """SELECT id FROM path
           WHERE folder_id IN (SELECT value FROM json_each(?)) AND gone_at IS NULL""",
        (ids_text(dropped),),
    )
    return {row["id"] for row in rows}


def _queue_writes(connection: sqlite3.Connection, paths: Iterable[PathId], now: int) -> None:
    rows = connection.execute(
        """SELECT id, asset_id FROM path WHERE id IN (SELECT value FROM json_each(?))
             AND state = 'known' AND gone_at IS NULL""",
        (ids_text(paths),),
    ).fetchall()
    for row in rows:
        jobs.put_write(
            connection,
            path=row["id"],
            asset=row["asset_id"],
            priority=Priority.NEW,
            run_after=now,
            now=now,
        )


def _forget_files(connection: sqlite3.Connection, folder: int, now: int) -> int:
    rows = connection.execute(
        """SELECT asset_id, EXISTS (SELECT 1 FROM job WHERE path_id = path.id
                                    AND state IN ('queued', 'running')) AS is_waiting
           FROM path WHERE folder_id = ?""",
        (folder,),
    ).fetchall()
    connection.execute("DELETE FROM path WHERE folder_id = ?", (folder,))
    cancelled = 0
    for row in rows:
        questions = 0
        if row["asset_id"] is not None:
            questions = jobs.cancel_unseen(connection, row["asset_id"], _OPTED_OUT, now)
            indexing.refresh(connection, row["asset_id"])
        cancelled += bool(questions or row["is_waiting"])
    return cancelled


def _known_file(row: sqlite3.Row) -> KnownFile:
    sidecar = row["sidecar_stamp"]
    return KnownFile(
        path=row["id"],
        name=row["name"],
        stamp=read_stamp(row["stamp"]),
        state=PathState(row["state"]),
        sidecar_name=row["sidecar_name"],
        sidecar=None if sidecar is None else read_stamp(sidecar),
        missing_scans=row["missing_scans"],
    )
