"""A RAW and what the camera wrote beside it are one picture, and one question."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from phototagd.domain.asset import CaptureFacts
from phototagd.domain.job import JobId, JobState, JobView, Priority
from phototagd.rules.asking.pairing import is_one_moment, may_be_pair, should_wait

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
TAKEN = datetime(2026, 4, 30, 8, 15, 3)  # noqa: DTZ001 -- a camera without an offset
OSLO = timezone(timedelta(hours=2))


def question(
    state: JobState = JobState.QUEUED,
    priority: Priority = Priority.NEW,
    run_after: datetime | None = NOW,
) -> JobView:
    return JobView(JobId(1), "tag", state, priority, 0, "", run_after, NOW, b"/p/IMG_1.JPG")


@pytest.mark.parametrize(
    ("kind", "other", "expected"),
    [
        ("raw", "jpeg", True),
        ("heif", "raw", True),
        ("raw", "raw", False),
        ("jpeg", "heif", False),
        ("raw", "tiff", False),
        ("", "raw", False),
    ],
)
def test_a_pair_is_a_raw_and_what_cameras_write_beside_it(
    kind: str, other: str, *, expected: bool
) -> None:
    assert may_be_pair(kind, other) is expected
    assert may_be_pair(other, kind) is expected


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (TAKEN, True),
        (TAKEN + timedelta(seconds=1), True),
        (TAKEN.replace(tzinfo=OSLO), True),
        (TAKEN + timedelta(seconds=2), False),
        (None, False),
    ],
)
def test_one_moment_is_what_the_cameras_clock_showed(
    taken: datetime | None, *, expected: bool
) -> None:
    facts, other = CaptureFacts(taken_at=TAKEN), CaptureFacts(taken_at=taken)

    assert is_one_moment(facts, other) is expected
    assert is_one_moment(other, facts) is expected
    assert not is_one_moment(facts, None)


def test_the_raw_waits_for_the_jpeg_that_is_about_to_be_asked_about() -> None:
    waits = {
        state: should_wait(question(state), kind="raw", priority=Priority.NEW, now=NOW)
        for state in JobState
    }

    assert {state for state, is_waiting in waits.items() if is_waiting} == {
        JobState.QUEUED,
        JobState.RUNNING,
    }


def test_the_jpeg_waits_only_for_a_raw_that_is_being_asked_about() -> None:
    for state in (JobState.QUEUED, JobState.RUNNING):
        is_waiting = should_wait(question(state), kind="jpeg", priority=Priority.NEW, now=NOW)
        assert is_waiting is (state is JobState.RUNNING)


def test_nobody_waits_for_what_is_less_urgent_or_far_away() -> None:
    backlog = question(priority=Priority.BACKLOG)
    later = question(run_after=NOW + timedelta(hours=1))

    assert not should_wait(backlog, kind="raw", priority=Priority.PERSON, now=NOW)
    assert not should_wait(later, kind="raw", priority=Priority.NEW, now=NOW)
    assert not should_wait(None, kind="raw", priority=Priority.NEW, now=NOW)
