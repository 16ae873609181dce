"""Taking photos in: what each arrival is, and which jobs it needs."""

from datetime import timedelta

import pytest

from doubles.photos import arrival, refusal
from doubles.store import Bench
from phototagd.domain.asset import AssetId, PathState
from phototagd.domain.job import Cancelled, Dead, JobKind, Priority, Retry


def test_a_new_photo_gets_a_question_now_and_its_place_later(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival(priority=Priority.BACKLOG)])

    lease = bench.claimed(priority=Priority.BACKLOG)
    assert arrived.how == "new"
    assert (lease.asset, lease.recipe, lease.path) == (arrived.asset, "", None)
    assert bench.claim(JobKind.WRITE, Priority.BACKLOG) is None
    assert bench.queue.next_due(JobKind.WRITE, bench.clock.now()) == bench.clock.now() + timedelta(
        minutes=10
    )


def test_a_copy_of_a_tagged_photo_costs_no_inference(bench: Bench) -> None:
    (first,) = bench.catalogue.take_in([arrival()])
    bench.tag(first.asset)
    bench.write(first.path)

    (second,) = bench.catalogue.take_in([arrival(b"copy.jpg")])

    assert (second.how, second.asset, second.moved_from) == ("copy", first.asset, None)
    assert bench.claim() is None
    assert bench.claimed(JobKind.WRITE).path == second.path


def test_two_copies_in_one_batch_are_asked_about_once(bench: Bench) -> None:
    first, second = bench.catalogue.take_in([arrival(), arrival(b"copy.jpg")])

    assert first.asset == second.asset
    assert bench.tag_job_count(first.asset) == 1


def test_a_photo_that_left_one_name_for_another_has_moved(bench: Bench) -> None:
    (old,) = bench.catalogue.take_in([arrival()])
    bench.tag(old.asset)
    bench.write(old.path)
    bench.miss(old.path)

    (new,) = bench.catalogue.take_in([arrival(b"new.jpg", folder=b"2027")])

    assert (new.how, new.moved_from) == ("moved", old.path)
    record = bench.catalogue.path(new.path)
    assert record.moved_from == old.path
    due = bench.queue.next_due(JobKind.WRITE, bench.clock.now())
    assert due == bench.clock.now() + timedelta(seconds=30)


def test_a_photo_taken_in_before_its_old_name_is_missed_can_still_be_followed(
    bench: Bench,
) -> None:
    """Which of two folders a rename touched is read first is a matter of luck."""
    (old,) = bench.catalogue.take_in([arrival()])
    bench.tag(old.asset)
    bench.write(old.path)

    (new,) = bench.catalogue.take_in([arrival(b"new.jpg")])
    assert (new.how, new.moved_from) == ("copy", None)
    assert bench.catalogue.path(new.path).moved_from == old.path

    bench.write(new.path)  # the old name was there: a copy after all
    assert bench.catalogue.path(new.path).moved_from is None
    assert bench.catalogue.path(old.path).sidecar_name is not None


def test_a_copy_in_another_library_is_no_rename(bench: Bench) -> None:
    (old,) = bench.catalogue.take_in([arrival()])
    bench.tag(old.asset)
    bench.write(old.path)
    other = bench.catalogue.open_library(b"/archive").id

    (new,) = bench.catalogue.take_in([arrival(library=other)])

    assert new.how == "copy"
    assert bench.catalogue.path(new.path).moved_from is None


def test_a_followed_sidecar_is_followed_once(bench: Bench) -> None:
    (old,) = bench.catalogue.take_in([arrival()])
    bench.tag(old.asset)
    bench.write(old.path)
    bench.miss(old.path, times=2)
    (new,) = bench.catalogue.take_in([arrival(b"new.jpg")])
    bench.clock.advance(30)
    bench.write(new.path)

    assert bench.catalogue.path(new.path).moved_from is None
    assert bench.catalogue.path(old.path).sidecar_name is None
    bench.miss(new.path)
    (third,) = bench.catalogue.take_in([arrival(b"third.jpg")])
    assert third.moved_from == new.path


def test_a_photo_that_moves_back_takes_its_sidecar_along(bench: Bench) -> None:
    (old,) = bench.catalogue.take_in([arrival()])
    bench.tag(old.asset)
    bench.write(old.path)
    bench.miss(old.path, times=2)
    (new,) = bench.catalogue.take_in([arrival(b"new.jpg")])
    bench.clock.advance(30)
    bench.write(new.path)
    bench.miss(new.path)

    (back,) = bench.catalogue.take_in([arrival()])

    assert (back.path, back.how, back.moved_from) == (old.path, "moved", new.path)


