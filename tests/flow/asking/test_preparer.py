"""The next photo is ready before it is asked about, and nobody pays for having been ready."""

import threading

import pytest

from doubles.tagging_line import TaggingLine
from phototagd.domain.asset import Prepared
from phototagd.domain.errors import NotYet, ProcessKilled, Unavailable, Unreadable
from phototagd.domain.job import Lease, Priority, Snooze
from phototagd.domain.tagging import Tagging


def prepared_names(line: TaggingLine) -> list[str]:
    return [path.rpartition(b"/")[2].decode() for path in line.reader.prepared]


def asked_paths(line: TaggingLine) -> list[str]:
    return [e.path.rpartition(b"/")[2].decode() for e in line.events.named("photo.tagged")]


def test_each_class_is_filled_to_its_depth_and_no_job_twice(line: TaggingLine) -> None:
    for number in range(5):
        line.photo(f"b{number}.jpg", priority=Priority.BACKLOG)
        line.photo(f"n{number}.jpg", priority=Priority.NEW)

    line.prepare_all()
    line.prepare_all()

    assert sorted(prepared_names(line)) == ["b0.jpg", "b1.jpg", "n0.jpg", "n1.jpg"]
    assert len(line.held.all()) == 4


def test_a_persons_request_is_asked_next_however_long_the_backlog(line: TaggingLine) -> None:
    """And a new photo right after it."""
    for number in range(20):
        line.photo(f"b{number}.jpg", priority=Priority.BACKLOG)
    line.ask_once()
    line.photo("new.jpg", priority=Priority.NEW)
    line.photo("person.jpg", priority=Priority.PERSON)

    line.ask_once()
    line.ask_once()

    assert asked_paths(line)[1:] == ["person.jpg", "new.jpg"]


def test_everything_goes_back_uncharged_when_the_model_goes(line: TaggingLine) -> None:
    assets = [line.photo(f"{number}.jpg") for number in range(3)]
    line.prepare_all()
    line.is_paused = True

    assert line.preparer.step() > 0

    assert [line.state(asset) for asset in assets] == ["queued"] * 3
    assert [line.tag_job(asset).attempt for asset in assets] == [0] * 3
    assert line.held.all() == []
    assert line.outcomes() == []


def test_what_cannot_be_given_back_now_is_given_back_later(line: TaggingLine) -> None:
    """A full disk in the middle of it leaves no photo behind, held for ever."""
    assets = [line.photo(f"{number}.jpg") for number in range(2)]
    line.prepare_all()
    line.is_paused = True
    line.fail(line.queue, "settle")

    with pytest.raises(Unavailable):
        line.preparer.step()
    line.preparer.step()
    line.janitor.step()

    assert [line.state(asset) for asset in assets] == ["queued"] * 2
    assert line.held.all() == []


