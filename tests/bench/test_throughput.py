"""The GPU never waits: the daemon against a bare loop that posts the same ready requests."""

import os
from pathlib import Path
from statistics import median

import pytest

from bench import bare_loop
from bench.large_photos import encoded, write_distinct
from bench.table import table
from e2e.processes import ModelServer, PhotoDaemon, until

pytestmark = pytest.mark.bench

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


def ours(server: ModelServer, home: Path, photo: bytes, count: int) -> float:
    """A daemon that starts beside a folder full of photos; its canary is not counted."""
    home.mkdir()
    daemon = PhotoDaemon(home, server.url)
    write_distinct(daemon.photos, photo, count)
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
    server = ModelServer()
    server.start()
    photo = encoded(progressive=kind == "progressive")
    prepared = bare_loop.ready_requests(
        server.url, write_distinct(tmp_path / "ready", photo, CASES[-1][1])
    )
    rows: list[tuple[object, ...]] = []
    for seconds, count, wanted in CASES:
        server.order(seconds=seconds)
        pairs = []
        for number in range(ROUNDS):
            loop = bare(server, prepared[:count])
            daemon = ours(server, tmp_path / f"{kind}-{seconds}-{number}", photo, count)
            pairs.append((daemon / loop, daemon, loop))
        share, daemon, loop = (median(column) for column in zip(*pairs, strict=True))
        best = max(pair[0] for pair in pairs)
        rows.append((seconds, daemon, loop, share, best, wanted))
    server.stop()
    table(
        f"Photos a minute, 24 MP {kind} JPEG",
        ["s/answer", "daemon", "bare loop", "share (median)", "best", "target"],
        rows,
    )
