"""Every event is counted once, gauges are true when asked, and no photo is named."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from doubles.control import a_status
from phototagd.adapters.metrics import Gauges, Metrics
from phototagd.domain.engine import EngineMemory, EngineReport, EngineState
from phototagd.domain.errors import Unavailable
from phototagd.domain.events import (
    DaemonChanged,
    EngineLost,
    Event,
    HintsLost,
    JobEnded,
    ModelSlowed,
    ModelUnloaded,
    PhotoFound,
    PhotoRefused,
    PhotoTagged,
    ScanFinished,
    SidecarFollowed,
    SidecarWritten,
    Trouble,
)
from phototagd.domain.job import Priority
from phototagd.domain.status import Closure, ClosureCause
from phototagd.rules.asking.breaking import Phase

NOW = datetime(2026, 5, 1, tzinfo=UTC)
SECRET = b"/photos/passport.jpg"


def metrics(**gauges: Callable[[], Any]) -> Metrics:
    given: dict[str, Callable[[], Any]] = {
        "status": a_status,
        "oldest_queued": lambda: NOW - timedelta(seconds=90),
        "waiting": lambda: {Priority.NEW: 7},
        "endpoints": lambda: {"http://gpu:11434": Phase.OPEN},
        "engine_memory": lambda: EngineMemory(total=4000, gpu=3000),
        "store_size": lambda: {"database": 10, "log": 2},
        "disk_free": lambda: 5_000,
        "last_backup": lambda: NOW - timedelta(days=1),
        "now": lambda: NOW,
    }
    return Metrics(gauges=Gauges(**(given | gauges)))


def samples(page: Metrics) -> dict[str, float]:
    families = text_string_to_metric_families(page.render().decode())
    return {
        s.name + "".join(f"{{{v}}}" for v in s.labels.values()): s.value
        for family in families
        for s in family.samples
    }


A_TAGGED = PhotoTagged(
    asset=1,
    job=1,
    attempt=1,
    path=SECRET,
    model="m",
    seconds=1.5,
    tokens=80,
    tokens_per_second=50,
    keywords=5,
    salvage="fence",
    is_private=True,
)
EVENTS: list[tuple[Event, str, float]] = [
    (PhotoFound(path=SECRET, asset=1, kind="jpeg", how="copy"), "photos_found_total{copy}", 1),
    (PhotoRefused(path=SECRET, reason="r", is_final=True), "photos_refused_total", 1),
    (A_TAGGED, "jobs_completed_total{tag}{done}", 1),
    (A_TAGGED, "inference_tokens_total", 80),
    (A_TAGGED, "inference_duration_seconds_sum", 1.5),
    (A_TAGGED, "inference_duration_seconds_bucket{2.0}", 1),
    (A_TAGGED, "inference_tokens_per_second_sum", 50),
    (A_TAGGED, "inference_salvaged_total", 1),
    (A_TAGGED, "photos_private_total", 1),
    (
        JobEnded(
            job=1, kind="tag", asset=1, path=SECRET, attempt=1, outcome="dead", reason="passport"
        ),
        "jobs_completed_total{tag}{dead}",
        1,
    ),
    (
        SidecarWritten(path=SECRET, asset=1, job=1, changed=True, seconds=0.1),
        "sidecar_writes_total{written}",
        1,
    ),
    (
        SidecarWritten(path=SECRET, asset=1, job=1, changed=False, seconds=0.1),
        "sidecar_writes_total{unchanged}",
        1,
    ),
    (SidecarFollowed(path=SECRET, source=SECRET), "sidecar_writes_total{followed}", 1),
    (
        ScanFinished(
            root=SECRET, kind="full", seconds=2, folders=1, files=1, appeared=3, changed=0, gone=0
        ),
        "scan_files_appeared_total",
        3,
    ),
    (HintsLost(root=SECRET, why="overflow"), "hints_lost_total", 1),
    (EngineLost(endpoint="e", reason="r", remedy=""), "engine_lost_total", 1),
    (ModelSlowed(endpoint="e", seconds=9, usual_seconds=2), "model_slowed_total", 1),
    (ModelUnloaded(endpoint="e", reason="unused"), "model_unloaded_total", 1),
    (Trouble(what="disk", reason="full"), "trouble_total", 1),
]


@pytest.mark.parametrize(("event", "name", "value"), EVENTS, ids=lambda v: str(v)[:40])
def test_an_event_moves_its_counter_from_nothing(event: Event, name: str, value: float) -> None:
    """The series is there with 0 before, where its labels are known."""
    page = metrics()
    before = samples(page)["phototagd_" + name]

    page(event)

    assert before == 0
    assert samples(page)["phototagd_" + name] == value


def test_no_photo_is_named_on_the_page() -> None:
    """Whatever happened."""
    page = metrics()
    for event, _, _ in EVENTS:
        page(event)
    page(DaemonChanged(state="ready"))

    assert b"passport" not in page.render()


def test_gauges_are_asked_when_somebody_looks() -> None:
    """State of the photos, age of the queue, memory, files of the store, own memory."""
    found = samples(metrics())

    assert found["phototagd_photos{queued}"] == 2
    assert found["phototagd_photos{dead}"] == 1
    assert found["phototagd_libraries{online}"] == 1
    assert found["phototagd_engine_up"] == 1
    assert found["phototagd_queue_oldest_age_seconds"] == 90
    assert found["phototagd_model_gpu_memory_bytes"] == 3000
    assert found["phototagd_store_size_bytes{database}"] == 10
    assert found["process_resident_memory_bytes"] > 1e6


def test_what_waits_and_why_is_told_apart() -> None:
    """Every class, reason and state is there, so that none is missed when it becomes 1."""
    closed = Closure(ClosureCause.SCHEDULE, "outside the schedule until 22:00")
    found = samples(metrics(status=lambda: a_status(closures=(closed,))))

    assert found["phototagd_jobs_waiting{new}"] == 7
    assert found["phototagd_jobs_waiting{person}"] == 0
    assert found["phototagd_paused{schedule}"] == 1
    assert found["phototagd_paused{person}"] == found["phototagd_paused{others}"] == 0
    assert found["phototagd_endpoint_up{http://gpu:11434}"] == 0
    assert found["phototagd_breaker_state{http://gpu:11434}{open}"] == 1
    assert found["phototagd_breaker_state{http://gpu:11434}{closed}"] == 0


def test_the_house_is_watched_too() -> None:
    """Libraries by number, for their folders are nobody's business."""
    found = samples(metrics())

    assert found["phototagd_library_up{1}"] == 1
    assert found["phototagd_watch_degraded{1}"] == 0
    assert found["phototagd_scan_last_success_timestamp_seconds{1}"] > 1e9
    assert found["phototagd_disk_free_bytes"] == 5_000
    assert found["phototagd_backup_last_success_timestamp_seconds"] == NOW.timestamp() - 86400
    assert b"/photos" not in metrics().render()


def test_a_source_that_is_away_hides_no_other() -> None:
    """A full store still shows that the model waits."""

    def away() -> EngineMemory:
        raise Unavailable

    waiting = a_status(engine=EngineReport(EngineState.WAITING, "refused", "start it"))
    found = samples(metrics(engine_memory=away, status=lambda: waiting, oldest_queued=lambda: None))

    assert found["phototagd_engine_up"] == 0
    assert found["phototagd_queue_oldest_age_seconds"] == 0
    assert "phototagd_model_memory_bytes" not in found
