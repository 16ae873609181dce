"""The database file: durable, shared, and honest about what is wrong with it."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.photos import arrival
from doubles.store import Bench
from phototagd.adapters.sqlite.database import connecting, failures
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.errors import ConfigError, Unavailable
from phototagd.domain.job import Tally

DAY = "20260501T120000Z"


@pytest.fixture
def database(tmp_path: Path, clock: FakeClock) -> Iterator[Database]:
    with Database.open(tmp_path / "phototagd.db", clock=clock) as database:
        database.write(lambda c: c.execute("CREATE TABLE note(text TEXT UNIQUE) STRICT"))
        yield database


def put(database: Database, text: str) -> None:
    database.write(lambda c: c.execute("INSERT INTO note VALUES(?)", (text,)))


def notes(database: Database) -> list[str]:
    rows = database.read(lambda c: c.execute("SELECT text FROM note ORDER BY text").fetchall())
    return [row["text"] for row in rows]


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_database_is_its_owners_alone(tmp_path: Path, clock: FakeClock) -> None:
    """Also in a state folder that others may enter."""
    tmp_path.chmod(0o755)
    with Database.open(tmp_path / "phototagd.db", clock=clock) as database:
        database.write(lambda c: c.execute("CREATE TABLE note(text TEXT) STRICT"))
        files = sorted(tmp_path.glob("phototagd.db*"))
        assert len(files) == 3
        assert [file.stat().st_mode & 0o777 for file in files] == [0o600] * 3


def test_every_commit_reaches_the_disk(database: Database) -> None:
    assert database.write(lambda c: pragma(c, "journal_mode")) == "wal"
    assert database.write(lambda c: pragma(c, "synchronous")) == 2  # FULL
    assert database.write(lambda c: pragma(c, "foreign_keys")) == 1


def test_readers_cannot_write_and_never_checkpoint(database: Database) -> None:
    assert database.read(lambda c: pragma(c, "query_only")) == 1
    assert database.read(lambda c: pragma(c, "wal_autocheckpoint")) == 0
    with pytest.raises(Unavailable):
        database.read(lambda c: c.execute("INSERT INTO note VALUES('x')"))


def test_what_was_written_is_read_by_any_thread(database: Database) -> None:
    put(database, "hello")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: notes(database), range(20))) == [["hello"]] * 20


def test_operations_that_wait_together_are_committed_together(database: Database) -> None:
    """One fsync serves them all."""
    commits: list[str] = []
    database.write(lambda c: c.set_trace_callback(commits.append))
    commits.clear()
    texts = [f"{number:02}" for number in range(20)]

    in_line(database, [lambda text=text: put(database, text) for text in texts])

    assert notes(database) == texts
    # One for the blocking operation that had begun before them, one for all of them.
    assert commits.count("COMMIT") == 2


def test_a_thread_writes_again_while_the_next_one_has_still_to_wake(database: Database) -> None:
    """What many threads write one after the other, all at once, is all there."""

    def many(thread: int) -> None:
        for number in range(50):
            put(database, f"{thread} {number:02}")

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(many, thread) for thread in range(8)]:
            done.result(60)

    assert notes(database) == [
        f"{thread} {number:02}" for thread in range(8) for number in range(50)
    ]


def test_a_failing_operation_is_undone_alone(database: Database) -> None:
    def fail() -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT INTO note VALUES('half')")
            raise LookupError("on purpose")

        with pytest.raises(LookupError):
            database.write(work)

    def repeat() -> None:
        with pytest.raises(sqlite3.IntegrityError):
            database.write(lambda c: c.execute("INSERT INTO note VALUES('a'), ('a')"))

    in_line(database, [lambda: put(database, "b"), fail, repeat, lambda: put(database, "c")])

    assert notes(database) == ["b", "c"]


def in_line(database: Database, calls: list) -> None:
    """Let calls of several threads wait while the writer is busy, then let them all through."""
    is_busy, go_on = threading.Event(), threading.Event()

    def block(_: sqlite3.Connection) -> None:
        is_busy.set()
        go_on.wait(30)

    with ThreadPoolExecutor(len(calls) + 1) as pool:
        blocking = pool.submit(database.write, block)
        is_busy.wait(30)
        waiting = [pool.submit(call) for call in calls]
        while len(database._writer._waiting) < len(calls):
            assert not any(future.done() for future in waiting)
        go_on.set()
        for future in [blocking, *waiting]:
            future.result(30)


def test_a_full_disk_takes_nothing_and_says_so(bench: Bench) -> None:
    bench.catalogue.take_in([arrival()])
    database = bench.store._database
    pages = database.write(lambda c: pragma(c, "page_count"))
    database.write(lambda c: pragma(c, f"max_page_count = {pages}"))

    with pytest.raises(Unavailable, match="full") as caught:
        bench.catalogue.take_in([arrival(b"%d.jpg" % n, str(n)) for n in range(2000)])

    assert caught.value.remedy
    assert bench.queue.tally(bench.clock.now()) == Tally(queued=1)
    assert len(list(bench.catalogue.known_files(bench.library, b"2026/may"))) == 1

    database.write(lambda c: pragma(c, "max_page_count = 1000000"))
    bench.catalogue.take_in([arrival(b"%d.jpg" % n, str(n)) for n in range(2000)])
    assert bench.queue.tally(bench.clock.now()) == Tally(queued=2001)


def test_on_a_full_disk_the_whole_batch_hears_of_it(database: Database) -> None:
    pages = database.write(lambda c: pragma(c, "page_count"))
    database.write(lambda c: pragma(c, f"max_page_count = {pages}"))

    def refused(text: str) -> None:
        with pytest.raises(Unavailable):
            put(database, text)

    in_line(database, [lambda: refused("small"), lambda: refused("big" * 9999)])

    assert notes(database) == []


def test_a_checkpoint_waits_for_no_reader(database: Database) -> None:
    put(database, "hello")

    database.read(lambda _: database.checkpoint())

    assert notes(database) == ["hello"]


def test_a_closed_store_says_so(database: Database) -> None:
    database.close()
    database.close()

    with pytest.raises(Unavailable, match="closed"):
        put(database, "late")
    with pytest.raises(Unavailable, match="closed"):
        notes(database)


def test_nothing_is_lost_when_it_is_closed_and_opened(tmp_path: Path, clock: FakeClock) -> None:
    with Store.open(tmp_path / "p.db", clock=clock) as store:
        Bench(store, clock).catalogue.take_in([arrival()])

    with Store.open(tmp_path / "p.db", clock=clock) as store:
        assert store.recovered_from is None
        assert store.queue.tally(clock.now()) == Tally(queued=1)


@pytest.mark.parametrize("damage", ["header", "page"])
def test_a_damaged_database_is_set_aside_whole(
    tmp_path: Path, clock: FakeClock, damage: str
) -> None:
    file = tmp_path / "phototagd.db"
    with Store.open(file, clock=clock) as store:
        Bench(store, clock).catalogue.take_in([arrival(b"%d" % n, str(n)) for n in range(200)])
    content = bytearray(file.read_bytes())
    content[: 16 if damage == "header" else 0] = b"\xa5" * (16 if damage == "header" else 0)
    if damage == "page":
        content[4096 * 5 :] = b"\xa5" * (len(content) - 4096 * 5)
    file.write_bytes(content)
    log = file.with_name("phototagd.db-wal")
    log.write_bytes(b"old log")

    with Store.open(file, clock=clock) as store:
        aside = tmp_path / f"corrupt-{DAY}"
        assert store.recovered_from == aside
        assert store.queue.tally(clock.now()) == Tally()
        Bench(store, clock).catalogue.take_in([arrival()])

    assert (aside / file.name).read_bytes() == bytes(content)
    assert {part.name for part in aside.iterdir()} >= {"phototagd.db"}


def test_a_second_damage_in_the_same_second_is_set_aside_too(tmp_path: Path) -> None:
    clock = FakeClock()
    for name in (f"corrupt-{DAY}", f"corrupt-{DAY}-2"):
        (tmp_path / "p.db").write_bytes(b"no database" * 999)
        (tmp_path / "p.db-wal").write_bytes(b"log")
        assert connecting.set_aside(tmp_path / "p.db", clock.now()) == tmp_path / name
        assert {part.name for part in (tmp_path / name).iterdir()} == {"p.db", "p.db-wal"}


def test_a_state_folder_that_is_not_there_is_named(tmp_path: Path, clock: FakeClock) -> None:
    with pytest.raises(Unavailable, match="nowhere") as caught:
        Database.open(tmp_path / "nowhere" / "p.db", clock=clock)

    assert "state folder" in caught.value.remedy


def test_another_program_that_holds_the_database_is_named(tmp_path: Path, clock: FakeClock) -> None:
    file = tmp_path / "p.db"
    with Database.open(file, clock=clock) as database:
        database.write(lambda c: c.execute("PRAGMA busy_timeout = 0"))
        intruder = sqlite3.connect(file, isolation_level=None)
        intruder.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="another program"):
            database.write(lambda c: c.execute("CREATE TABLE late(x)"))
        intruder.execute("ROLLBACK")
        intruder.close()
        database.write(lambda c: c.execute("CREATE TABLE late(x)"))


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY_DBMOVED,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_BUSY_SNAPSHOT,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOMEM,
    ],
)
def test_every_fault_of_the_world_has_a_name(code: int) -> None:
    error = sqlite3.OperationalError("sqlite says so")
    error.sqlite_errorcode = code

    translated = failures.translated(error, Path("p.db"))

    assert isinstance(translated, Unavailable)
    assert "p.db" in str(translated)
    assert "sqlite says so" in str(translated)


def test_a_bug_stays_a_bug(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        database.write(lambda c: c.execute("SELEKT 1"))
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        database.read(lambda c: c.execute("SELEKT 1"))


def test_an_sqlite_that_is_too_old_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"3\.37\.2"):
        connecting.require_version((3, 37, 2))
    connecting.require_version((3, 38, 0))


def test_an_sqlite_with_the_log_bug_is_warned_about() -> None:
    assert "3.40.1" in connecting.version_warning((3, 40, 1))
    assert connecting.version_warning((3, 51, 3)) == ""


def test_only_a_promise_waits_for_the_disk(database: Database) -> None:
    """A claim that a power cut takes back is queued again; a settled job must stay settled."""
    syncing = [
        database.write(lambda c: pragma(c, "synchronous"), is_promise=is_promise)
        for is_promise in (True, False, False, True)
    ]

    assert syncing == [2, 1, 1, 2]  # FULL, NORMAL
