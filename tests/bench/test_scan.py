"""A million photos: our scans against what `find` needs to look at the same files.

A scan is counted from its first folder to what the store has on disk, in a process that has
opened the store: a daemon starts once. `find` is counted with its start, a few milliseconds. The
first scan walks, compares, and makes a candidate of each file; nothing reads or records them.
Each figure is the median of rounds in which `find` ran right before; the clock also counts what
else the machine does, so look at CPU where the load is high.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from bench.spent import Spent, spent_by
from bench.table import at_most, both, table
from doubles.import_path import import_path
from e2e.processes import TESTS

pytestmark = pytest.mark.bench

FILES = int(os.environ.get("PHOTOTAGD_BENCH_FILES", "1000000"))
PER_FOLDER = 100
ROUNDS = 5
FIRST_ROUNDS = 3
SETTLE_SECONDS = "3"  # folders changed within two seconds of their listing are read again
MOST_MB = 100
IN_ONE_FOLDER = 200_000
LARGE_MB = 150


@dataclass(frozen=True)
class Scan:
    wall: float
    cpu: float
    files: float
    appeared: float
    memory: float


def make_tree(root: Path) -> None:
    for folder in range(FILES // PER_FOLDER):
        path = root / f"{folder // 100:03d}" / f"{folder % 100:02d}"
        path.mkdir(parents=True)
        for number in range(PER_FOLDER):
            os.close(os.open(path / f"IMG_{folder:05d}_{number:02d}.jpg", os.O_CREAT))


def run(database: Path, root: Path, what: str) -> Scan:
    answer = subprocess.run(
        [sys.executable, "-m", "bench.scan_once", database, root, what],
        env={**os.environ, "PYTHONPATH": import_path(TESTS)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout
    return Scan(*map(float, answer.split())) if answer else Scan(0, 0, 0, 0, 0)


def test_scans_of_a_million_files_against_find(tmp_path: Path) -> None:
    root, database = tmp_path / "photos", tmp_path / "phototagd.db"
    find = ["find", root, "-printf", r"%s %T@ %i\n"]
    try:
        make_tree(root)
        subprocess.run(["sleep", SETTLE_SECONDS], check=True)
        firsts = [
            (spent_by(find), run(tmp_path / f"first{number}.db", root, "full"))
            for number in range(FIRST_ROUNDS)
        ]
        assert all(scan.appeared == FILES for _, scan in firsts)
        run(database, root, "fill")
        run(database, root, "full")  # remembers the folders, and that they agree
        pairs = [(spent_by(find), run(database, root, "full")) for _ in range(ROUNDS)]
        assert all(scan.files == FILES and scan.appeared == 0 for _, scan in pairs)
        for number in range(50):
            path = root / "000" / f"{number:02d}" / "new.jpg"
            path.touch()
        pruned = [run(database, root, "pruned") for _ in range(3)]
        assert pruned[0].appeared == 50
    finally:
        shutil.rmtree(root)
    wall, cpu = median(f.wall for f, _ in pairs), median(f.cpu for f, _ in pairs)
    memory = max(scan.memory for _, scan in pairs)
    table(
        f"Scans of {FILES:,} files in {FILES // PER_FOLDER:,} folders, warm cache, "
        f"load {os.getloadavg()[0]:.1f}",
        ["scan", "wall s", "CPU s", "wall / find", "CPU / find", "peak MB"],
        [
            ("`find -printf '%s %T@ %i\\n'`", wall, cpu, 1.0, 1.0, ""),
            _against_find("full, nothing changed", pairs, most=2),
            (
                "pruned, 50 new",
                pruned[0].wall,
                pruned[0].cpu,
                pruned[0].wall / wall,
                pruned[0].cpu / cpu,
                pruned[0].memory,
                at_most(pruned[0].wall / wall, 0.1),
            ),
            _against_find("the first, hashing aside", firsts, most=3),
        ],
    )
    assert memory <= MOST_MB


def _against_find(
    what: str, pairs: Sequence[tuple[Spent, Scan]], *, most: float
) -> tuple[object, ...]:
    wall = median(scan.wall / found.wall for found, scan in pairs)
    memory = max(scan.memory for _, scan in pairs)
    return (
        what,
        median(scan.wall for _, scan in pairs),
        median(scan.cpu for _, scan in pairs),
        wall,
        median(scan.cpu / found.cpu for found, scan in pairs),
        memory,
        both(at_most(wall, most), at_most(memory, MOST_MB)),
    )


def test_scans_of_one_folder_with_very_many_files(tmp_path: Path) -> None:
    root, database = tmp_path / "photos", tmp_path / "phototagd.db"
    root.mkdir()
    for number in range(IN_ONE_FOLDER):
        os.close(os.open(root / f"IMG_{number:06d}.jpg", os.O_CREAT))
    first = run(tmp_path / "first.db", root, "full")
    run(database, root, "fill")
    full = run(database, root, "full")
    assert first.files == full.files == IN_ONE_FOLDER
    assert first.appeared
    assert not full.appeared
    shutil.rmtree(root)
    table(
        f"Scans of {IN_ONE_FOLDER:,} files in one folder, the scanner without the daemon around it",
        ["scan", "wall s", "CPU s", "peak MB"],
        [
            ("the first", first.wall, first.cpu, first.memory, at_most(first.memory, LARGE_MB)),
            ("nothing changed", full.wall, full.cpu, full.memory, at_most(full.memory, LARGE_MB)),
        ],
    )
