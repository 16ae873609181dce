"""Durable jobs a second, against other queues on SQLite under the same durability."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest

from bench.queues import CONTENDERS, Contender
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
LOST = f"lost at a kill, of {IN_WORK} in work"


def per_second(work: Callable[[], object]) -> float:
    """How often a second, over some hundred times or a second and a half."""
    began = time.perf_counter()
    done = 0
    while done < AT_MOST and time.perf_counter() - began < AT_MOST_SECONDS:
        work()
        done += 1
    return done / (time.perf_counter() - began)


def run_through(queue: Contender) -> None:
    queue.settle(queue.lease())


def per_second_of_many(work: Callable[[], object]) -> float:
    """The same from several threads at once, as a daemon's loops do."""
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as threads:
        for done in [threads.submit(work) for _ in range(THREADS * AT_MOST // 4)]:
            done.result()
    return THREADS * AT_MOST // 4 / (time.perf_counter() - began)


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
    pytest.importorskip("litequeue", reason="`make bench` installs the queues to compare with")
    lost = {kind.name: lost_at_a_kill(kind, tmp_path / kind.name) for kind in CONTENDERS}
    queues = {}
    for kind in CONTENDERS:
        (tmp_path / f"{kind.name} raced").mkdir()
        queues[kind.name] = kind(tmp_path / f"{kind.name} raced")
        queues[kind.name].fill(waiting)
    rates: dict[str, list[tuple[float, float]]] = {name: [] for name in queues}
    for _ in range(ROUNDS):
        for name, queue in queues.items():
            in_rate = per_second(queue.enqueue)
            out_rate = per_second(lambda queue=queue: run_through(queue))
            rates[name].append((in_rate, out_rate))
    together = (
        per_second_of_many(queues["phototagd"].enqueue),
        per_second_of_many(lambda: run_through(queues["phototagd"])),
    )
    for queue in queues.values():
        queue.close()
    ours = rates["phototagd"]
    rows: list[tuple[object, ...]] = []
    for name, measured in rates.items():
        medians = [median(column) for column in zip(*measured, strict=True)]
        shares = [
            median(mine[which] / other[which] for mine, other in zip(ours, measured, strict=True))
            for which in (0, 1)
        ]
        rows.append((name, *medians, *shares, lost[name], *_promised(name, shares)))
    rows.append((f"phototagd, {THREADS} threads", *together, "", "", ""))
    table(
        f"Durable jobs a second, {waiting:,} waiting, a sync takes {sync_ms(tmp_path):.2f} ms",
        [
            "queue",
            "enqueue/s",
            "lease + settle/s",
            "ours / it: enqueue",
            "ours / it: lease+settle",
            LOST,
        ],
        rows,
    )


def _promised(name: str, shares: Sequence[float]) -> tuple[Promise, ...]:
    """Huey is shown, not raced: it takes a job by deleting it."""
    return (at_least(min(shares), FASTER),) if name in {"litequeue", "persist-queue"} else ()
