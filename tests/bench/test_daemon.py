"""A real daemon: how soon it asks, what it costs when idle, and whether it grows.

`PHOTOTAGD_BENCH_SMALL_PHOTOS=3000 make bench` is quicker than the 20,000 that are promised.
"""

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
from bench.table import at_most, table
from e2e.processes import ModelServer, PhotoDaemon, until
from phototagd.adapters.images import ProcessPhotoReader

pytestmark = pytest.mark.bench

PHOTOS = int(os.environ.get("PHOTOTAGD_BENCH_LATENCY_PHOTOS", "30"))
SMALL_PHOTOS = int(os.environ.get("PHOTOTAGD_BENCH_SMALL_PHOTOS", "20000"))
QUIET_SECONDS = 2.0
IDLE_SECONDS = 30.0
MOST_GROWN_MB = 5
BACKLOG = int(os.environ.get("PHOTOTAGD_BENCH_BACKLOG", "5000"))
NEWCOMERS = 10
SECONDS_PER_ANSWER = 0.5
MOST_BETWEEN = 2  # the one in the lane's hands, and the one begun while it was decoded
LONG_SIDE = 1024


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
        ["median ms", "worst ms", "p95 ms"],
        [(1000 * median(waits), 1000 * waits[-1], 1000 * p95, at_most(1000 * p95, 500))],
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
    grown = marks[-1][1] - marks[0][1]
    time.sleep(5)  # what follows the last photo is not idleness
    before, began = cpu_seconds(family(pid)), time.monotonic()
    time.sleep(IDLE_SECONDS)
    idle = (cpu_seconds(family(pid)) - before) / (time.monotonic() - began)
    daemon.terminate()
    server.stop()
    table(
        "One library at rest, decoding process included",
        ["% of a core"],
        [(100 * idle, at_most(100 * idle, 0.5))],
    )
    table(
        "Resident memory, MB, and its growth over the last two thirds of the photos",
        ["photos done", "daemon", "decoding process", "growth of the daemon"],
        [
            ("none yet", started_mb, "", ""),
            *((*mark, "") for mark in marks[:-1]),
            (*marks[-1], grown, at_most(grown, MOST_GROWN_MB)),
        ],
    )


def test_a_new_photo_is_asked_next_however_long_the_backlog(tmp_path: Path) -> None:
    """A daemon that starts beside a full folder, and photos that come while it works it off."""
    server = ModelServer()
    server.start()
    server.order(seconds=SECONDS_PER_ANSWER)
    daemon = PhotoDaemon(tmp_path, server.url)
    for number in range(BACKLOG):
        (daemon.photos / f"{number}.jpg").write_bytes(small(number))
    daemon.start()
    until(lambda: daemon.running() and daemon.status()["queued"] > BACKLOG * 0.9, "a backlog", 600)
    reader, between, waits = ProcessPhotoReader(), [], []
    for number in range(NEWCOMERS):
        new = daemon.photos / f"new-{number}.jpg"
        new.write_bytes(small(BACKLOG + number))
        stable_at = time.monotonic() + 0.3  # the quiet time of its settings
        sidecar = new.with_name(new.name + ".xmp")
        until(lambda sidecar=sidecar: daemon.running() and sidecar.exists(), "its sidecar", 120)
        asked = server.order()
        picture = reader.prepare(os.fsencode(new), long_side=LONG_SIDE).jpeg
        at = asked["seen"].index(hashlib.sha256(picture).hexdigest())
        waits.append(asked["seen_at"][at] - stable_at)
        between.append(sum(stable_at < seen for seen in asked["seen_at"][:at]))
    left = daemon.status()["queued"]
    daemon.terminate()
    server.stop()
    reader.close()
    table(
        f"{NEWCOMERS} new photos, one after the other, beside {left:,} that wait; "
        f"{SECONDS_PER_ANSWER:g} s per answer",
        ["seconds from stable to asked, median", "worst", "others asked in between, at most"],
        [(median(waits), max(waits), max(between), at_most(max(between), MOST_BETWEEN))],
    )
