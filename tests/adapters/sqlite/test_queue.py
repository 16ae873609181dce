"""The queue: claims, leases, ends, and what asking again means."""

from datetime import timedelta
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.photos import arrival, refusal, tagging
from doubles.store import TTL, Bench
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import AssetId, PathId, PathState
from phototagd.domain.errors import Vanished
from phototagd.domain.job import (
    Cancelled,
    Dead,
    Done,
    GiveBack,
    JobKind,
    JobState,
    Priority,
    Retry,
    Snooze,
)

MINUTE = timedelta(minutes=1)


def take_one(bench: Bench, name: bytes = b"IMG_1.jpg", content: str = "sunset") -> AssetId:
    (arrived,) = bench.catalogue.take_in([arrival(name, content)])
    return arrived.asset


def test_a_claim_takes_the_longest_waiting_job_of_its_class(bench: Bench) -> None:
    first = take_one(bench)
    bench.clock.advance(1)
    second = take_one(bench, b"b.jpg", "dawn")

    assert bench.claim(priority=Priority.PERSON) is None
    assert [bench.claimed().asset, bench.claimed().asset] == [first, second]
    assert bench.claim() is None


def test_an_idle_queue_is_only_looked_at(tmp_path: Path, clock: FakeClock) -> None:
    """Loops ask every few moments; a transaction each would keep the disk awake."""
    writes: list[str] = []
    with Store.open(tmp_path / "p.db", clock=clock, step=writes.append) as store:
        bench = Bench(store, clock)
        assert bench.claim() is None
        take_one(bench)
        bench.claimed()
        assert bench.claim() is None

        writes.clear()
        assert [bench.claim() for _ in range(3)] == [None] * 3
        assert writes == []


def test_a_lease_says_everything_about_the_run(bench: Bench) -> None:
    asset = take_one(bench)
    queued_at = bench.clock.now()
    bench.clock.advance(3)
    bench.queue.settle(bench.claimed(), Retry(MINUTE, "cut short", suspect=True), bench.clock.now())
    bench.clock.advance(60)

    lease = bench.claimed(priority=Priority.RETRY, owner="lane 2")

    assert (lease.asset, lease.attempt, lease.snoozes, lease.suspect) == (asset, 2, 0, True)
    assert (lease.owner, lease.queued_at, lease.last_reason) == ("lane 2", queued_at, "cut short")
    assert lease.until == bench.clock.now() + TTL


def test_a_retry_is_charged_and_waits_in_its_own_class(bench: Bench) -> None:
    take_one(bench)

    assert bench.queue.settle(bench.claimed(), Retry(MINUTE, "nonsense"), bench.clock.now())

    assert bench.claim(priority=Priority.RETRY) is None
    assert bench.queue.next_due(JobKind.TAG, bench.clock.now()) == bench.clock.now() + MINUTE
    bench.clock.advance(60)
    assert bench.claimed(priority=Priority.RETRY).attempt == 2


def test_a_clock_that_was_wrong_for_a_while_does_not_hold_jobs_up_for_years(bench: Bench) -> None:
    """What was queued in 2038 is due when the clock is right again; a short wait is kept."""
    right = bench.clock.now()
    bench.clock.set_wall(right + timedelta(days=4000))
    take_one(bench)
    bench.clock.set_wall(right)
    other = take_one(bench, b"b.jpg", "dawn")
    bench.queue.settle(bench.claimed(), Snooze(6 * 60 * MINUTE, "locked"), right)
    assert bench.claim() is None

    assert bench.queue.reclaim(right) == 2  # the question, and the write that waits for it

    assert bench.claimed().asset != other
    assert bench.claim() is None


def test_a_person_goes_on_waiting_as_a_person(bench: Bench) -> None:
    bench.catalogue.take_in([arrival(priority=Priority.PERSON)])
    lease = bench.claimed(priority=Priority.PERSON)

    bench.queue.settle(lease, Retry(timedelta(0), "nonsense"), bench.clock.now())

    assert bench.claimed(priority=Priority.PERSON).attempt == 2


def test_a_snooze_is_counted_and_not_charged(bench: Bench) -> None:
    take_one(bench)

    bench.queue.settle(bench.claimed(), Snooze(MINUTE, "truncated"), bench.clock.now())

    assert bench.claim() is None
    bench.clock.advance(60)
    lease = bench.claimed()
    assert (lease.attempt, lease.snoozes) == (1, 1)


def test_what_is_given_back_is_as_it_was(bench: Bench) -> None:
    take_one(bench)
    first = bench.claimed()

    bench.queue.settle(first, GiveBack("the model is away"), bench.clock.now())

    second = bench.claimed()
    assert (second.attempt, second.snoozes, second.priority) == (1, 0, first.priority)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Done(), JobState.DONE),
        (Dead("a bomb"), JobState.DEAD),
        (Cancelled("gone"), JobState.CANCELLED),
    ],
)
def test_an_end_is_final(bench: Bench, outcome: Done | Dead | Cancelled, state: JobState) -> None:
    take_one(bench)
    lease = bench.claimed()

    assert bench.queue.settle(lease, outcome, bench.clock.now())

    assert bench.states() == [state]
    assert bench.claim() is None
    assert not bench.queue.settle(lease, GiveBack("again"), bench.clock.now())


