"""The GPU never waits: the daemon against a bare loop that posts the same ready requests.

HEIC is measured where there are real files, because no encoder is installed here:
`PHOTOTAGD_BENCH_HEIC=FOLDER make bench`.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import pytest

from bench import bare_loop
from bench.large_photos import encoded, write_distinct, write_distinct_heic
from bench.table import at_least, table
from e2e.processes import ModelServer, PhotoDaemon, until

pytestmark = pytest.mark.bench

HEIC = os.environ.get("PHOTOTAGD_BENCH_HEIC")
Write = Callable[[Path, int], list[Path]]
ROUNDS = int(os.environ.get("PHOTOTAGD_BENCH_ROUNDS", "3"))
CASES = [  # seconds per answer, photos, the share of the bare loop that we promise
    (1.0, 20, 0.99),
    (0.3, 40, 0.97),
    (0.1, 80, 0.85),
]


def per_minute(server: ModelServer, before: int) -> float:
    """Photos a minute, from the first request since `before` to the last."""
    times = server.order()["seen_at"][before:]
    return 60 * (len(times) - 1) / (times[-1] - times[0])


def bare(server: ModelServer, bodies: list[bytes]) -> float:
    before = len(server.order()["seen"])
    bare_loop.post(server.port, bodies)
    return per_minute(server, before)


def ours(server: ModelServer, home: Path, write: Write, count: int) -> float:
    """A daemon that starts beside a folder full of photos; its canary is not counted."""
    home.mkdir()
    daemon = PhotoDaemon(home, server.url)
    write(daemon.photos, count)
    before = len(server.order()["seen"]) + 1
    daemon.start()
    until(
        lambda: daemon.running() and len(list(daemon.photos.glob("*.xmp"))) == count,
        "all sidecars",
        600,
    )
    assert daemon.terminate() == 0
    for path in daemon.photos.iterdir():
        path.unlink()
    assert len(server.order()["seen"]) == before + count
    return per_minute(server, before)


@pytest.mark.parametrize("kind", ["baseline", "progressive"])
def test_throughput_against_a_bare_loop(kind: str, tmp_path: Path) -> None:
    photo = encoded(progressive=kind == "progressive")
    measure(f"24 MP {kind} JPEG", partial(_write_jpegs, photo), tmp_path)


@pytest.mark.skipif(not HEIC, reason="PHOTOTAGD_BENCH_HEIC names no folder of real HEIC photos")
def test_throughput_of_heic_against_a_bare_loop(tmp_path: Path) -> None:
    photos = [path.read_bytes() for path in sorted(Path(str(HEIC)).rglob("*.[hH][eE][iI][cC]"))]
    measure(
        f"HEIC, {len(photos)} real ones again and again", partial(_write_heics, photos), tmp_path
    )


def _write_jpegs(photo: bytes, folder: Path, count: int) -> list[Path]:
    return write_distinct(folder, photo, count)


def _write_heics(photos: list[bytes], folder: Path, count: int) -> list[Path]:
    return write_distinct_heic(folder, photos, count)


def measure(kind: str, write: Write, tmp_path: Path) -> None:
    server = ModelServer()
    server.start()
    prepared = bare_loop.ready_requests(server.url, write(tmp_path / "ready", CASES[-1][1]))
    rows: list[tuple[object, ...]] = []
    for seconds, count, wanted in CASES:
        server.order(seconds=seconds)
        pairs = []
        for number in range(ROUNDS):
            loop = bare(server, prepared[:count])
            daemon = ours(server, tmp_path / f"{seconds}-{number}", write, count)
            pairs.append((daemon / loop, daemon, loop))
        share, daemon, loop = (median(column) for column in zip(*pairs, strict=True))
        best = max(pair[0] for pair in pairs)
        rows.append((seconds, daemon, loop, share, best, at_least(share, wanted)))
    server.stop()
    table(
        f"Photos a minute, {kind}",
        ["s/answer", "daemon", "bare loop", "share (median)", "best"],
        rows,
    )
