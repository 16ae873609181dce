"""A backup of a store in use is whole, private, and can be put in its place."""

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.photos import arrival
from doubles.store import Bench
from phototagd.adapters.sqlite.database.backing_up import complaints
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.errors import Unavailable


def test_a_backup_holds_what_was_promised_until_now(
    bench: Bench, tmp_path: Path, clock: FakeClock
) -> None:
    """Also what still lies in the log; and it opens as a store."""
    (arrived,) = bench.catalogue.take_in([arrival()])
    target = tmp_path / "copy.db"

    bench.store.care.back_up(os.fsencode(target))

    bench.catalogue.take_in([arrival(b"later.jpg", "dusk")])
    with Store.open(target, clock=clock) as copy:
        assert [one.id for one in copy.catalogue.paths_of(arrived.asset)] == [arrived.path]
        assert copy.queue.tally(clock.now()).queued == 1
        assert copy.recovered_from is None


def test_a_backup_is_for_its_owner_alone(bench: Bench, tmp_path: Path) -> None:
    """Whatever the umask says; one in its place is replaced, nothing else is left behind."""
    folder = tmp_path / "there"
    folder.mkdir()
    target = folder / "copy.db"
    before = os.umask(0)
    try:
        bench.store.care.back_up(os.fsencode(target))
        bench.store.care.back_up(os.fsencode(target))
    finally:
        os.umask(before)

    assert target.stat().st_mode & 0o777 == 0o600
    assert list(folder.iterdir()) == [target]


def test_a_backup_that_fails_leaves_the_last_one_alone(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up in the middle: no half file under the name, no rest beside it."""
    folder = tmp_path / "there"
    folder.mkdir()
    target = folder / "copy.db"
    target.write_text("the last one")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="No space left"):
        bench.store.care.back_up(os.fsencode(target))

    assert target.read_text() == "the last one"
    assert list(folder.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_named(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="nowhere"):
        bench.store.care.back_up(os.fsencode(tmp_path / "nowhere" / "copy.db"))


def test_photos_are_taken_in_while_a_backup_is_made(bench: Bench, tmp_path: Path) -> None:
    """The copy is one moment of the store, the store misses nothing."""
    stop = threading.Event()

    def take_in() -> None:
        number = 0
        while not stop.is_set():
            bench.catalogue.take_in([arrival(b"%d.jpg" % number, f"light {number}")])
            number += 1

    writer = threading.Thread(target=take_in)
    writer.start()
    try:
        for number in range(5):
            bench.store.care.back_up(os.fsencode(tmp_path / f"{number}.db"))
    finally:
        stop.set()
        writer.join()

    for number in range(5):
        with closing(sqlite3.connect(tmp_path / f"{number}.db")) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
    assert bench.store.care.complaints() == []


def test_a_damaged_store_is_complained_about(bench: Bench, tmp_path: Path) -> None:
    """An index that misses a row, as a failing disk leaves it."""
    bench.catalogue.take_in([arrival()])
    bench.store.care.checkpoint()
    copy = tmp_path / "damaged.db"
    bench.store.care.back_up(os.fsencode(copy))
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_schema WHERE name = 'job_due'")
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM asset")
        connection.commit()

    found = complaints(copy)

    assert any("refers to nothing in asset" in one for one in found)
    assert bench.store.care.complaints() == []
