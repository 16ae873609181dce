"""Every report comes back from JSON as it was, whatever its names and times."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.errors import (
    BadReply,
    ConfigError,
    PhotoError,
    PhototagdError,
    Unavailable,
    Unreadable,
    Vanished,
)
from phototagd.domain.job import JobView
from phototagd.domain.library import LibraryReport
from phototagd.domain.status import Finding, StatusReport, TagReport
from phototagd.rules.wire import reports as wire
from phototagd.rules.wire.trouble import error_from_json, error_to_json, http_status

TIMES = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
NUMBERS = st.floats(min_value=0, allow_infinity=False)
LIBRARIES = st.builds(LibraryReport, last_scan_at=st.none() | TIMES)
STATUSES = st.builds(
    StatusReport,
    uptime_seconds=st.none() | NUMBERS,
    per_minute=NUMBERS,
    eta_seconds=st.none() | NUMBERS,
    libraries=st.lists(LIBRARIES, max_size=3).map(tuple),
)
JOBS = st.builds(JobView, run_after=st.none() | TIMES, updated_at=TIMES)


@given(STATUSES)
def test_a_status_comes_back(report: StatusReport) -> None:
    """With all libraries."""
    assert wire.status_from_json(json.loads(json.dumps(wire.status_to_json(report)))) == report


@given(JOBS)
def test_a_job_comes_back(job: JobView) -> None:
    """Times keep their offset."""
    assert wire.job_from_json(json.loads(json.dumps(wire.job_to_json(job)))) == job


@given(st.builds(TagReport))
def test_a_tag_report_comes_back(report: TagReport) -> None:
    """With or without a sidecar."""
    assert wire.tag_from_json(json.loads(json.dumps(wire.tag_to_json(report)))) == report


@given(st.builds(Finding))
def test_a_finding_comes_back(finding: Finding) -> None:
    """Level and cause are words."""
    assert wire.finding_from_json(json.loads(json.dumps(wire.finding_to_json(finding)))) == finding


@pytest.mark.parametrize(
    ("error", "kind", "status"),
    [
        (ConfigError("m"), ConfigError, 409),
        (Unavailable("m", remedy="r"), Unavailable, 503),
        (Unreadable("m"), PhotoError, 422),
        (Vanished("m"), PhotoError, 422),
        (BadReply("m"), PhototagdError, 500),
    ],
)
def test_an_error_comes_back_as_the_kind_that_commands_tell_apart(
    error: PhototagdError, kind: type[PhototagdError], status: int
) -> None:
    """The exit code is the same with and without a daemon."""
    back = error_from_json(json.loads(json.dumps(error_to_json(error))))

    assert (type(back), str(back), http_status(error)) == (kind, "m", status)
    assert getattr(back, "remedy", "") == getattr(error, "remedy", "")


def test_an_error_without_words_is_an_error() -> None:
    """Something else may have answered."""
    assert "did not say why" in str(error_from_json({}))
