"""Query plans: what runs per photo finds its rows through an index, however many there are."""

import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta

import pytest

from doubles.photos import arrival, refusal
from doubles.store import Bench
from phototagd.adapters.sqlite.database.database import Database
from phototagd.domain.asset import AssetId, PathId
from phototagd.domain.job import Dead, JobKind, Priority, Retry

# What a search must be narrowed to: a state or a kind alone are millions of rows.
TOO_WIDE = re.compile(r"\((kind|state)=\?\)$")


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that is executed from now on, with its values filled in."""
    seen: list[str] = []
    write, read = Database.write, Database.read

    def traced(run):  # noqa: ANN001, ANN202
        def wrapper(self: Database, work, **how: bool):  # noqa: ANN001, ANN202
            def inside(connection: sqlite3.Connection) -> object:
                connection.set_trace_callback(seen.append)
                try:
                    return work(connection)
                finally:
                    connection.set_trace_callback(None)

            return run(self, inside, **how)

        return wrapper

    monkeypatch.setattr(Database, "write", traced(write))
    monkeypatch.setattr(Database, "read", traced(read))
    return seen


def everyday_life(bench: Bench) -> None:
    """Whatever happens per photo or per folder, once."""
    now = bench.clock.now()
    first, _ = bench.catalogue.take_in([arrival(), arrival(b"2.jpg", "dawn")])
    bench.catalogue.refuse([refusal(b"half.jpg")])
    list(bench.catalogue.known_files(bench.library, b"2026/may"))
    bench.tag(first.asset)
    bench.write(first.path)
    lease = bench.claimed()
    bench.queue.extend([lease], now + timedelta(minutes=9))
    bench.queue.settle(lease, Retry(timedelta(0), "nonsense"), now)
    bench.queue.settle(bench.claimed(priority=Priority.RETRY), Dead("a bomb"), now)
    bench.queue.enqueue_write(first.path, Priority.NEW, now)
    bench.queue.enqueue_tag(first.asset, "r2", Priority.BACKLOG, now)
    bench.queue.next_due(JobKind.TAG, now)
    bench.queue.jobs_of(first.asset, first.path)
    bench.catalogue.namesakes(first.path)
    bench.catalogue.path(first.path)
    bench.catalogue.find_path(bench.library, b"2026/may", b"2.jpg")
    bench.catalogue.paths_of(first.asset)
    bench.catalogue.pixel_hash(first.asset)
    bench.catalogue.stored_tagging(first.asset, "r1")
    bench.catalogue.latest_tagging(first.asset)
    bench.catalogue.due_refusals(now, 10)
    bench.miss(first.path, times=2)
    bench.catalogue.take_in([arrival(b"new.jpg")])
    bench.catalogue.opt_out(bench.library, b"2026/may")
    bench.queue.reclaim(now)


def plan(connection: sqlite3.Connection, statement: str) -> Iterator[str]:
    for row in connection.execute("EXPLAIN QUERY PLAN " + statement):
        yield row["detail"]


def test_nothing_that_runs_per_photo_scans(bench: Bench, statements: list[str]) -> None:
    everyday_life(bench)
    seen = {text for text in statements if not text.startswith("--")}
    assert len(seen) > 40

    slow = {
        (text, step)
        for text in seen
        for step in bench.store._database.write(lambda c, text=text: list(plan(c, text)))
        if re.match(r"SCAN (job|path|asset|identity|folder|tagging)\b", step)
        or TOO_WIDE.search(step)
    }

    assert slow == set()


def test_what_a_person_asks_for_scans_nothing(bench: Bench, statements: list[str]) -> None:
    """Lists go through the rows of one state, newest first, and stop early."""
    bench.queue.jobs(None, 10)
    bench.queue.jobs_of(AssetId(1), PathId(1))
    bench.queue.retry(None, bench.clock.now())

    steps = [
        step
        for text in {text for text in statements if not text.startswith("--")}
        for step in bench.store._database.write(lambda c, text=text: list(plan(c, text)))
    ]

    assert len(steps) > 10
    assert not [step for step in steps if re.match(r"SCAN (job|path|asset)\b", step)]


def test_a_claim_walks_its_index_without_sorting(bench: Bench, statements: list[str]) -> None:
    bench.catalogue.take_in([arrival()])
    bench.claimed()

    (look,) = {text for text in statements if text.startswith("SELECT id FROM job WHERE state")}
    steps = bench.store._database.read(lambda c: list(plan(c, look)))
    assert "SEARCH job USING INDEX job_due (kind=? AND priority=? AND run_after<?)" in [
        step.replace("COVERING ", "") for step in steps
    ]
    assert not any("TEMP B-TREE" in step for step in steps)


def test_where_a_photo_stands_is_found_through_indexes(bench: Bench) -> None:
    """The triggers run this for every change of a job or a path."""
    steps = bench.store._database.read(
        lambda c: list(plan(c, "SELECT standing FROM standing WHERE asset_id = 5"))
    )

    assert not any("SCAN" in step or "TEMP B-TREE" in step for step in steps)