def test_the_place_of_a_dead_photo_waits_no_longer(bench: Bench) -> None:
    take_one(bench)

    bench.queue.settle(bench.claimed(), Dead("a bomb"), bench.clock.now())

    assert bench.claim(JobKind.WRITE) is not None


def test_a_reason_may_hold_undecodable_names(bench: Bench) -> None:
    take_one(bench)

    bench.queue.settle(bench.claimed(), Dead("cannot read \udcff.jpg"), bench.clock.now())

    (view,) = bench.queue.jobs(JobState.DEAD, 10)
    assert view.reason == "cannot read \\udcff.jpg"


def test_an_expired_lease_settles_nothing(bench: Bench) -> None:
    asset = take_one(bench)
    lease = bench.claimed()
    bench.clock.advance(TTL.total_seconds())

    assert not bench.queue.settle(lease, Done(), bench.clock.now())
    assert not bench.catalogue.record_tagging(lease, tagging(asset), bench.clock.now())
    assert bench.catalogue.latest_tagging(asset) is None
    assert bench.queue.reclaim(bench.clock.now()) == 1
    assert bench.claimed().attempt == 1


def test_a_lease_of_an_earlier_run_of_the_same_owner_is_lost(bench: Bench) -> None:
    take_one(bench)
    asleep = bench.claimed(owner="lane")
    bench.clock.advance(TTL.total_seconds())
    bench.queue.reclaim(bench.clock.now())
    awake = bench.claimed(owner="lane")

    assert not bench.queue.settle(asleep, Dead("late"), bench.clock.now())
    assert bench.queue.settle(awake, Done(), bench.clock.now())


def test_extended_leases_live_longer_and_lost_ones_do_not(bench: Bench) -> None:
    take_one(bench)
    take_one(bench, b"b.jpg", "dawn")
    kept, lost = bench.claimed(), bench.claimed()
    bench.queue.settle(lost, GiveBack("stop"), bench.clock.now())
    bench.queue.extend([kept, lost], bench.clock.now() + 2 * TTL)
    bench.clock.advance(TTL.total_seconds())

    assert bench.queue.reclaim(bench.clock.now()) == 0
    assert bench.queue.settle(kept, Done(), bench.clock.now())
    assert sorted(bench.states()) == ["done", "queued"]


def test_at_start_everything_that_ran_is_queued_again(bench: Bench) -> None:
    take_one(bench)
    bench.queue.settle(bench.claimed(), Snooze(timedelta(0), "busy"), bench.clock.now())
    bench.claimed()

    assert bench.queue.reclaim(bench.clock.now(), everything=True) == 1

    lease = bench.claimed()
    assert (lease.attempt, lease.snoozes) == (1, 1)


def test_a_write_asked_for_while_it_runs_runs_again(bench: Bench) -> None:
    asset = take_one(bench)
    bench.tag(asset)
    lease = bench.claimed(JobKind.WRITE)
    assert lease.path is not None

    job = bench.queue.enqueue_write(lease.path, Priority.PERSON, bench.clock.now() + MINUTE)

    assert job == lease.job
    assert bench.queue.settle(lease, Done(), bench.clock.now())
    assert bench.claim(JobKind.WRITE, Priority.PERSON) is None
    bench.clock.advance(60)
    assert bench.claimed(JobKind.WRITE, Priority.PERSON).job == job


def test_news_cut_the_wait_of_a_failed_write_short(bench: Bench) -> None:
    asset = take_one(bench)
    bench.tag(asset)
    lease = bench.claimed(JobKind.WRITE)
    assert lease.path is not None
    bench.queue.enqueue_write(lease.path, Priority.NEW, bench.clock.now())

    bench.queue.settle(lease, Snooze(timedelta(hours=1), "unreadable"), bench.clock.now())

    assert bench.claimed(JobKind.WRITE).snoozes == 1


def test_of_two_times_to_write_the_earlier_wins(bench: Bench) -> None:
    take_one(bench)
    (path,) = (record.id for record in bench.catalogue.paths_of(AssetId(1)))
    now = bench.clock.now()

    bench.queue.enqueue_write(path, Priority.NEW, now + MINUTE)
    bench.queue.enqueue_write(path, Priority.NEW, now + 5 * MINUTE)

    assert bench.queue.next_due(JobKind.WRITE, now) == now + MINUTE
    assert bench.states("write") == ["queued"]


