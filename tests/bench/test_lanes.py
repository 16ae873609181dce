"""Sixteen lanes keep sixteen slots busy: the daemon against a bare loop of sixteen threads."""

import http.client
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

import pytest

from bench.large_photos import encoded, write_distinct
from bench.table import at_least, table
from doubles.openai_api import Flavour, OpenAiDouble
from doubles.profiles import style as style_of
from e2e.processes import PhotoDaemon, until
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.adapters.openai_api.completion import request_for
from phototagd.rules.answers.prompting import question_for, recipe_for

pytestmark = pytest.mark.bench

ROUNDS = int(os.environ.get("PHOTOTAGD_BENCH_ROUNDS", "3"))
LANES = 16
PHOTOS = 96
CASES = [(4.0, 0.85), (2.0, 0.85)]  # seconds per answer, the share that we promise


def ready_requests(photos: Sequence[Path], model: str) -> list[bytes]:
    """The bodies that the daemon would send for these photos."""
    style, reader = style_of(language="en"), ProcessPhotoReader()
    recipe = recipe_for(style, model, "digest")
    bodies = []
    for photo in photos:
        prepared = reader.prepare(os.fsencode(photo), long_side=style.image_long_side)
        question = question_for(recipe, style, 1, prepared.jpeg)
        bodies.append(json.dumps(request_for(question, model, {})).encode())
    reader.close()
    return bodies


def per_minute(double: OpenAiDouble, first: int) -> float:
    """Photos a minute, from the first request since `first` to the last answer."""
    seconds = double.answered_at[-1] - double.asked_at[first]
    return 60 * (len(double.asked_at) - first) / seconds


def bare(double: OpenAiDouble, bodies: list[bytes]) -> float:
    def post(body: bytes) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", double.port)
        connection.request(
            "POST", "/v1/chat/completions", body, {"Content-Type": "application/json"}
        )
        assert b'"finish_reason": "stop"' in connection.getresponse().read()
        connection.close()

    first = len(double.asked_at)
    with ThreadPoolExecutor(LANES) as pool:
        list(pool.map(post, bodies))
    return per_minute(double, first)


def ours(double: OpenAiDouble, home: Path, photo: bytes) -> float:
    """A daemon that starts beside a folder full of photos; its canary is not counted."""
    home.mkdir()
    server = (
        f'[[endpoint]]\nurl = "{double.url}"\nengine = "openai"\nname = "{double.model}"\n'
        f"concurrency = {LANES}\n"
    )
    daemon = PhotoDaemon(home, double.url, model=server)
    write_distinct(daemon.photos, photo, PHOTOS)
    first = len(double.asked_at) + 1
    daemon.start()
    until(lambda: len(list(daemon.photos.glob("*.xmp"))) == PHOTOS, "all sidecars", 600)
    assert daemon.terminate() == 0
    for path in daemon.photos.iterdir():
        path.unlink()
    assert len(double.asked_at) == first + PHOTOS
    return per_minute(double, first)


def test_sixteen_lanes_against_sixteen_threads(tmp_path: Path) -> None:
    photo = encoded()
    rows: list[tuple[object, ...]] = []
    with OpenAiDouble(flavour=Flavour.VLLM, slots=LANES) as double:
        ready = write_distinct(tmp_path / "ready", photo, PHOTOS)
        bodies = ready_requests(ready, double.model)
        for seconds, wanted in CASES:
            double.seconds_per_answer = seconds
            pairs = []
            for number in range(ROUNDS):
                loop = bare(double, bodies)
                daemon = ours(double, tmp_path / f"{seconds}-{number}", photo)
                pairs.append((daemon / loop, daemon, loop))
            share, daemon, loop = (median(column) for column in zip(*pairs, strict=True))
            best = max(pair[0] for pair in pairs)
            rows.append((seconds, daemon, loop, share, best, at_least(share, wanted)))
    table(
        "Photos a minute, 24 MP JPEG, 16 in flight",
        ["s/answer", "daemon", "bare loop", "share (median)", "best"],
        rows,
    )
    assert double.in_flight_most == LANES
