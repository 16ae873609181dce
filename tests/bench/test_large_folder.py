"""A whole daemon, and very many photos in one folder: how fast it takes them in, in how much room.

No model server answers, so nothing but intake is at work.
"""

import os
import shutil
import time
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bench.large_photos import distinct
from bench.spent import cpu_seconds, resident_mb
from bench.table import at_most, both, table
from e2e.processes import PhotoDaemon

pytestmark = pytest.mark.bench

PHOTOS = int(os.environ.get("PHOTOTAGD_BENCH_LARGE_FOLDER", "200000"))
NOBODY = "http://127.0.0.1:9"
MOST_MB = 150
MOST_REST_SECONDS = 10
LOOK_EVERY_SECONDS = 1.0
DISTINCT = 65_000  # that `distinct` can tell apart


def write_photos(folder: Path) -> None:
    small = Image.effect_noise((64, 48), 40).convert("RGB")
    for first in range(0, PHOTOS, DISTINCT):
        file = BytesIO()
        small.putpixel((0, 0), (first // DISTINCT * 50, 255, 0))
        small.save(file, "JPEG", quality=60)
        photo = file.getvalue()
        for number in range(first, min(first + DISTINCT, PHOTOS)):
            path = folder / f"IMG_{number:06d}.jpg"
            path.write_bytes(distinct(photo, number - first))


def test_very_many_photos_in_one_folder(tmp_path: Path) -> None:
    daemon = PhotoDaemon(tmp_path, NOBODY)
    write_photos(daemon.photos)
    began = time.monotonic()
    daemon.start()
    assert daemon._process is not None
    pid = daemon._process.pid
    taken, moved_at, rest = 0, time.monotonic(), 0.0
    while taken < PHOTOS:
        assert daemon.running()
        now, count = time.monotonic(), daemon.status()["queued"]
        if count > taken:
            taken, moved_at = count, now
        rest = max(rest, now - moved_at)
        assert rest < 120, f"nothing more after {taken} photos"
        time.sleep(LOOK_EVERY_SECONDS)
    seconds, peak, cpu = time.monotonic() - began, resident_mb(pid, "VmHWM"), cpu_seconds([pid])
    daemon.terminate()
    shutil.rmtree(daemon.photos)
    table(
        f"A whole daemon and {PHOTOS:,} small photos in one folder, no model server, "
        f"load {os.getloadavg()[0]:.1f}",
        ["photos/s", "CPU ms for each", "longest rest, s", "peak MB"],
        [
            (
                PHOTOS / seconds,
                1000 * cpu / PHOTOS,
                rest,
                peak,
                both(at_most(peak, MOST_MB), at_most(rest, MOST_REST_SECONDS)),
            )
        ],
    )
