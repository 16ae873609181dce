"""Durable jobs a second, against other queues on SQLite under the same durability."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from bench.queues import CONTENDERS, Contender, LiteQueue, Ours
from bench.table import Promise, at_least, table
from e2e.processes import TESTS

pytestmark = pytest.mark.bench

WAITING = int(os.environ.get("PHOTOTAGD_BENCH_JOBS", "1000000"))
ROUNDS = 5
AT_MOST_SECONDS = 1.5
AT_MOST = 400
THREADS = 8
FASTER = 1.5
IN_WORK = 10
TOGETHER = 400
LOST = f"lost at a kill, of {IN_WORK} in work"


@dataclass(frozen=True)
class Rates:
    """Jobs a second, on their way in and on their way out."""

    enqueue: float
    finish: float


def per_second(work: Callable[[], object], threads: int = 1) -> float:
    """How often a second threads together do something: some hundred times, or as it goes."""
    each = AT_MOST // threads
    began = time.perf_counter()

    def repeat() -> int:
        done = 0
        while done < each and time.perf_counter() - began < AT_MOST_SECONDS:
            work()
            done += 1
        return done

    with ThreadPoolExecutor(threads) as pool:
        done = sum(pool.map(lambda _: repeat(), range(threads)))
    return done / (time.perf_counter() - began)


def rates_of(queue: Contender, threads: int) -> Rates:
    return Rates(
        per_second(queue.enqueue, threads),
        per_second(lambda: queue.settle(queue.lease()), threads),
    )


def sync_ms(folder: Path) -> float:
    """What one small write to this disk takes to be durable."""
    with (folder / "synced").open("wb", buffering=0) as file:

        def write() -> None:
            file.write(b"x" * 4096)
            os.fsync(file.fileno())

        return 1000 / per_second(write)


def lost_at_a_kill(kind: type[Contender], folder: Path) -> int:
    """How many of the jobs in work are nowhere after a SIGKILL and whatever recovery there is."""
    folder.mkdir()
    queue = kind(folder)
    queue.fill(IN_WORK)
    before = queue.waiting()
    queue.close()
    killed = subprocess.run(
        [sys.executable, "-m", "bench.queues", kind.name, folder, str(IN_WORK)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    queue = kind(folder)
    queue.recover()
    left = queue.waiting()
    queue.close()
    return before - left


@pytest.mark.parametrize("waiting", [0, WAITING])
def test_durable_jobs_a_second(waiting: int, tmp_path: Path) -> None:
    """The daemon's loops enqueue and settle side by side; one thread alone is shown too."""
    pytest.importorskip("litequeue", reason="`make bench` installs the queues to compare with")
    lost = {kind.name: lost_at_a_kill(kind, tmp_path / kind.name) for kind in CONTENDERS}
    queues = {}
    for kind in CONTENDERS:
        (tmp_path / f"{kind.name} raced").mkdir()
        queues[kind.name] = kind(tmp_path / f"{kind.name} raced")
        queues[kind.name].fill(waiting)
    for threads in (THREADS, 1):
        rounds = [
            {name: rates_of(queue, threads) for name, queue in queues.items()}
            for _ in range(ROUNDS)
        ]
        sync = sync_ms(tmp_path)
        table(
            f"Durable jobs a second, {waiting:,} waiting, {threads} threads, "
            f"a sync takes {sync:.2f} ms, load {os.getloadavg()[0]:.1f}",
            [
                "queue",
                "enqueue/s",
                "lease + settle/s",
                "ours / it: enqueue",
                "ours / it: lease+settle",
                LOST,
            ],
            [_row(name, rounds, lost[name]) for name in queues],
        )
    table(
        f"Durable jobs a second in transactions of {TOGETHER}, {waiting:,} waiting",
        ["queue", "enqueue/s"],
        [
            ("phototagd, with their photos, as intake does", batched(queues["phototagd"])),
            ("litequeue", batched(queues["litequeue"])),
            ("persist-queue, huey", "cannot"),
        ],
    )
    for queue in queues.values():
        queue.close()


def batched(queue: Contender) -> float:
    """Jobs a second when so many are enqueued in one transaction."""
    assert isinstance(queue, Ours | LiteQueue)
    began = time.perf_counter()
    for _ in range(ROUNDS):
        queue.enqueue_many(TOGETHER)
    return ROUNDS * TOGETHER / (time.perf_counter() - began)


def _row(name: str, rounds: Sequence[Mapping[str, Rates]], lost: int) -> Sequence[object]:
    of_it = [rates[name] for rates in rounds]
    ours = [rates["phototagd"] for rates in rounds]
    shares = (
        median(mine.enqueue / its.enqueue for mine, its in zip(ours, of_it, strict=True)),
        median(mine.finish / its.finish for mine, its in zip(ours, of_it, strict=True)),
    )
    speeds = (median(its.enqueue for its in of_it), median(its.finish for its in of_it))
    return (name, *speeds, *shares, lost, *_promised(name, shares))


def _promised(name: str, shares: Sequence[float]) -> tuple[Promise, ...]:
    """Huey is shown, not raced: it takes a job by deleting it."""
    return (at_least(min(shares), FASTER),) if name in {"litequeue", "persist-queue"} else ()
