"""A lane asks once about each photo, and each pays for its own faults only."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from doubles import FakeClock
from doubles.captioner import PLAUSIBLE, reply_with
from doubles.tagging_line import TaggingLine
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.engine import EngineFacts
from phototagd.domain.errors import BadReply, ProcessKilled, Unavailable, Unreadable
from phototagd.domain.job import Priority
from phototagd.domain.tagging import Question, Reply
from phototagd.flow.asking.endpoint import RECHECK_SECONDS

TOO_LARGE = Unavailable("the prompt is too long", remedy="raise num_ctx", alive=True)
DIED = Unavailable("the connection to the model server broke", died=True)


def dying_over(poison: bytes) -> Callable[[Question], Reply]:
    """Answers the canary and every picture but this one."""

    def answer(question: Question) -> Reply:
        if question.image == poison:
            raise DIED
        return reply_with(PLAUSIBLE)

    return answer


def asked(line: TaggingLine) -> int:
    """How often photos were asked about, without the canary."""
    return sum(question.image != b"canary" for question in line.captioner.questions)


def test_a_photo_is_asked_about_once_and_recorded(line: TaggingLine) -> None:
    """One question, one tagging, one write job, one event."""
    asset = line.photo()

    line.ask_once()

    tagging = line.store.catalogue.latest_tagging(asset)
    assert tagging is not None
    assert tagging.answer.caption == PLAUSIBLE["caption"]
    assert line.state(asset) == "done"
    assert [e.name for e in line.events.events] == ["photo.asked", "photo.tagged"]
    assert line.events.named("photo.tagged")[0].path == line.path()
    assert line.held.all() == []


def test_a_stored_answer_costs_no_question(line: TaggingLine) -> None:
    """Asset and recipe are known: the GPU is left alone."""
    asset = line.photo()
    line.ask_once()
    line.store.queue.enqueue_tag(asset, "", Priority.BACKLOG, line.clock.now())

    line.ask_once()

    assert asked(line) == 1
    assert line.state(asset) == "done"
    assert line.held.all() == []


def test_nonsense_is_asked_again_differently_and_then_dead_with_both_reasons(
    line: TaggingLine,
) -> None:
    """Another seed, another penalty; two kinds of nonsense are both told."""
    asset = line.photo()
    line.captioner.script.extend([BadReply("cut at 500 tokens"), reply_with("not an object")])

    line.ask_once()
    line.ask_once()
    assert asked(line) == 1
    line.clock.advance(20)
    line.ask_once()

    first, second = (question.options for question in line.captioner.questions)
    assert first["seed"] != second["seed"]
    assert first["repeat_penalty"] != second["repeat_penalty"]
    job = line.tag_job(asset)
    assert job.state == "dead"
    assert "cut at 500 tokens" in job.reason
    assert "then" in job.reason
    assert line.outcomes() == ["retry", "dead"]


def test_the_worlds_fault_charges_nothing_and_is_told_once(line: TaggingLine) -> None:
    """The server is away: the job waits as it was, whatever is ready goes back."""
    asset, other = line.photo("a.jpg"), line.photo("b.jpg")
    line.captioner.lost = Unavailable("connection refused")

    line.ask_once()
    assert line.lane.step() > 0
    line.preparer.step()
    line.endpoint.keep()

    assert [line.state(a) for a in (asset, other)] == ["queued", "queued"]
    assert [line.tag_job(a).attempt for a in (asset, other)] == [0, 0]
    assert len(line.events.named("engine.lost")) == 1
    assert line.outcomes() == []
    assert line.held.all() == []

    line.captioner.lost = None
    line.recover()
    line.ask_once()
    line.ask_once()
    assert [e.attempt for e in line.events.named("photo.tagged")] == [1, 1]


def test_a_photo_that_kills_an_innocent_server_twice_is_dead(line: TaggingLine) -> None:
    """The canary is answered each time; the second time the photo runs as a suspect."""
    asset = line.photo()
    line.captioner.script.append(ProcessKilled("the runner stopped"))
    line.ask_once()
    assert line.state(asset) == "queued"
    assert line.endpoint.recipe is not None

    line.clock.advance(10)
    line.captioner.script.append(ProcessKilled("the runner stopped"))
    line.ask_once()

    assert line.state(asset) == "dead"
    assert "killed a process twice" in line.tag_job(asset).reason
    assert asked(line) == 2


def test_a_server_that_fails_its_canary_too_is_to_blame(line: TaggingLine) -> None:
    """The photo goes back uncharged, and is tagged when the server is well."""
    asset = line.photo()
    line.captioner.script.extend([ProcessKilled("stopped"), ProcessKilled("stopped")])

    line.ask_once()

    assert line.state(asset) == "queued"
    assert line.tag_job(asset).attempt == 0
    assert line.endpoint.recipe is None
    line.recover()
    line.ask_once()
    assert line.events.named("photo.tagged")[0].attempt == 1


def test_three_photos_with_one_failure_ask_the_canary(line: TaggingLine) -> None:
    """A fourth is not sent before it was answered."""
    for name in "abcd":
        line.photo(f"{name}.jpg")
    line.captioner.script.extend([Unreadable("cannot decode 12 bytes")] * 3)

    for _ in range(4):
        line.ask_once()

    assert asked(line) == 3
    assert line.endpoint.recipe is None
    line.endpoint.keep()
    line.ask_once()
    assert asked(line) == 4


def test_a_photo_alone_too_large_for_a_living_server_pays_at_the_third_time(
    line: TaggingLine,
) -> None:
    """The canary passes in between; the other photos are tagged, the queue moves on."""
    content = {"a.jpg": "small", "huge.jpg": "huge", "b.jpg": "little"}
    assets = {name: line.photo(name, text) for name, text in content.items()}

    line.reader.pictures[line.path("huge.jpg")] = b"huge"

    def refuse_huge(question: Question) -> Reply:
        if question.image == b"huge":
            raise TOO_LARGE
        return reply_with(PLAUSIBLE)

    line.captioner.script.extend([refuse_huge] * 50)
    for _ in range(6):
        line.ask_once()
        line.recover()

    assert line.state(assets["huge.jpg"]) == "dead"
    reason = line.tag_job(assets["huge.jpg"]).reason
    assert "the prompt is too long" in reason
    assert "raise num_ctx" in reason
    assert [line.state(assets[name]) for name in ("a.jpg", "b.jpg")] == ["done", "done"]


def test_a_photo_that_kills_the_whole_server_gives_up_after_three_deaths(
    line: TaggingLine,
) -> None:
    """It waits after each, so that others are answered; then it is asked about alone."""
    poison = line.photo("poison.jpg", "poison")
    neighbours = [line.photo(f"{name}.jpg", name) for name in "ab"]
    line.reader.pictures[line.path("poison.jpg")] = b"poison"
    line.captioner.default = dying_over(b"poison")
    alone: list[bool] = []
    ask = line.endpoint.ask

    def watched(question: Question, *, is_alone: list[bool] = alone, **how: Any) -> Reply:
        if question.image == b"poison":
            is_alone.append(how["alone"])
        return ask(question, **how)

    line.endpoint.ask = watched  # type: ignore[method-assign,assignment]
    for _ in range(12):
        line.ask_once()
        line.recover()

    assert line.state(poison) == "dead"
    assert "died over this photo 3 times" in line.tag_job(poison).reason
    assert alone == [False, True, True]
    assert [line.state(one) for one in neighbours] == ["done", "done"]
    assert {event.attempt for event in line.events.named("photo.tagged")} == {1}


def test_a_server_that_dies_over_everything_blames_no_photo(line: TaggingLine) -> None:
    photos = [line.photo(f"{name}.jpg", name) for name in "abcd"]
    for name in "abcd":
        line.reader.pictures[line.path(f"{name}.jpg")] = b"poison"
    line.captioner.default = dying_over(b"poison")
    for _ in range(40):
        line.ask_once()
        line.recover()

    assert {line.state(photo) for photo in photos} <= {"queued", "running"}
    assert asked(line) > 20


def test_a_setting_that_refuses_every_photo_charges_none(line: TaggingLine) -> None:
    """The same failure for photo after photo is nobody's fault, however often it comes."""
    assets = [line.photo(f"{number}.jpg") for number in range(4)]

    def canary_only(question: Question) -> Reply:
        if question.image != b"canary":
            raise TOO_LARGE
        return reply_with(PLAUSIBLE)

    for _ in range(20):
        line.captioner.script.extend([canary_only] * 3)
        line.ask_once()
        line.recover()
        line.captioner.script.clear()

    assert asked(line) == 20
    assert {line.state(asset) for asset in assets} <= {"queued", "running"}
    assert line.outcomes() == []


