"""Photos are looked at for private text before a model sees them, and once each."""

import os
from collections.abc import Callable

import pytest

from doubles import documents
from doubles.captioner import PLAUSIBLE, reply_with
from doubles.photos import recipe
from doubles.profiles import style
from doubles.tagging_line import TaggingLine
from doubles.text_reader import FakeTextReader
from phototagd.domain.amending import PersonsEdit
from phototagd.domain.asset import AssetId
from phototagd.domain.errors import ProcessKilled, Unavailable
from phototagd.domain.job import JobKind, Priority
from phototagd.flow.asking.finisher import Finisher
from phototagd.flow.asking.preparer import LEASE
from phototagd.flow.asking.reviewer import BUSY_REST_SECONDS, DONE_REST_SECONDS, Reviewer
from phototagd.flow.asking.screener import REST_SECONDS, Screener


@pytest.fixture
def reader() -> FakeTextReader:
    return FakeTextReader()


@pytest.fixture
def screener(line: TaggingLine, reader: FakeTextReader) -> Screener:
    screener = Screener(reader=reader, store=line.store.privacy, clock=line.clock, emit=line.events)
    line.preparer._screen = screener.screen
    return screener


def picture_of(
    line: TaggingLine, name: str, lines: tuple[str, ...], reader: FakeTextReader
) -> None:
    """What the picture of a photo looks like, and what stands in it."""
    line.reader.pictures[line.path(name)] = name.encode()
    reader.lines[name.encode()] = lines


def judge(line: TaggingLine, asset: AssetId, *, is_private: bool) -> None:
    paths = [copy.id for copy in line.store.catalogue.paths_of(asset)]
    line.store.ledger.record_edit(paths, PersonsEdit(is_private=is_private))


def test_a_photo_is_private_before_the_model_is_asked(
    line: TaggingLine, screener: Screener, reader: FakeTextReader
) -> None:
    asset = line.photo()
    picture_of(line, "a.jpg", documents.CARD, reader)

    line.prepare_all()

    assert line.captioner.questions == []
    [told] = line.events.named("photo.checked")
    assert (told.asset, told.suspicion, told.found) == (asset, "sensitive", ("bank_card",))
    check = line.store.privacy.privacy(asset).check
    assert check is not None
    assert "4111" not in repr((check, told))


def test_the_answer_about_it_is_redacted(
    line: TaggingLine, screener: Screener, reader: FakeTextReader
) -> None:
    """Although the model itself sees nothing private."""
    asset = line.photo()
    picture_of(line, "a.jpg", documents.CARD, reader)

    line.ask_once()

    tagging = line.store.catalogue.latest_tagging(asset)
    assert tagging is not None
    assert tagging.answer.caption == "A payment card."


def test_each_photo_is_read_once_by_each_reader(
    line: TaggingLine, screener: Screener, reader: FakeTextReader
) -> None:
    asset = line.photo()
    line.prepare_all()
    line.preparer.give_back("not now")
    line.prepare_all()
    assert len(reader.read_pictures) == 1

    reader.name = "fake 2"
    line.preparer.give_back("not now")
    line.prepare_all()
    assert len(reader.read_pictures) == 2
    assert line.state(asset) == "running"


@pytest.mark.parametrize("is_private", [True, False])
def test_what_a_person_judged_is_not_read(
    line: TaggingLine, screener: Screener, reader: FakeTextReader, *, is_private: bool
) -> None:
    judge(line, line.photo(), is_private=is_private)

    line.prepare_all()

    assert reader.read_pictures == []


def test_a_photo_that_kills_the_reader_is_asked_about_all_the_same(
    line: TaggingLine, screener: Screener, reader: FakeTextReader
) -> None:
    asset = line.photo()
    picture_of(line, "a.jpg", (), reader)
    reader.errors[b"a.jpg"] = ProcessKilled("reading text crashed: SIGSEGV")

    line.ask_once()

    assert line.state(asset) == "done"
    [told] = line.events.named("photo.unchecked")
    assert "SIGSEGV" in told.reason