@pytest.mark.parametrize("change", ["is gone", "changed"])
def test_a_photo_gone_or_changed_since_it_was_queued_is_cancelled(
    line: TaggingLine, change: str
) -> None:
    asset = line.photo()
    if change == "is gone":
        (line.folder / "a.jpg").unlink()
    else:
        (line.folder / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0 other words \xff\xd9")

    line.prepare_all()

    assert line.state(asset) == "cancelled"
    (ended,) = line.events.named("job.ended")
    assert ended.reason.startswith(f"the photo {change}")
    assert ended.path == line.path()
    # A hint may have been lost: intake must read again what is there now.
    looked_at = [record.absolute for record in line.changed]
    assert looked_at == ([] if change == "is gone" else [line.path()])


def test_a_photo_that_changes_while_it_is_decoded_is_cancelled(line: TaggingLine) -> None:
    """What was decoded may be neither the old photo nor the new one."""
    asset = line.photo()
    decode = line.reader.prepare

    def overwrite(photo: bytes, *, long_side: int) -> object:
        picture = decode(photo, long_side=long_side)
        (line.folder / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0 other words \xff\xd9")
        return picture

    line.reader.prepare = overwrite
    line.prepare_all()

    assert line.state(asset) == "cancelled"


def test_a_photo_not_readable_yet_is_snoozed_without_blame(line: TaggingLine) -> None:
    asset = line.photo()
    line.reader.errors[line.path()] = NotYet("permission denied")

    line.prepare_all()
    assert line.outcomes() == ["snooze"]
    assert line.tag_job(asset).attempt == 0
    line.reader.errors.clear()
    line.clock.advance(61)
    line.ask_once()

    assert line.state(asset) == "done"


def test_a_photo_that_crashes_the_decoder_is_tried_once_more(line: TaggingLine) -> None:
    asset = line.photo()
    line.reader.errors[line.path()] = ProcessKilled("SIGSEGV")

    line.prepare_all()
    assert line.state(asset) == "queued"
    line.clock.advance(10)
    line.prepare_all()

    assert line.state(asset) == "dead"
    assert len(line.reader.prepared) == 2
    assert line.outcomes() == ["retry", "dead"]


def test_a_bug_is_retried_and_named(line: TaggingLine) -> None:
    """It must not stop the photos behind it."""
    asset, other = line.photo("a.jpg"), line.photo("b.jpg")
    line.reader.errors[line.path()] = ValueError("odd")  # type: ignore[assignment]  # a bug

    line.prepare_all()
    line.lane.step()
    assert line.state(other) == "done"
    for _ in range(2):
        line.clock.advance(60)
        line.prepare_all()

    assert line.state(asset) == "dead"
    assert "ValueError: odd" in line.tag_job(asset).reason


def test_a_decoder_that_does_not_start_is_the_worlds_fault(line: TaggingLine) -> None:
    """The job goes back, and the loop hears of it instead of spinning."""
    asset = line.photo()
    line.reader.errors[line.path()] = Unavailable("no memory for another process")

    with pytest.raises(Unavailable):
        line.preparer.step()

    assert line.state(asset) == "queued"
    assert line.tag_job(asset).attempt == 0
    assert line.held.all() == []


def test_the_first_copy_that_can_be_read_is_used(line: TaggingLine) -> None:
    asset = line.photo("a.jpg", "same")
    assert line.photo("b.jpg", "same") == asset
    assert line.photo("c.jpg", "same") == asset
    (line.folder / "a.jpg").unlink()
    line.reader.errors[line.path("b.jpg")] = Unreadable("a bad sector")

    line.ask_once()

    assert asked_paths(line) == ["c.jpg"]


@pytest.mark.parametrize("order", [("a.jpg", "b.jpg"), ("b.jpg", "a.jpg")])
def test_of_several_problems_the_one_that_may_pass_counts(
    line: TaggingLine, order: tuple[str, str]
) -> None:
    """One copy is broken, the other only locked: there is hope."""
    asset = line.photo("a.jpg", "same")
    line.photo("b.jpg", "same")
    line.reader.errors[line.path(order[0])] = Unreadable("broken")
    line.reader.errors[line.path(order[1])] = NotYet("locked")

    line.prepare_all()

    assert line.state(asset) == "queued"
    assert line.outcomes() == ["snooze"]


def test_it_rests_until_the_next_job_is_due(line: TaggingLine) -> None:
    """But never long: somebody may forget to wake it."""
    assert line.preparer.step() == 5.0
    line.photo()
    line.reader.errors[line.path()] = ProcessKilled("SIGSEGV")
    line.preparer.step()
    line.clock.advance(3)

    assert line.preparer.step() == 2.0


def test_photos_are_chosen_one_after_the_other_and_decoded_side_by_side(
    line: TaggingLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the halves of a pair, claimed at the same moment, would both wait for each other."""
    line.photo("a.jpg")
    line.photo("b.jpg")
    both = threading.Barrier(2, timeout=30)
    plain, look, choosing = line.reader.prepare, line.preparer._share, []

    def prepare(photo: bytes, *, long_side: int) -> Prepared:
        both.wait()  # breaks unless the other is here at the same time
        return plain(photo, long_side=long_side)

    def share(lease: Lease) -> Tagging | Snooze | None:
        choosing.append(line.preparer._choosing.acquire(blocking=False))
        return look(lease)

    monkeypatch.setattr(line.reader, "prepare", prepare)
    monkeypatch.setattr(line.preparer, "_share", share)
    threads = [threading.Thread(target=line.preparer.step) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert choosing == [False, False]  # nobody else may choose meanwhile
    assert sorted(prepared_names(line)) == ["a.jpg", "b.jpg"]
    assert line.ready.pop() is not None
    assert line.ready.pop() is not None