def test_a_full_disk_costs_no_answer(line: TaggingLine) -> None:
    """It is kept, and recorded before anything else is asked."""
    asset, other = line.photo("a.jpg"), line.photo("b.jpg")
    line.fail(line.catalogue, "record_tagging", times=2)
    line.prepare_all()

    for _ in range(2):
        with pytest.raises(Unavailable):
            line.lane.step()
    assert line.events.named("photo.tagged") == []
    line.clock.advance(120)
    line.lane.step()

    assert [line.state(a) for a in (asset, other)] == ["done", "done"]
    assert asked(line) == 2
    assert len(line.events.named("photo.tagged")) == 2


def test_an_answer_that_cannot_be_recorded_does_not_block_the_lane(line: TaggingLine) -> None:
    """A bug over one photo is retried and reported as such; the next one is asked."""
    asset, other = line.photo("a.jpg"), line.photo("b.jpg")
    line.catalogue.errors["record_tagging"] = [ValueError("odd")]

    line.ask_once()
    line.ask_once()

    assert line.state(asset) == "queued"
    assert line.state(other) == "done"
    assert "ValueError: odd" in line.events.named("job.ended")[0].reason


def test_a_store_that_cannot_be_read_gives_the_photo_back(line: TaggingLine) -> None:
    """And does not hold it for ever."""
    asset = line.photo()
    line.fail(line.catalogue, "stored_tagging")
    line.prepare_all()

    with pytest.raises(Unavailable):
        line.lane.step()

    assert line.state(asset) == "queued"
    assert line.held.all() == []


