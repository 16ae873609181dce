"""The photo pays for its own faults only; everything else waits or is given back."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain import errors
from phototagd.domain.asset import AssetId
from phototagd.domain.job import (
    Cancelled,
    Dead,
    GiveBack,
    JobId,
    JobKind,
    Lease,
    Outcome,
    Priority,
    Retry,
    Snooze,
)
from phototagd.rules.asking.retrying import MOST_SNOOZES, back_off, outcome_of, outcome_of_bug

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def a_lease(
    *, attempt: int = 1, snoozes: int = 0, suspect: bool = False, last_reason: str = ""
) -> Lease:
    return Lease(
        job=JobId(1),
        kind=JobKind.TAG,
        asset=AssetId(1),
        path=None,
        recipe="r",
        priority=Priority.NEW,
        attempt=attempt,
        snoozes=snoozes,
        suspect=suspect,
        generation=1,
        owner="o",
        until=NOW,
        queued_at=NOW,
        last_reason=last_reason,
    )


def all_errors() -> set[type[errors.PhototagdError]]:
    found: set[type[errors.PhototagdError]] = set()
    todo = [errors.PhototagdError]
    while todo:
        error = todo.pop()
        narrower = [e for e in error.__subclasses__() if e.__module__ == errors.__name__]
        todo += narrower
        if not narrower:
            found.add(error)
    return found


FIRST_OUTCOMES: dict[type[errors.PhototagdError], type[Outcome]] = {
    errors.ConfigError: GiveBack,
    errors.NotYet: Snooze,
    errors.Unreadable: Dead,
    errors.Vanished: Cancelled,
    errors.ProcessKilled: Retry,
    errors.BadReply: Retry,
    errors.SidecarBroken: Dead,
    errors.EmbedRefused: Dead,
    errors.SidecarRaced: Snooze,
    errors.Unavailable: GiveBack,
}


def test_every_error_of_the_domain_has_its_outcome() -> None:
    """A new error must be given a line in the table, and a rule."""
    assert set(FIRST_OUTCOMES) == all_errors()


@pytest.mark.parametrize(("error", "outcome"), FIRST_OUTCOMES.items())
def test_the_first_time(error: type[errors.PhototagdError], outcome: type[Outcome]) -> None:
    result = outcome_of(error("why"), a_lease())

    assert type(result) is outcome
    assert result.reason == "why"  # type: ignore[union-attr]


def test_a_suspect_that_kills_again_is_dead() -> None:
    first = outcome_of(errors.ProcessKilled("hung"), a_lease())

    assert isinstance(first, Retry)
    assert first.suspect
    assert outcome_of(errors.ProcessKilled("hung"), a_lease(suspect=True)) == Dead(
        "killed a process twice: hung"
    )


def test_a_second_bad_reply_is_dead_with_both_reasons() -> None:
    lease = a_lease(attempt=2, last_reason="the reply is empty")

    assert outcome_of(errors.BadReply("no keyword"), lease) == Dead(
        "bad reply twice: first the reply is empty; then no keyword"
    )


def test_what_cannot_be_read_yet_is_given_up_after_three_days() -> None:
    waited = timedelta()
    snoozes = 0
    while isinstance(result := outcome_of(errors.NotYet("cut"), a_lease(snoozes=snoozes)), Snooze):
        waited += result.after
        snoozes += 1

    assert isinstance(result, Dead)
    assert snoozes == MOST_SNOOZES
    assert timedelta(days=2, hours=20) < waited < timedelta(days=3, hours=4)


def test_snoozes_grow_from_a_minute_to_six_hours() -> None:
    waits = [
        outcome_of(errors.NotYet(), a_lease(snoozes=n)).after.total_seconds() / 60  # type: ignore[union-attr]
        for n in range(6)
    ]

    assert waits == [1, 5, 30, 120, 360, 360]


@given(st.integers(0, 100_000))
def test_a_raced_sidecar_waits_seconds_to_minutes_and_never_dies(snoozes: int) -> None:
    result = outcome_of(errors.SidecarRaced(), a_lease(snoozes=snoozes))

    assert isinstance(result, Snooze)
    assert timedelta(seconds=2) <= result.after <= timedelta(minutes=5)


@given(st.integers(1, 10**6), st.floats(0, 1, exclude_max=True))
def test_back_off_grows_is_bounded_and_spread(attempt: int, jitter: float) -> None:
    wait = back_off(attempt, jitter=jitter)

    assert timedelta(seconds=5) <= wait <= timedelta(minutes=15)
    assert back_off(attempt + 1, jitter=jitter) >= wait
    assert back_off(attempt, jitter=0.0) <= wait


@given(
    error=st.sampled_from(sorted(FIRST_OUTCOMES, key=lambda e: e.__name__)),
    attempt=st.integers(1, 50),
    snoozes=st.integers(0, 50),
    suspect=st.booleans(),
)
def test_nothing_is_retried_for_ever(
    error: type[errors.PhototagdError], attempt: int, snoozes: int, *, suspect: bool
) -> None:
    """Retries are charged, so whatever goes on retrying at a high attempt never ends."""
    result = outcome_of(error(), a_lease(attempt=attempt, snoozes=snoozes, suspect=suspect))

    if isinstance(result, Retry) and not result.suspect:
        assert attempt < 3


def test_the_unavailable_world_is_never_charged() -> None:
    lease = a_lease(attempt=9, snoozes=99, suspect=True)

    assert outcome_of(errors.Unavailable("no server"), lease) == GiveBack("no server")


def test_a_bug_is_tried_three_times() -> None:
    results = [outcome_of_bug("KeyError: x", a_lease(attempt=n)) for n in (1, 2, 3)]

    assert [type(r) for r in results] == [Retry, Retry, Dead]


def test_an_error_without_a_rule_ends_as_a_bug() -> None:
    class Surprise(errors.PhototagdError):
        """Something new."""

    assert isinstance(outcome_of(Surprise(), a_lease()), Retry)
    assert isinstance(outcome_of(Surprise(), a_lease(attempt=3)), Dead)