def test_a_reader_that_is_not_there_is_told_once_and_tried_again_later(
    line: TaggingLine, screener: Screener, reader: FakeTextReader
) -> None:
    for number in range(3):
        picture_of(line, f"{number}.jpg", (), reader)
        reader.errors[f"{number}.jpg".encode()] = Unavailable("it does not start")
        line.photo(f"{number}.jpg")
    for _ in range(3):
        line.ask_once()
    assert len(line.events.named("trouble")) == 1
    assert len(reader.read_pictures) == 1

    line.clock.advance(REST_SECONDS)
    line.photo("late.jpg")
    line.ask_once()
    assert len(line.events.named("photo.checked")) == 1


def test_a_full_disk_gives_the_photo_back(line: TaggingLine, screener: Screener) -> None:
    asset = line.photo()

    def full(*_: object) -> None:
        raise Unavailable("the disk is full")

    line.preparer._screen = full
    with pytest.raises(Unavailable):
        line.preparer.step()
    assert line.state(asset) == "queued"


@pytest.mark.parametrize(("verdict", "is_kept"), [(True, False), (False, True)])
def test_a_person_decides_about_the_words_of_an_answer(
    line: TaggingLine, *, verdict: bool, is_kept: bool
) -> None:
    asset = line.photo()
    judge(line, asset, is_private=verdict)
    finisher = Finisher(
        catalogue=line.catalogue,
        clock=line.clock,
        emit=line.events,
        privacy=line.store.privacy.privacy,
    )
    lease = line.store.queue.claim(JobKind.TAG, Priority.NEW, "me", line.clock.now(), LEASE)
    assert lease is not None
    reply = reply_with({**PLAUSIBLE, "sensitive": "medical"})

    tagging = finisher.read(lease, recipe(), style(), reply, 1.0)

    assert (tagging.answer.caption == PLAUSIBLE["caption"]) is is_kept
    assert tagging.is_private is not is_kept


def reviewer(
    line: TaggingLine, screener: Screener, *, is_busy: Callable[[], bool] = lambda: False
) -> Reviewer:
    return Reviewer(
        screener=screener,
        store=line.store.privacy,
        catalogue=line.store.catalogue,
        reader=line.reader,
        reader_name="fake 1",
        long_side=1024,
        is_busy=is_busy,
    )


def test_photos_of_before_are_checked_when_nothing_else_waits(
    line: TaggingLine, reader: FakeTextReader
) -> None:
    """And their words are taken back where they turn out private."""
    names = ["a.jpg", "broken.jpg", "b.jpg"]
    assets = [line.photo(name) for name in names]
    for _ in names:
        line.ask_once()
    picture_of(line, "b.jpg", documents.CARD, reader)
    os.truncate(line.path("broken.jpg"), 4)
    screener = Screener(reader=reader, store=line.store.privacy, clock=line.clock, emit=line.events)
    assert reviewer(line, screener, is_busy=lambda: True).step() == BUSY_REST_SECONDS
    later = reviewer(line, screener)

    assert [later.step() for _ in range(4)] == [0.0, 0.0, 0.0, DONE_REST_SECONDS]

    told = line.events.named("photo.checked")
    assert [event.asset for event in told] == [assets[0], assets[2]]
    tagging = line.store.catalogue.latest_tagging(assets[2])
    assert tagging is not None
    assert tagging.answer.caption == "A payment card."
    assert [later.step() for _ in range(2)] == [0.0, DONE_REST_SECONDS]  # the broken one again


def test_nothing_is_reviewed_while_nothing_can_be_read(
    line: TaggingLine, reader: FakeTextReader
) -> None:
    line.photo()
    line.ask_once()
    picture_of(line, "a.jpg", (), reader)
    reader.errors[b"a.jpg"] = Unavailable("it does not start")
    screener = Screener(reader=reader, store=line.store.privacy, clock=line.clock, emit=line.events)
    later = reviewer(line, screener)

    assert [later.step() for _ in range(2)] == [0.0, REST_SECONDS]
