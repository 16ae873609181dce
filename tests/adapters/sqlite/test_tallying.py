"""The tally: every photo counts once, by its least finished job."""

from datetime import timedelta

from doubles.photos import arrival, refusal
from doubles.store import Bench
from phototagd.domain.asset import PathState
from phototagd.domain.job import (
    Cancelled,
    Dead,
    Done,
    GiveBack,
    JobKind,
    Priority,
    Snooze,
    Tally,
)


def test_a_photo_is_followed_from_arrival_to_sidecar(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    assert tally(bench) == Tally(queued=1)

    lease = bench.claimed()
    assert tally(bench) == Tally(running=1)

    bench.queue.settle(lease, GiveBack("away"), bench.clock.now())
    bench.tag(arrived.asset)
    assert tally(bench) == Tally(queued=1)

    write = bench.claimed(JobKind.WRITE)
    assert tally(bench) == Tally(running=1)

    bench.queue.settle(write, Snooze(timedelta(minutes=1), "busy"), bench.clock.now())
    assert tally(bench) == Tally(queued=1, snoozed=1)

    bench.clock.advance(60)
    bench.write(arrived.path)
    assert tally(bench) == Tally(done=1)


def test_copies_count_once(bench: Bench) -> None:
    bench.catalogue.take_in([arrival(), arrival(b"copy.jpg")])

    assert tally(bench) == Tally(queued=1)


def test_a_snoozed_question_is_queued_and_snoozed(bench: Bench) -> None:
    bench.catalogue.take_in([arrival()])
    bench.queue.settle(
        bench.claimed(), Snooze(timedelta(minutes=1), "truncated"), bench.clock.now()
    )

    assert tally(bench) == Tally(queued=1, snoozed=1)


def test_the_newest_recipe_decides(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)
    bench.write(arrived.path)
    bench.clock.advance(1)

    bench.queue.enqueue_tag(arrived.asset, "r2", Priority.BACKLOG, bench.clock.now())
    assert tally(bench) == Tally(queued=1)

    bench.queue.settle(
        bench.claimed(priority=Priority.BACKLOG), Dead("no words"), bench.clock.now()
    )
    assert tally(bench) == Tally(dead=1)


def test_a_sidecar_that_cannot_be_written_is_a_dead_photo(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)

    bench.queue.settle(bench.claimed(JobKind.WRITE), Dead("malformed"), bench.clock.now())

    assert tally(bench) == Tally(dead=1)


def test_files_that_cannot_be_read_count_too(bench: Bench) -> None:
    bench.catalogue.refuse(
        [
            refusal(b"half.jpg"),
            refusal(b"broken.jpg", PathState.DEAD),
            refusal(b"notes.txt", PathState.FOREIGN),
        ]
    )

    assert tally(bench) == Tally(queued=1, dead=1, snoozed=1)


def test_photos_that_are_gone_count_only_when_that_cancelled_something(bench: Bench) -> None:
    done, dead, waiting = bench.catalogue.take_in(
        [arrival(), arrival(b"2.jpg", "dawn"), arrival(b"3.jpg", "dusk")]
    )
    bench.tag(done.asset)
    bench.write(done.path)
    bench.queue.settle(bench.claimed(), Dead("a bomb"), bench.clock.now())
    assert tally(bench) == Tally(done=1, dead=1, queued=1)

    bench.miss(done.path, dead.path, waiting.path, times=2)
    assert tally(bench) == Tally(cancelled=1)


def test_a_cancelled_question_is_a_cancelled_photo(bench: Bench) -> None:
    bench.catalogue.take_in([arrival()])

    bench.queue.settle(bench.claimed(), Cancelled("changed"), bench.clock.now())

    assert tally(bench) == Tally(cancelled=1)


def test_photos_stay_done_when_their_jobs_are_forgotten(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)
    bench.queue.settle(bench.claimed(JobKind.WRITE), Done(), bench.clock.now())

    bench.store.care.prune(bench.clock.now() + timedelta(days=1))

    assert (bench.states(), tally(bench)) == ([], Tally(done=1))


def tally(bench: Bench) -> Tally:
    return bench.queue.tally(bench.clock.now())