def test_a_photo_that_is_there_again_is_back(bench: Bench) -> None:
    (old,) = bench.catalogue.take_in([arrival()])
    bench.miss(old.path, times=2)
    assert bench.states() == ["cancelled"]

    (back,) = bench.catalogue.take_in([arrival()])

    assert (back.how, back.path) == ("back", old.path)
    assert not bench.catalogue.path(back.path).is_gone
    assert bench.claimed().asset == old.asset


def test_another_photo_under_a_known_name_has_changed(bench: Bench) -> None:
    (old,) = bench.catalogue.take_in([arrival()])

    (new,) = bench.catalogue.take_in([arrival(content="dawn", size=2)])

    assert (new.how, new.path) == ("changed", old.path)
    assert new.asset != old.asset
    assert bench.states() == ["cancelled", "queued"]
    assert bench.claimed().asset == new.asset


def test_a_changed_photo_keeps_the_questions_of_its_copies(bench: Bench) -> None:
    bench.catalogue.take_in([arrival(), arrival(b"copy.jpg")])

    bench.catalogue.take_in([arrival(content="dawn", size=2)])

    assert bench.states() == ["queued", "queued"]


def test_the_same_photo_with_other_metadata_keeps_its_words(bench: Bench) -> None:
    (old,) = bench.catalogue.take_in([arrival()])
    bench.tag(old.asset)
    bench.write(old.path)

    (new,) = bench.catalogue.take_in(
        [arrival(content="sunset, rated", size=2, same_pixels_as=old.asset)]
    )
    record = bench.catalogue.path(new.path)

    assert (new.how, new.asset) == ("metadata", old.asset)
    assert record.facts is None
    assert record.place is not None
    assert record.content_hash == arrival(content="sunset, rated").identity.content_hash
    assert bench.claim() is None
    assert bench.claimed(JobKind.WRITE).path == old.path


def test_both_contents_of_an_asset_lead_to_it(bench: Bench) -> None:
    (old,) = bench.catalogue.take_in([arrival()])
    bench.catalogue.take_in([arrival(content="rated", size=2, same_pixels_as=old.asset)])

    first, second = bench.catalogue.take_in([arrival(b"a.jpg"), arrival(b"b.jpg", content="rated")])

    assert first.asset == second.asset == old.asset


def test_pixels_of_a_forgotten_asset_make_a_new_one(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival(same_pixels_as=AssetId(99))])

    assert arrived.how == "new"


def test_a_dead_photo_stays_dead_for_its_copies(bench: Bench) -> None:
    bench.catalogue.take_in([arrival()])
    bench.queue.settle(bench.claimed(), Dead("no words for this"), bench.clock.now())

    bench.catalogue.take_in([arrival(b"copy.jpg")])

    assert bench.states() == ["dead"]


def test_a_cancelled_photo_is_asked_about_again_when_it_comes_again(bench: Bench) -> None:
    bench.catalogue.take_in([arrival()])
    bench.queue.settle(bench.claimed(), Cancelled("changed"), bench.clock.now())

    bench.catalogue.take_in([arrival()])

    assert bench.states() == ["queued"]


def test_a_more_urgent_arrival_hurries_the_question_and_not_the_wait(bench: Bench) -> None:
    bench.catalogue.take_in([arrival(priority=Priority.BACKLOG)])
    lease = bench.claimed(priority=Priority.BACKLOG)
    bench.queue.settle(lease, Retry(timedelta(minutes=1), "nonsense"), bench.clock.now())

    bench.catalogue.take_in([arrival(b"copy.jpg", priority=Priority.PERSON)])

    assert bench.claim(priority=Priority.PERSON) is None
    bench.clock.advance(60)
    assert bench.claimed(priority=Priority.PERSON).attempt == 2


def test_a_refused_file_that_becomes_readable_is_new(bench: Bench) -> None:
    bench.catalogue.refuse([refusal(b"IMG_1.jpg")])

    (arrived,) = bench.catalogue.take_in([arrival()])

    record = bench.catalogue.path(arrived.path)
    assert arrived.how == "new"
    assert (record.state, record.reason) == (PathState.KNOWN, "")


@pytest.mark.parametrize("name", [b"new\nline.jpg", b"\xff\xfe.jpg", b"n" * 255, "😀.jpg".encode()])
def test_any_name_is_kept_as_it_is(bench: Bench, name: bytes) -> None:
    (arrived,) = bench.catalogue.take_in([arrival(name, folder=b"\xff/b c")])

    record = bench.catalogue.find_path(bench.library, b"\xff/b c", name)
    assert record.id == arrived.path
    assert record.absolute == b"/photos/\xff/b c/" + name
    assert record.location == arrival(name, folder=b"\xff/b c").location
