"""An end is written once, told once, and survives a store that cannot take it."""

import pytest

from doubles.tagging_line import TaggingLine
from phototagd.domain.errors import Unavailable
from phototagd.domain.job import (
    Cancelled,
    Dead,
    Done,
    GiveBack,
    JobKind,
    Lease,
    Outcome,
    Priority,
    Retry,
    Snooze,
)
from phototagd.flow.asking.preparer import LEASE


def leased(line: TaggingLine, name: str = "a.jpg") -> Lease:
    line.photo(name)
    lease = line.store.queue.claim(JobKind.TAG, Priority.NEW, "me", line.clock.now(), LEASE)
    assert lease is not None
    line.held.add(lease)
    return lease


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Done(), []),
        (GiveBack("away"), []),
        (Retry(LEASE, "nonsense"), ["retry"]),
        (Snooze(LEASE, "not yet"), ["snooze"]),
        (Dead("broken"), ["dead"]),
        (Cancelled("gone"), ["cancelled"]),
    ],
)
def test_only_what_did_not_end_well_is_told(
    line: TaggingLine, outcome: Outcome, told: list[str]
) -> None:
    """With the path, the attempt and the reason."""
    lease = leased(line)

    line.settler.settle(lease, outcome, line.path())

    assert line.outcomes() == told
    assert line.held.all() == []
    for event in line.events.named("job.ended"):
        assert (event.path, event.attempt, event.reason) == (line.path(), 1, outcome.reason)


def test_a_lost_lease_is_dropped_in_silence(line: TaggingLine) -> None:
    lease = leased(line)
    line.store.queue.reclaim(line.clock.now(), everything=True)

    line.settler.settle(lease, Dead("broken"), line.path())

    assert line.outcomes() == []
    assert line.held.all() == []


def test_ends_that_the_store_refused_are_written_later_in_order(line: TaggingLine) -> None:
    """The leases stay held meanwhile; each end is told once, when it is on disk."""
    leases = [leased(line, name) for name in ("a.jpg", "b.jpg", "c.jpg")]
    line.fail(line.queue, "settle", times=5)
    for lease in leases:
        with pytest.raises(Unavailable):
            line.settler.settle(lease, Dead(f"reason {lease.job}"), b"")
    assert sorted(line.held.all(), key=lambda lease: lease.job) == leases

    for _ in range(2):
        with pytest.raises(Unavailable):
            line.settler.settle_late()
    assert line.outcomes() == []
    line.settler.settle_late()

    assert sorted(event.job for event in line.events.named("job.ended")) == [
        lease.job for lease in leases
    ]
    assert line.held.all() == []
    line.settler.settle_late()
    assert len(line.outcomes()) == 3


def test_dropping_an_old_lease_leaves_the_newer_one_held(line: TaggingLine) -> None:
    """A lane that lost its lease must not stop the next run's lease from being extended."""
    old = leased(line)
    line.store.queue.reclaim(line.clock.now(), everything=True)
    new = line.store.queue.claim(JobKind.TAG, Priority.NEW, "me", line.clock.now(), LEASE)
    assert new is not None
    line.held.add(new)

    line.held.drop(old)

    assert line.held.all() == [new]
