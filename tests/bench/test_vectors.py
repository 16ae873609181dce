"""Search by meaning at 100,000 photos: how long it takes, what it finds, what it needs.

`PHOTOS=1000000 make bench` measures the large library. Vectors are clustered as those of
captions are: uniform ones have no neighbours worth finding.
"""

import os
import random
import resource
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from bench.table import table
from doubles import FakeClock
from phototagd.adapters.nearness.index import NumpyVectorIndex
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.meaning import Selection

pytestmark = pytest.mark.bench

PHOTOS = int(os.environ.get("PHOTOS", "100000"))
DIMENSIONS = int(os.environ.get("DIMENSIONS", "768"))
TOPICS, LATENT = 500, 64
QUERIES = 60
MILLISECONDS = 60.0
MOST_MIB = 250
SPACE = "bench all 1"
ALL = Selection((), is_all_but=True)


class Topics:
    """Vectors around topics in a space of fewer dimensions, with noise."""

    def __init__(self) -> None:
        draw = np.random.default_rng(11)
        self._draw = draw
        self._topics = draw.normal(size=(TOPICS, LATENT)).astype(np.float32)
        self._lift = draw.normal(size=(LATENT, DIMENSIONS)).astype(np.float32)

    def some(self, count: int) -> np.ndarray:
        draw = self._draw
        latent = self._topics[draw.integers(0, TOPICS, count)]
        latent = latent + 0.6 * draw.normal(size=latent.shape).astype(np.float32)
        rows = latent @ self._lift / np.sqrt(LATENT)
        rows += 0.3 * draw.normal(size=rows.shape).astype(np.float32)
        unit: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit.astype(np.float32)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Path, np.ndarray]]:
    folder = tmp_path_factory.mktemp("vectors")
    topics = Topics()
    with Store.open(folder / "phototagd.db", clock=FakeClock()) as store:
        for start in range(0, PHOTOS, 10_000):
            rows = topics.some(min(10_000, PHOTOS - start))
            store._database.write(lambda c, s=start, r=rows: fill(c, s, r))
        store.care.checkpoint()
        yield store, folder / "vectors.cache", topics.some(QUERIES)


def fill(connection: sqlite3.Connection, start: int, rows: np.ndarray) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO embedding_space(id, name, is_wanted) VALUES(1, ?, 1)", (SPACE,)
    )
    for number, row in enumerate(rows, start=start + 1):
        blob = row.astype("<f2").tobytes()
        connection.execute(
            "INSERT INTO asset(id, kind, created_at) VALUES(?, 'jpeg', 1)", (number,)
        )
        connection.execute(
            "INSERT INTO embedding VALUES(?, ?, 1, x'', 0, ?)", (number, number, blob)
        )
    connection.execute("UPDATE embedding_change SET last = ?", (start + len(rows),))


def p95(run: Callable[[np.ndarray], object], queries: np.ndarray) -> tuple[float, float]:
    """Milliseconds of the slowest twentieth: of all threads' work, and by the clock."""
    taken = []
    for query in queries:
        begun = time.thread_time(), time.perf_counter()
        run(query)
        taken.append((time.thread_time() - begun[0], time.perf_counter() - begun[1]))
    work, clock = (statistics.quantiles(column, n=20)[18] for column in zip(*taken, strict=True))
    return work * 1000, clock * 1000


def test_near_photos_are_found_quickly_and_nearly_all_of_them(
    house: tuple[Store, Path, np.ndarray],
) -> None:
    store, file, queries = house
    before = resident()
    index = NumpyVectorIndex(store=store.vectors, space=SPACE, file=file)
    begun = time.perf_counter()
    index.catch_up()
    built = time.perf_counter() - begun
    again = NumpyVectorIndex(store=store.vectors, space=SPACE, file=file)
    begun = time.perf_counter()
    again.catch_up()
    loaded = time.perf_counter() - begun
    del again  # one index is what a daemon has
    year = random.Random(5).sample(range(1, PHOTOS + 1), PHOTOS // 20)

    all_of_them = p95(lambda q: index.nearest(q, 10, ALL), queries)
    filtered = p95(lambda q: index.nearest(q, 10, Selection(year)), queries)
    memory = resident() - before
    exact = exact_nearest(store, queries)
    found = [set(index.nearest(q, 10, ALL).ranked.assets) for q in queries]
    recall = sum(len(one & true) for one, true in zip(found, exact, strict=True)) / (10 * QUERIES)

    rows = [
        ("all photos", *all_of_them, MILLISECONDS),
        ("one year of twenty", *filtered, MILLISECONDS),
    ]
    head = ("among", "p95 of work, ms", "p95 by the clock", "at most")
    table(f"Near vectors of {DIMENSIONS} numbers, {PHOTOS} photos", head, rows)
    head = ("recall@10", "memory, MiB", "built in, s", "from its cache, s")
    table("Their index", head, [(recall, memory, built, loaded)])
    assert recall >= 0.99
    assert all_of_them[0] <= MILLISECONDS
    assert memory <= MOST_MIB


def test_sqlite_vec_beside_it(house: tuple[Store, Path, np.ndarray]) -> None:
    """Where this Python's SQLite loads extensions; those of pyenv and macOS do not."""
    sqlite_vec = pytest.importorskip("sqlite_vec")
    connection = sqlite3.connect(":memory:")
    if not hasattr(connection, "enable_load_extension"):
        pytest.skip("this Python's SQLite loads no extensions")
    connection.enable_load_extension(True)
    sqlite_vec.load(connection)
    store, _, queries = house
    connection.execute(f"CREATE VIRTUAL TABLE near USING vec0(v float[{DIMENSIONS}])")
    for asset, row in stored(store):
        connection.execute("INSERT INTO near(rowid, v) VALUES(?, ?)", (asset, row.tobytes()))
    sql = "SELECT rowid FROM near WHERE v MATCH ? AND k = 10"
    beside = p95(lambda q: connection.execute(sql, (q.tobytes(),)).fetchall(), queries[:20])
    table("sqlite-vec", ("p95 of work, ms", "p95 by the clock"), [beside])


def stored(store: Store) -> Iterator[tuple[int, np.ndarray]]:
    since = 0
    while moved := store.vectors.moved(SPACE, since, 10_000):
        since = moved[-1].change
        for one in moved:
            assert one.vector is not None
            yield one.asset, np.frombuffer(one.vector, dtype="<f2").astype(np.float32)


def exact_nearest(store: Store, queries: np.ndarray) -> list[set[int]]:
    """The truth, a chunk of the library at a time."""
    best: list[list[tuple[float, int]]] = [[] for _ in queries]
    since = 0
    while moved := store.vectors.moved(SPACE, since, 10_000):
        since = moved[-1].change
        flat = np.frombuffer(b"".join(one.vector or b"" for one in moved), dtype="<f2")
        rows = flat.reshape(len(moved), -1).astype(np.float32)
        scores = queries @ rows.T
        for at, line in enumerate(scores):
            top = np.argpartition(-line, 10)[:10]
            best[at] += [(float(line[place]), moved[place].asset) for place in top]
            best[at] = sorted(best[at], reverse=True)[:10]
    return [{asset for _, asset in line} for line in best]


def resident() -> float:
    """MiB that this process holds now, mapped files included."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