def test_a_lost_lease_records_and_tells_nothing(line: TaggingLine) -> None:
    """Somebody else took the job meanwhile; the answer is not this lane's to give."""
    asset = line.photo()

    def sleep_through(_question: Question) -> Reply:
        line.store.queue.reclaim(line.clock.now(), everything=True)
        return reply_with(PLAUSIBLE)

    line.captioner.script.append(sleep_through)
    line.ask_once()

    assert line.store.catalogue.latest_tagging(asset) is None
    assert line.events.named("photo.tagged") == []
    assert line.held.all() == []
    assert line.state(asset) == "queued"


def test_a_pause_sends_nothing_more_even_what_is_ready(line: TaggingLine) -> None:
    """Nor what was still being decoded when it came."""
    asset = line.photo()
    line.prepare_all()
    line.is_paused = True
    assert line.lane.step() > 0
    assert asked(line) == 0

    line.preparer.step()
    assert line.state(asset) == "queued"
    line.is_paused = False
    line.ask_once()
    assert line.state(asset) == "done"


def test_another_digest_asks_again(line: TaggingLine) -> None:
    """A replaced model is another recipe: the stored answer is not its answer."""
    asset = line.photo()
    line.ask_once()
    facts = line.captioner.facts
    line.captioner.facts = EngineFacts(
        version=facts.version,
        model=facts.model,
        digest="sha256:new",
        capabilities=facts.capabilities,
    )
    line.clock.advance(RECHECK_SECONDS)
    line.endpoint.keep()
    line.store.queue.enqueue_tag(asset, "", Priority.BACKLOG, line.clock.now())

    line.ask_once()

    assert asked(line) == 2


def test_a_suspect_runs_alone_and_is_not_starved(tmp_path: Path) -> None:
    """Two busy lanes finish what they have and let it pass before they go on."""
    clock = FakeClock()
    with Store.open(tmp_path / "s.db", clock=clock) as store:
        line = TaggingLine(tmp_path / "line", store, clock, lanes=3)
        suspect = line.photo("suspect.jpg")
        line.captioner.script.append(ProcessKilled("died"))
        line.ask_once()
        clock.advance(10)
        for number in range(6):
            line.photo(f"{number}.jpg")
        _run_beside_each_other(line)

        assert line.state(suspect) == "done"


def _run_beside_each_other(line: TaggingLine) -> None:
    """Two lanes keep two photos in flight while the third wants to be alone."""
    in_flight: list[Question] = []
    most_beside_suspect: list[int] = []
    release, both_in = threading.Event(), threading.Barrier(3)
    lock = threading.Lock()

    def slow(question: Question) -> Reply:
        with lock:
            in_flight.append(question)
        both_in.wait(10)
        release.wait(10)
        with lock:
            in_flight.remove(question)
        return reply_with(PLAUSIBLE)

    def alone(_question: Question) -> Reply:
        with lock:
            most_beside_suspect.append(len(in_flight))
        return reply_with(PLAUSIBLE)

    question = Question(system="", user="", schema={}, options={}, image=b"x")
    endpoint = line.endpoint
    line.captioner.script.extend([slow, slow, alone])
    order: list[str] = []

    def ask(name: str, *, is_suspect: bool) -> threading.Thread:
        def run() -> None:
            endpoint.ask(question, alone=is_suspect)
            order.append(name)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    threads = [ask("busy", is_suspect=False), ask("busy", is_suspect=False)]
    both_in.wait(10)
    suspect = ask("suspect", is_suspect=True)
    while not endpoint._waiting_alone:  # the only way to see that it waits
        threading.Event().wait(0.001)
    late = ask("late", is_suspect=False)
    release.set()
    for thread in (*threads, suspect, late):
        thread.join(10)
    assert most_beside_suspect == [0]
    assert order.index("suspect") < order.index("late")
    line.prepare_all()
    for _ in range(7):
        line.lane.step()
        line.prepare_all()