def test_asking_again_reuses_the_job_of_the_same_recipe(bench: Bench) -> None:
    asset = take_one(bench)
    first = bench.queue.enqueue_tag(asset, "", Priority.PERSON, bench.clock.now())
    other = bench.queue.enqueue_tag(asset, "r2", Priority.BACKLOG, bench.clock.now())
    lease = bench.claimed(priority=Priority.PERSON)

    assert bench.queue.enqueue_tag(asset, "", Priority.NEW, bench.clock.now()) == first
    assert (lease.job, bench.states()) == (first, ["running", "queued"])
    assert other != first

    bench.queue.settle(lease, Done(), bench.clock.now())
    assert bench.queue.enqueue_tag(asset, "", Priority.NEW, bench.clock.now()) == first
    assert bench.claimed().attempt == 1


def test_what_was_forgotten_cannot_be_queued(bench: Bench) -> None:
    with pytest.raises(Vanished):
        bench.queue.enqueue_tag(AssetId(9), "", Priority.NEW, bench.clock.now())
    with pytest.raises(Vanished):
        bench.queue.enqueue_write(PathId(9), Priority.NEW, bench.clock.now())


def test_dead_jobs_are_listed_and_retried_as_new(bench: Bench) -> None:
    asset = take_one(bench)
    bench.queue.settle(
        bench.claimed(), Retry(timedelta(0), "died", suspect=True), bench.clock.now()
    )
    bench.queue.settle(
        bench.claimed(priority=Priority.RETRY), Dead("died twice"), bench.clock.now()
    )

    (view,) = bench.queue.jobs(JobState.DEAD, 10)
    assert (view.location, view.reason, view.run_after) == (
        b"/photos/2026/may/IMG_1.jpg",
        "died twice",
        None,
    )
    assert bench.queue.retry([view.id], bench.clock.now()) == 1
    lease = bench.claimed(priority=Priority.RETRY)
    assert (lease.asset, lease.attempt, lease.suspect) == (asset, 1, False)


def test_only_dead_jobs_are_retried(bench: Bench) -> None:
    take_one(bench)
    take_one(bench, b"b.jpg", "dawn")
    bench.queue.settle(bench.claimed(), Dead("a bomb"), bench.clock.now())

    assert bench.queue.retry(None, bench.clock.now()) == 1
    assert bench.queue.retry(None, bench.clock.now()) == 0
    assert bench.states() == ["queued", "queued"]


def test_dead_photos_that_are_gone_are_neither_listed_nor_retried(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.queue.settle(bench.claimed(), Dead("a bomb"), bench.clock.now())
    bench.miss(arrived.path, times=2)

    assert bench.queue.jobs(JobState.DEAD, 10) == []
    assert bench.queue.retry(None, bench.clock.now()) == 0
    (view, *_) = bench.queue.jobs(JobState.CANCELLED, 10)
    assert view.kind == "write"


def test_unreadable_files_are_listed_and_read_again_on_request(bench: Bench) -> None:
    bench.catalogue.refuse([refusal(b"broken.jpg", PathState.DEAD, reason="no photo in it")])

    (view,) = bench.queue.jobs(None, 10)
    assert (view.kind, view.state, view.reason) == ("read", JobState.DEAD, "no photo in it")
    assert view.id < 0
    assert view.location == b"/photos/2026/may/broken.jpg"

    assert bench.queue.retry([view.id], bench.clock.now()) == 1
    (record,) = bench.catalogue.due_refusals(bench.clock.now(), 10)
    assert (-record.id, record.state) == (view.id, PathState.WAITING)


def test_all_jobs_come_newest_change_first(bench: Bench) -> None:
    take_one(bench)
    bench.clock.advance(1)
    take_one(bench, b"b.jpg", "dawn")
    bench.clock.advance(1)
    bench.queue.settle(bench.claimed(), Dead("a bomb"), bench.clock.now())

    views = bench.queue.jobs(None, 3)

    assert [(view.kind, view.state) for view in views] == [
        ("tag", JobState.DEAD),
        ("write", JobState.QUEUED),
        ("tag", JobState.QUEUED),
    ]
    assert views[2].location == b"/photos/2026/may/b.jpg"


def test_the_jobs_of_a_photo_are_its_newest_question_and_its_write(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)
    bench.clock.advance(1)
    newest = bench.queue.enqueue_tag(arrived.asset, "r2", Priority.BACKLOG, bench.clock.now())

    views = bench.queue.jobs_of(arrived.asset, arrived.path)

    assert [(view.kind, view.state) for view in views] == [
        ("tag", JobState.QUEUED),
        ("write", JobState.QUEUED),
    ]
    assert views[0].id == newest


def test_the_oldest_queued_job_is_one_that_could_run(bench: Bench) -> None:
    assert bench.queue.oldest_queued() is None
    take_one(bench)
    bench.queue.settle(bench.claimed(), Snooze(MINUTE, "truncated"), bench.clock.now())
    bench.clock.advance(1)
    take_one(bench, b"b.jpg", "dawn")

    assert bench.queue.oldest_queued() == bench.clock.now()


def test_next_due_is_none_without_queued_jobs_of_the_kind(bench: Bench) -> None:
    take_one(bench)
    bench.claimed()

    assert bench.queue.next_due(JobKind.TAG, bench.clock.now()) is None
