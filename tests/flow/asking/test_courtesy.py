"""Others on the same model server are not disturbed, and nothing is left lying about."""

from datetime import timedelta

import pytest

from doubles import EventLog, FakeClock
from doubles.captioner import FakeCaptioner
from doubles.profiles import style
from phototagd.domain.engine import EngineMemory, EngineState, LoadedModel
from phototagd.domain.errors import Unavailable
from phototagd.domain.job import EVERYBODY, ONLY_A_PERSON
from phototagd.domain.tagging import Question
from phototagd.flow.asking.courtesy import Courtesy
from phototagd.flow.asking.endpoint import LOOK_SECONDS, Endpoint
from phototagd.rules.asking.yielding import QUIET_SECONDS

QUESTION = Question(system="s", user="u", schema={}, options={}, image=b"photo")
MINUTES = 60.0


class Shared:
    """An endpoint on a server that others use too."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.emit = EventLog()
        self.captioner = FakeCaptioner()
        self.is_open = True
        self.is_awaited = False
        self.changes = 0
        self.uses = 0
        courtesy = Courtesy(
            captioner=self.captioner,
            clock=self.clock,
            emit=self.emit,
            yields=True,
            unload_after_seconds=5 * MINUTES,
            is_open=lambda: self.is_open,
            is_awaited=lambda: self.is_awaited,
        )
        self.endpoint = Endpoint(
            captioner=self.captioner,
            canary=b"canary",
            styles={"photos": style()},
            clock=self.clock,
            emit=self.emit,
            on_change=self._changed,
            courtesy=courtesy,
        )

    def _changed(self) -> None:
        self.changes += 1

    def somebody_chats(self) -> None:
        """Another program asks its own model something."""
        self.uses += 1
        self.captioner.others = [
            LoadedModel(
                "llama3:8b",
                is_ours=False,
                memory=EngineMemory(5, 5),
                expires_at=self.clock.now() + timedelta(minutes=5, seconds=2 * self.uses),
            )
        ]

    def keep_for(self, seconds: float) -> None:
        end = self.clock.monotonic() + seconds
        while self.clock.monotonic() < end:
            self.clock.advance(self.endpoint.keep())

    def count(self, call: str) -> int:
        return self.captioner.calls.count(call)


@pytest.fixture
def shared() -> Shared:
    return Shared()


@pytest.fixture
def up(shared: Shared) -> Shared:
    shared.endpoint.keep()
    assert shared.endpoint.admitted == EVERYBODY
    shared.changes = 0
    return shared


def test_while_another_model_is_used_only_a_person_is_served(up: Shared) -> None:
    """The server is given up within one look, and the reason is there to be shown."""
    up.somebody_chats()
    up.endpoint.keep()

    assert up.endpoint.admitted == ONLY_A_PERSON
    assert up.endpoint.closure is not None
    assert "llama3:8b" in up.endpoint.closure.reason
    assert up.endpoint.report().state is EngineState.OK
    assert up.changes == 1


def test_it_comes_back_when_others_are_quiet(up: Shared) -> None:
    """Although their model stays loaded: it may be kept for ever."""
    up.somebody_chats()
    up.keep_for(QUIET_SECONDS - LOOK_SECONDS)
    assert up.endpoint.admitted == ONLY_A_PERSON

    up.keep_for(2 * LOOK_SECONDS)

    assert up.endpoint.admitted == EVERYBODY
    assert [event.reason != "" for event in up.emit.named("engine.shared")] == [True, False]


def test_two_programs_never_make_the_server_swap_models(up: Shared) -> None:
    """Somebody chats every two minutes for an hour: our model is loaded no more."""
    up.captioner.is_loaded = False  # theirs took its place
    before = up.count("preload") + up.count("ask")
    for _ in range(30):
        up.somebody_chats()
        up.keep_for(2 * MINUTES)

    assert up.count("preload") + up.count("ask") == before
    assert len(up.emit.named("engine.shared")) == 1


def test_a_server_that_loads_for_somebody_else_is_left_alone(up: Shared) -> None:
    """It does not say what it loads; as nothing of ours is in flight, it is not for us."""
    up.captioner.is_loading_another = True
    up.endpoint.keep()

    assert up.endpoint.admitted == ONLY_A_PERSON


def test_at_the_start_nobody_is_pushed_out(shared: Shared) -> None:
    """The test picture waits too; then it is asked by itself."""
    shared.somebody_chats()
    shared.keep_for(QUIET_SECONDS - LOOK_SECONDS)
    assert shared.count("preload") == 0
    assert shared.endpoint.report().state is EngineState.WAITING

    shared.keep_for(3 * LOOK_SECONDS)

    assert shared.endpoint.admitted == EVERYBODY


def test_a_person_is_served_whatever_the_others_do(shared: Shared) -> None:
    """And outside the schedule: somebody sits there and waits."""
    shared.somebody_chats()
    shared.is_open = False
    shared.keep_for(LOOK_SECONDS)
    shared.is_awaited = True
    shared.keep_for(2 * LOOK_SECONDS)

    assert shared.endpoint.admitted == ONLY_A_PERSON
    assert shared.endpoint.ask(QUESTION).content
    assert shared.count("unload") == 0


def test_a_drained_queue_frees_the_memory(up: Shared) -> None:
    """Once, and the next photo loads the model again."""
    up.keep_for(5 * MINUTES - LOOK_SECONDS)
    assert up.captioner.is_loaded

    up.keep_for(30 * MINUTES)

    assert not up.captioner.is_loaded
    assert up.count("unload") == 1
    assert len(up.emit.named("model.unloaded")) == 1
    assert up.endpoint.ask(QUESTION).content
    up.keep_for(30 * MINUTES)
    assert up.count("unload") == 2


def test_a_closed_gate_frees_the_memory_at_once(up: Shared) -> None:
    up.is_open = False
    up.endpoint.keep()

    assert not up.captioner.is_loaded


def test_a_model_that_others_loaded_is_not_unloaded(up: Shared) -> None:
    """After ours was unloaded, whoever loads the same model keeps it."""
    up.is_open = False
    up.endpoint.keep()
    up.captioner.is_loaded = True
    up.keep_for(30 * MINUTES)

    assert up.captioner.is_loaded


def test_a_model_in_use_is_not_unloaded(up: Shared) -> None:
    """Not while a photo is being asked about, however long that takes."""

    def closes_meanwhile(_question: Question) -> object:
        up.is_open = False
        up.keep_for(20 * MINUTES)
        return up.captioner.default

    up.captioner.script.append(closes_meanwhile)  # type: ignore[arg-type]
    up.endpoint.ask(QUESTION)

    assert up.count("unload") == 0
    up.endpoint.keep()
    assert up.count("unload") == 1


def test_a_model_partly_on_the_cpu_is_told_once(up: Shared) -> None:
    """Until it has fitted again."""
    for gpu, warnings in ((3, 1), (2, 1), (5, 1), (3, 2)):
        up.captioner.occupied = EngineMemory(total=5, gpu=gpu)
        up.endpoint.keep()
        up.endpoint.keep()
        assert len(up.emit.named("model.spilled")) == warnings


def test_a_server_that_vanishes_between_photos_is_noticed(up: Shared) -> None:
    """Without a photo to find it out."""
    up.captioner.lost = Unavailable("nobody answers")
    up.keep_for(LOOK_SECONDS)

    assert up.endpoint.report().state is EngineState.WAITING


def test_slow_answers_are_told_once(up: Shared) -> None:
    """Twenty at two seconds, then many at ten."""
    for seconds in [2.0] * 20 + [10.0] * 60:
        up.captioner.default = type(up.captioner.default)(
            **{
                name: getattr(up.captioner.default, name)
                for name in ("content", "answer_tokens", "answer_seconds")
            },
            total_seconds=seconds,
        )
        up.endpoint.ask(QUESTION, recipe="usual")

    [event] = up.emit.named("model.slowed")
    assert (event.seconds, event.usual_seconds) == (10.0, 2.0)  # type: ignore[attr-defined]
