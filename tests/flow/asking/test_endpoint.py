"""An endpoint sends nothing it should not, and comes back by itself."""

import pytest

from doubles import EventLog, FakeClock
from doubles.captioner import PLAUSIBLE, FakeCaptioner, reply_with
from doubles.profiles import style
from phototagd.domain.asset import AssetId
from phototagd.domain.engine import EngineState
from phototagd.domain.errors import BadReply, ProcessKilled, Unavailable
from phototagd.domain.tagging import Question
from phototagd.flow.asking.endpoint import Endpoint

CANARY = b"canary"
QUESTION = Question(system="s", user="u", schema={}, options={}, image=b"photo")


class World:
    def __init__(self) -> None:
        self.clock = FakeClock()
        self.emit = EventLog()
        self.captioner = FakeCaptioner()
        self.changes = 0
        self.words: tuple[str, ...] = ()
        self.endpoint = Endpoint(
            captioner=self.captioner,
            canary=CANARY,
            styles={"photos": style()},
            clock=self.clock,
            emit=self.emit,
            on_change=self._changed,
            only_words=lambda: self.words,
        )

    def _changed(self) -> None:
        self.changes += 1

    def keep_for(self, seconds: float) -> int:
        """Supervise for a while; how many rounds that took."""
        end, rounds = self.clock.monotonic() + seconds, 0
        while self.clock.monotonic() < end:
            self.clock.advance(self.endpoint.keep())
            rounds += 1
        return rounds


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def up(world: World) -> World:
    world.endpoint.keep()
    assert world.endpoint.recipe is not None
    return world


def test_nothing_is_sent_before_the_canary_was_answered(world: World) -> None:
    """Version, model and vision are checked, the model is loaded, then the test picture."""
    assert world.endpoint.recipe is None
    assert world.endpoint.report().state is EngineState.WAITING

    world.endpoint.keep()

    assert world.captioner.calls == ["probe", "check", "loaded", "preload", "ask"]
    assert world.captioner.questions[0].image == CANARY
    assert world.endpoint.report().state is EngineState.OK
    assert [event.name for event in world.emit.events] == ["engine.ready"]
    assert world.changes == 1


def test_half_an_hour_away_is_one_event_and_a_probe_every_15_seconds(up: World) -> None:
    """And it is at work within 15 seconds of its return."""
    up.captioner.lost = Unavailable("connection refused", remedy="start ollama")
    with pytest.raises(Unavailable):
        up.endpoint.ask(QUESTION)
    rounds = up.keep_for(1800)

    assert up.endpoint.recipe is None
    assert rounds >= 1800 / 15
    assert len(up.emit.named("engine.lost")) == 1
    assert up.endpoint.report().remedy == "start ollama"

    up.captioner.lost = None
    up.keep_for(15.1)
    assert up.endpoint.recipe is not None
    assert len(up.emit.named("engine.ready")) == 2


def test_another_reason_while_it_is_away_is_told_too(up: World) -> None:
    """First no server, then no model: the remedy changes."""
    up.captioner.lost = Unavailable("connection refused")
    with pytest.raises(Unavailable):
        up.endpoint.ask(QUESTION)
    up.captioner.lost = None
    up.captioner.refused = Unavailable("model not found", remedy="ollama pull it", alive=True)
    up.keep_for(60)

    assert [event.reason for event in up.emit.named("engine.lost")] == [
        "connection refused",
        "model not found",
    ]


def test_the_canary_tells_a_guilty_photo_from_a_broken_server(up: World) -> None:
    """A process died: who was it?"""
    assert up.endpoint.is_innocent()
    assert up.endpoint.recipe is not None

    up.captioner.default = reply_with("nonsense")
    assert not up.endpoint.is_innocent()
    assert up.endpoint.recipe is None
    up.captioner.script.append(ProcessKilled("died again"))
    up.keep_for(5)
    assert up.endpoint.recipe is None

    up.captioner.default = reply_with(PLAUSIBLE)
    up.keep_for(16)
    assert up.endpoint.recipe is not None


def test_the_same_failure_for_three_photos_in_a_row_asks_the_canary(up: World) -> None:
    """A model that answers every photo badly is not the photos' fault."""
    up.captioner.default = reply_with("nonsense")
    for asset in (1, 2):
        up.endpoint.failed(AssetId(asset), "answered in zh, not en")
    up.endpoint.failed(AssetId(2), "answered in zh, not en")
    assert up.endpoint.recipe is not None

    up.endpoint.failed(AssetId(3), "answered in zh, not en")
    assert up.endpoint.recipe is None
    up.endpoint.keep()
    assert "test picture" in up.endpoint.report().reason


def test_a_good_answer_ends_a_streak(up: World) -> None:
    """Three bad photos among good ones are just bad photos."""
    for asset in range(9):
        up.endpoint.failed(AssetId(asset), "cut")
        if asset % 2:
            up.endpoint.succeeded(AssetId(asset))

    assert up.endpoint.recipe is not None


def test_a_model_replaced_under_the_same_name_gives_a_new_recipe(up: World) -> None:
    """The digest is part of the recipe."""
    before = up.endpoint.recipe
    facts = up.captioner.facts
    up.captioner.facts = type(facts)(
        version=facts.version,
        model=facts.model,
        digest="sha256:other",
        capabilities=facts.capabilities,
    )
    up.keep_for(301)

    after = up.endpoint.recipe
    assert before is not None
    assert after is not None
    assert after.key != before.key


def test_photos_are_asked_for_the_words_there_are_now_and_the_canary_for_any(up: World) -> None:
    free = up.endpoint.recipe
    up.words = ("sea", "sand")

    asking = up.endpoint.asking("photos")

    assert asking is not None
    assert '"enum":["sea","sand"]' in asking.recipe.schema
    assert up.endpoint.recipes == {"photos": asking.recipe}
    assert up.endpoint.recipe == free
    up.words = ()
    assert up.endpoint.recipes == {"photos": free}


def test_a_photos_own_fault_passes_through(up: World) -> None:
    """The endpoint stays open for the next one."""
    up.captioner.script.append(BadReply("cut"))
    with pytest.raises(BadReply):
        up.endpoint.ask(QUESTION)

    assert up.endpoint.recipe is not None


def test_closing_is_silent(up: World) -> None:
    """What is abandoned at the end is no outage."""
    up.endpoint.close()
    with pytest.raises(Unavailable):
        up.endpoint.ask(QUESTION)

    assert up.emit.named("engine.lost") == []
