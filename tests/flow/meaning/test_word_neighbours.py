"""Words of near meaning, as far as the embedding model gets in time."""

from collections.abc import Sequence

import pytest

from doubles import EventLog, FakeClock
from doubles.embedder import FakeEmbedder
from phototagd.adapters.nearness.pairs import near_pairs
from phototagd.domain.errors import BadReply, Unavailable
from phototagd.domain.events import Trouble
from phototagd.domain.meaning import Vector
from phototagd.flow.meaning.word_neighbours import AT_ONCE, PATIENCE_SECONDS, WordNeighbours
from phototagd.rules.meaning.families import Family

WORDS = ("bicycle", "dog", "bike")


class Scene:
    def __init__(self) -> None:
        self.clock = FakeClock()
        self.embedder = FakeEmbedder()
        self.events = EventLog()
        self.near = WordNeighbours(
            embedder=self.embedder,
            family=Family(document="title: none | text: {}"),
            pairs=near_pairs,
            at_least=0.85,
            clock=self.clock,
            emit=self.events,
        )

    def pairs(self, words: Sequence[str] = WORDS) -> list[tuple[int, int]]:
        return [(one, other) for one, other, _ in self.near(words)]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_words_that_mean_the_same_are_found_and_asked_about_once(scene: Scene) -> None:
    assert scene.pairs() == [(0, 2)]
    assert scene.pairs(("bike", "bicycle")) == [(0, 1)]
    assert scene.embedder.asked == [[f"title: none | text: {word}" for word in WORDS]]


def test_a_word_that_the_model_chokes_on_does_not_hide_the_others(scene: Scene) -> None:
    scene.embedder.faults["dog"] = BadReply("NaN")
    assert scene.pairs() == [(0, 2)]
    asked = len(scene.embedder.asked)
    assert scene.pairs() == [(0, 2)]
    assert len(scene.embedder.asked) == asked


def test_without_the_server_there_are_none_and_the_log_says_why(scene: Scene) -> None:
    scene.embedder.error = Unavailable("away")
    assert scene.pairs() == []
    [told] = scene.events.events
    assert isinstance(told, Trouble)
    assert told.reason == "away"
    scene.embedder.error = None
    assert scene.pairs() == [(0, 2)]


def test_a_slow_model_gets_further_at_every_call(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["bicycle", *(f"thing{n}" for n in range(AT_ONCE)), "bike"]
    embed = scene.embedder.embed

    def slow(texts: Sequence[str]) -> list[Vector]:
        scene.clock.advance(PATIENCE_SECONDS)
        return embed(texts)

    monkeypatch.setattr(scene.embedder, "embed", slow)
    assert scene.pairs(words) == []
    assert scene.pairs(words) == [(0, AT_ONCE + 1)]
    assert [len(texts) for texts in scene.embedder.asked] == [AT_ONCE, 2]


def test_vectors_of_two_models_are_not_compared(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.pairs(("bicycle",))
    short = [1.0, 0.0]
    monkeypatch.setattr(scene.embedder, "embed", lambda texts: [short for _ in texts])
    assert scene.pairs() == []
    assert len(scene.pairs()) == 3
