"""The loops start together and stop in time, whatever is in flight and whatever fails."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles import EventLog
from doubles.captioner import PLAUSIBLE, FakeCaptioner, reply_with
from doubles.pictures import make_jpeg
from phototagd.app.crew import Crew
from phototagd.app.desk.desk import Desk
from phototagd.app.opening import opened
from phototagd.app.parts import Parts
from phototagd.domain.errors import Unavailable
from phototagd.domain.job import JobKind, Priority
from phototagd.domain.tagging import Question, Reply
from phototagd.flow.asking.preparer import LEASE
from phototagd.settings import IntakeSettings, LibrarySettings, Settings

PATIENCE = 30.0


class BlockingCaptioner(FakeCaptioner):
    """Answers the canary; a photo is answered when the client is closed: it fails then."""

    def __init__(self) -> None:
        super().__init__()
        self.is_asked = threading.Event()
        self.may_fail = threading.Event()

    def ask(self, question: Question) -> Reply:
        if not self.questions:  # the canary
            return super().ask(question)
        self.questions.append(question)
        self.is_asked.set()
        assert self.may_fail.wait(PATIENCE)
        raise Unavailable("the request was abandoned")

    def close(self) -> None:
        self.may_fail.set()
        super().close()


@pytest.fixture
def blocking() -> BlockingCaptioner:
    return BlockingCaptioner()


@pytest.fixture
def events() -> EventLog:
    return EventLog()


@pytest.fixture
def parts(
    tmp_path: Path, photos: Path, blocking: BlockingCaptioner, events: EventLog
) -> Iterator[Parts]:
    settings = Settings(
        state_dir=tmp_path / "state",
        library=(LibrarySettings(path=photos, watch="scan"),),
        intake=IntakeSettings(quiet_seconds=0.01),
    )
    with opened(settings, listeners=[events], connect=lambda *_: blocking) as parts:
        yield parts


def test_stopping_gives_back_the_photo_in_flight_and_twice_is_harmless(
    parts: Parts, photos: Path, blocking: BlockingCaptioner, events: EventLog
) -> None:
    """It is not waited for longer than allowed, and pays nothing."""
    make_jpeg(photos / "a.jpg", seed=1)
    crew = Crew(parts, photo_seconds=0.01)
    desk = Desk(parts, is_running=True, stuck=crew.stuck)
    crew.start()
    assert blocking.is_asked.wait(PATIENCE)
    assert desk.stuck() == []

    crew.stop()
    crew.stop()

    (job,) = (job for job in parts.store.queue.jobs(None, 9) if job.kind == "tag")
    assert (job.state, job.attempt) == ("queued", 0)
    assert events.named("engine.lost") == []
    assert events.named("trouble") == []
    assert len(crew.stuck()) == len(crew._loops)
    alive = {thread.name for thread in threading.enumerate()}
    assert not alive & {"preparer-1", "writer", "intake", "janitor", "indexer", "lane-1"}


def test_a_full_disk_does_not_keep_it_from_stopping(
    parts: Parts, photos: Path, blocking: BlockingCaptioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be given back is taken back at the next start."""
    for seed in range(3):
        make_jpeg(photos / f"{seed}.jpg", seed=seed)
    crew = Crew(parts, photo_seconds=0.01)
    crew.start()
    assert blocking.is_asked.wait(PATIENCE)

    def full(*_: object) -> bool:
        raise Unavailable("the disk is full")

    monkeypatch.setattr(parts.store.queue, "settle", full)
    crew.stop()
    monkeypatch.undo()

    assert blocking.is_closed
    assert parts.store.queue.tally(parts.clock.now()).running >= 1
    parts.store.queue.reclaim(parts.clock.now(), everything=True)
    assert parts.store.queue.tally(parts.clock.now()).running == 0


def test_starting_takes_back_what_a_dead_daemon_held(parts: Parts, photos: Path) -> None:
    parts.arriving.requests.tag([bytes(make_jpeg(photos / "a.jpg", seed=1))])
    now = parts.clock.now()
    assert parts.store.queue.claim(JobKind.TAG, Priority.PERSON, "dead", now, LEASE)

    crew = Crew(parts, is_watching=False, photo_seconds=0.01)
    crew.start()
    try:
        assert parts.asking.endpoints[0].name
    finally:
        crew.stop()

    (job,) = (job for job in parts.store.queue.jobs(None, 9) if job.kind == "tag")
    assert (job.state, job.attempt) == ("queued", 0)


def test_a_lost_server_is_probed_at_once_and_not_at_the_next_check(
    tmp_path: Path, photos: Path
) -> None:
    """The loop that supervises it rests for long while all is well; losing it ends the rest."""
    captioner, events = FakeCaptioner(), EventLog()
    is_lost, is_back = threading.Event(), threading.Event()

    def watch(event: object) -> None:
        events(event)  # type: ignore[arg-type]  # any event
        if events.named("engine.lost"):
            is_lost.set()
        if len(events.named("engine.ready")) > 1:
            is_back.set()

    captioner.script.extend([reply_with(PLAUSIBLE), Unavailable("connection reset")])
    settings = Settings(
        state_dir=tmp_path / "state",
        library=(LibrarySettings(path=photos, watch="scan"),),
        intake=IntakeSettings(quiet_seconds=0.01),
    )
    make_jpeg(photos / "a.jpg", seed=1)
    with opened(settings, listeners=[watch], connect=lambda *_: captioner) as parts:
        crew = Crew(parts)
        crew.start()
        try:
            assert is_lost.wait(PATIENCE)
            assert is_back.wait(12.0)
        finally:
            crew.stop()
