"""A real daemon: how soon it asks, what it costs when idle, and whether it grows."""

import hashlib
import os
import re
import time
from io import BytesIO
from pathlib import Path
from statistics import median, quantiles

import pytest
from PIL import Image

from bench.large_photos import distinct, encoded
from bench.spent import cpu_seconds, family, resident_mb
from bench.table import table
from e2e.processes import ModelServer, PhotoDaemon, until

pytestmark = pytest.mark.bench

PHOTOS = int(os.environ.get("PHOTOTAGD_BENCH_LATENCY_PHOTOS", "30"))
SMALL_PHOTOS = int(os.environ.get("PHOTOTAGD_BENCH_SMALL_PHOTOS", "3000"))
QUIET_SECONDS = 2.0
IDLE_SECONDS = 30.0


def sidecars(daemon: PhotoDaemon) -> int:
    return sum(1 for _ in daemon.photos.glob("*.xmp"))


def pid_of(daemon: PhotoDaemon) -> int:
    assert daemon._process is not None
    return daemon._process.pid


def test_from_file_closed_to_request_sent(tmp_path: Path) -> None:
    """One new photo at a time; the model server notes when it is asked."""
    server = ModelServer()
    server.start()
    daemon = PhotoDaemon(tmp_path, server.url)
    settings = daemon.settings.read_text()
    daemon.settings.write_text(
        re.sub("quiet_seconds = .*", f"quiet_seconds = {QUIET_SECONDS}", settings)
    )
    daemon.start()
    photo = encoded()
    waits = []
    for number in range(PHOTOS):
        before = len(server.order()["seen_at"])
        (daemon.photos / f"IMG_{number}.jpg").write_bytes(distinct(photo, number))
        closed = time.monotonic()
        until(lambda n=number: daemon.running() and sidecars(daemon) == n + 1, "the sidecar")
        asked = server.order()["seen_at"]
        waits.append(asked[-1] - closed - QUIET_SECONDS)
        assert len(asked) - before <= 2  # the photo, and perhaps the canary before the first
    daemon.terminate()
    server.stop()
    waits = sorted(waits[1:])  # the first also waits for the model to be checked
    p95 = quantiles(waits, n=20)[-1]
    table(
        f"From file closed to request sent, beyond the quiet time; {PHOTOS - 1} photos of 24 MP",
        ["median ms", "p95 ms", "worst ms", "target"],
        [(1000 * median(waits), 1000 * p95, 1000 * waits[-1], "p95 ≤ 500")],
    )


def small(number: int) -> bytes:
    """A distinct photo of a few kilobytes."""
    shade = hashlib.sha256(str(number).encode()).digest()
    picture = Image.frombytes("RGB", (4, 4), shade + shade[:16]).resize((320, 240))
    file = BytesIO()
    picture.save(file, "JPEG")
    return file.getvalue()


def test_idle_cost_and_memory_over_many_photos(tmp_path: Path) -> None:
    server = ModelServer()
    server.start()
    daemon = PhotoDaemon(tmp_path, server.url)
    daemon.start()
    pid = pid_of(daemon)
    started_mb = resident_mb(pid)
    marks: list[tuple[int, float, float]] = []
    for end in range(SMALL_PHOTOS // 3, SMALL_PHOTOS + 1, SMALL_PHOTOS // 3):
        for number in range(end - SMALL_PHOTOS // 3, end):
            (daemon.photos / f"{number}.jpg").write_bytes(small(number))
        until(lambda n=end: daemon.running() and sidecars(daemon) == n, "all sidecars", 1800)
        until(lambda: daemon.status()["running"] == 0, "rest")
        marks.append((end, resident_mb(pid), sum(map(resident_mb, family(pid)[1:]))))
    time.sleep(5)  # what follows the last photo is not idleness
    before, began = cpu_seconds(family(pid)), time.monotonic()
    time.sleep(IDLE_SECONDS)
    idle = (cpu_seconds(family(pid)) - before) / (time.monotonic() - began)
    daemon.terminate()
    server.stop()
    table(
        "One library at rest, decoding process included",
        ["% of a core", "target"],
        [(100 * idle, "≤ 0.5")],
    )
    table(
        "Resident memory, MB",
        ["photos done", "daemon", "decoding process"],
        [("none yet", started_mb, ""), *marks],
    )
