"""Housekeeping keeps what is worked on, and takes back what nobody works on."""

from datetime import timedelta

import pytest

from doubles.captioner import PLAUSIBLE, reply_with
from doubles.tagging_line import TaggingLine
from phototagd.domain.errors import Unavailable
from phototagd.domain.job import JobKind, Priority
from phototagd.domain.tagging import Question, Reply
from phototagd.flow.asking.preparer import LEASE
from phototagd.flow.keeping.janitor import CHECKPOINT_ABOVE_BYTES, KEEP, PRUNE_EVERY


def test_a_photo_asked_about_for_hours_keeps_its_lease(line: TaggingLine) -> None:
    """A slow machine is not a dead one."""
    asset = line.photo()

    def slowly(_question: Question) -> Reply:
        for _ in range(10):
            line.clock.advance(LEASE.total_seconds() * 0.9)
            line.janitor.step()
        return reply_with(PLAUSIBLE)

    line.captioner.script.append(slowly)
    line.ask_once()

    assert line.state(asset) == "done"
    assert len(line.captioner.questions) == 1


def test_what_nobody_holds_is_taken_back_when_it_expires_and_charged_nothing(
    line: TaggingLine,
) -> None:
    asset = line.photo()
    line.store.queue.claim(JobKind.TAG, Priority.NEW, "dead", line.clock.now(), LEASE)
    line.janitor.step()
    assert line.state(asset) == "running"

    line.clock.advance(LEASE.total_seconds() + 1)
    line.janitor.step()

    job = line.tag_job(asset)
    assert (job.state, job.attempt) == ("queued", 0)


def test_at_start_everything_is_taken_back_at_once_and_charged_nothing(line: TaggingLine) -> None:
    asset = line.photo()
    line.store.queue.claim(JobKind.TAG, Priority.NEW, "dead", line.clock.now(), LEASE)

    assert line.store.queue.reclaim(line.clock.now(), everything=True) == 1

    job = line.tag_job(asset)
    assert (job.state, job.attempt, job.priority) == ("queued", 0, Priority.NEW)


def test_it_prunes_now_and_then_and_checkpoints_a_long_log(line: TaggingLine) -> None:
    line.janitor.step()
    line.janitor.step()
    assert line.care.calls.count("prune") == 1
    assert "checkpoint" not in line.care.calls
    line.care.size = lambda: {"wal": CHECKPOINT_ABOVE_BYTES + 1}
    line.clock.advance(PRUNE_EVERY.total_seconds())

    line.janitor.step()

    assert line.care.calls.count("prune") == 2
    assert line.care.calls.count("checkpoint") == 1
    assert timedelta(days=7) < KEEP


def test_a_full_disk_is_reported_and_the_next_round_makes_up_for_it(line: TaggingLine) -> None:
    line.fail(line.queue, "extend")

    with pytest.raises(Unavailable):
        line.janitor.step()

    assert line.janitor.step() == 60.0
    assert line.care.calls.count("prune") == 1
