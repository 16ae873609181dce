"""From words to vectors and back: batches, faults, turns, queries that cannot wait."""

import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from doubles import EventLog, FakeClock
from doubles.embedder import FakeEmbedder
from doubles.shelf import NOW, Shelf
from phototagd.adapters.nearness.index import NumpyVectorIndex
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.errors import BadReply, ProcessKilled, Unavailable, Unreadable
from phototagd.domain.meaning import Vector
from phototagd.domain.search import HitOrder
from phototagd.flow.asking.kin import Kin
from phototagd.flow.finding.finder import Finder
from phototagd.flow.meaning.indexer import MeaningIndexer
from phototagd.flow.meaning.interpreter import Interpreter
from phototagd.flow.meaning.kin_embedder import KinEmbedder
from phototagd.flow.meaning.query_embedder import REST_SECONDS, QueryEmbedder
from phototagd.rules.meaning.families import family_of, space_of
from phototagd.rules.meaning.turns import Traffic

GEMMA = "embeddinggemma"


class House:
    """A library with all parts of search by meaning, turned by hand."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.store = Store.open(folder / "phototagd.db", clock=self.clock)
        self.shelf = Shelf(self.store, self.clock)
        self.embedder = FakeEmbedder()
        self.events = EventLog()
        self.photos_waiting = 0
        self.file = folder / "vectors.cache"
        self.move_to(GEMMA)

    def move_to(self, model: str) -> None:
        """As a daemon with this model in its settings."""
        space, family = space_of(model, 0), family_of(model)
        index = NumpyVectorIndex(store=self.store.vectors, space=space, file=self.file)
        self.queries = QueryEmbedder(embedder=self.embedder, family=family, clock=self.clock)
        self.interpreter = Interpreter(
            embedder=self.queries, store=self.store.vectors, index=index, space=space
        )
        self.indexer = MeaningIndexer(
            model=model,
            space=space,
            embedder=self.embedder,
            family=family,
            store=self.store.vectors,
            index=index,
            clock=self.clock,
            emit=self.events,
            traffic=lambda due, since: Traffic(
                self.photos_waiting, due, since, is_shared=True, is_open=True
            ),
        )
        self.shelf.finder = Finder(
            index=self.store.search, clock=self.clock, interpreter=self.interpreter
        )

    def settle(self) -> None:
        """Index until there is nothing more to do."""
        self.clock.set_wall(NOW)
        for _ in range(50):
            if self.indexer.step():
                return
        raise AssertionError("it never ends")

    def counts(self) -> tuple[int, int, int]:
        self.clock.advance(10)
        report = self.indexer.report()
        return report.embedded, report.waiting, report.failed


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.queries.close()
    house.store.close()


def fill(house: House) -> None:
    house.shelf.put("run", "labrador", "surf", caption="A dog chases waves on the sand at sea")
    house.shelf.put("nap", "sofa", caption="A cat asleep on the couch")
    house.shelf.put("road", "crossing", caption="Cars in a busy street")


def test_photos_are_found_by_what_they_mean(house: House) -> None:
    fill(house)
    assert house.shelf.find("puppy seaside jumping").is_loose
    house.settle()

    found = house.shelf.find("puppy seaside jumping")

    assert [hit.path.split(b"/")[-1] for hit in found.hits] == [b"run.jpg"]
    assert found.hits[0].reasons[-1].where == "meaning"
    assert (found.total, found.is_loose, found.meaning_trouble) == (1, False, "")


def test_filters_and_negations_hold_for_what_is_near_too(house: House) -> None:
    house.shelf.put("then", "labrador", caption="dog sea sand", taken="2025-07-01T10:00")
    house.shelf.put("now", "labrador", caption="dog sea sand", taken="2026-07-01T10:00")
    house.shelf.put("night", "labrador", caption="dog sea sand", taken="2025-07-02T23:00")
    house.shelf.put("secret", "labrador", caption="dog sea sand", is_private=True)
    house.settle()

    assert house.shelf.names("puppy waves 2025 not at night") == ["then"]
    assert set(house.shelf.names("puppy waves")) == {"then", "now", "night"}


def test_words_and_meaning_are_joined_and_dates_order_both(house: House) -> None:
    house.shelf.put("old", "dog", "beach", "sunset", taken="2020-01-01T10:00")
    house.shelf.put("new", "labrador", caption="A puppy, seaside", taken="2026-01-01T10:00")
    house.shelf.put("other", "couch", caption="A cat", taken="2026-02-01T10:00")
    house.shelf.put("far", "road", caption="Cars", taken="2026-02-01T10:00")
    house.settle()

    assert house.shelf.names("dog beach sunset") == ["old", "new"]
    assert house.shelf.names("dog beach sunset", order=HitOrder.DATE) == ["new", "old"]
    assert house.shelf.find("dog beach sunset", limit=1).total == 2


def test_exact_words_are_not_replaced_by_what_is_near(house: House) -> None:
    fill(house)
    house.settle()

    assert house.shelf.names('"puppy seaside"') == []


def test_a_photo_that_changes_its_words_gets_another_vector(house: House) -> None:
    fill(house)
    house.settle()
    assert house.counts() == (3, 0, 0)
    house.shelf.put("late", "tree", caption="A tree")
    assert house.counts() == (3, 1, 0)
    asked = len(house.embedder.asked)
    house.settle()
    assert len(house.embedder.asked) == asked + 1
    assert house.counts() == (4, 0, 0)


def test_another_model_makes_all_vectors_anew(house: House) -> None:
    fill(house)
    house.settle()
    house.move_to("qwen3-embedding:0.6b")
    house.settle()

    assert house.counts() == (3, 0, 0)
    assert house.embedder.asked[-1][0].startswith("Cars"), "its documents have no prefix"
    assert house.shelf.names("puppy seaside jumping") == ["run"]


@pytest.mark.parametrize("error", [Unreadable("NaN"), ProcessKilled("EOF"), BadReply("short")])
def test_one_bad_text_costs_no_other_its_vector(house: House, error: Exception) -> None:
    fill(house)
    house.embedder.faults = {"couch": error}  # type: ignore[dict-item]
    house.settle()

    assert house.counts() == (2, 0, 1)
    assert house.shelf.names("sofa") == ["nap"], "by its words it is still found"
    house.settle()
    assert house.counts() == (2, 0, 1), "and it is not tried for ever"


def test_a_model_that_can_do_nothing_marks_no_photo(house: House) -> None:
    fill(house)
    house.embedder.faults = {"": Unreadable("NaN")}

    assert house.indexer.step() > 0
    assert house.counts() == (0, 3, 0)
    assert house.indexer.report().trouble.startswith("embeddinggemma makes no vectors")


def test_a_missing_model_is_told_once_and_comes_back(house: House) -> None:
    fill(house)
    house.embedder.error = Unavailable("not found", remedy="run: ollama pull embeddinggemma")
    for _ in range(3):
        assert house.indexer.step() > 0
    house.embedder.error = None
    house.settle()

    told = house.events.named("embedder.changed")
    assert [event.reason for event in told] == ["not found", ""]
    assert house.counts() == (3, 0, 0)


def test_vectors_wait_while_photos_wait(house: House) -> None:
    fill(house)
    house.photos_waiting = 3
    assert house.indexer.step() > 0
    assert house.embedder.asked == []
    house.photos_waiting = 0
    house.settle()
    assert house.counts() == (3, 0, 0)


def test_without_the_model_words_answer_and_say_so(house: House) -> None:
    fill(house)
    house.settle()
    house.embedder.error = Unavailable("no model server answers")

    found = house.shelf.find("labrador")
    assert found.total == 1
    assert found.meaning_trouble == "no model server answers"
    asked = len(house.embedder.asked)
    house.shelf.find("surf")
    assert len(house.embedder.asked) == asked, "nobody waits for the same failure again"
    house.embedder.error = None
    house.clock.advance(REST_SECONDS)
    assert house.shelf.find("surf").meaning_trouble == ""


def test_a_query_is_not_waited_for_longer_than_allowed_and_is_there_later() -> None:
    class Slow(FakeEmbedder):
        gate = threading.Event()

        def embed(self, texts: Sequence[str]) -> list[Vector]:
            self.gate.wait(30)
            return super().embed(texts)

    slow = Slow()
    queries = QueryEmbedder(
        embedder=slow, family=family_of(GEMMA), clock=FakeClock(), wait_seconds=0.0
    )
    with pytest.raises(Unavailable, match="did not answer within 0 s"):
        queries.vector("dog")
    asked = queries._asked["dog"]
    slow.gate.set()
    asked.result(30)

    assert queries.vector("dog")
    assert slow.asked == [["task: search result | query: dog"]]
    queries.close()
    with pytest.raises(Unavailable):
        queries.vector("cat")


def test_not_what_i_meant_is_remembered_for_queries_like_it_and_can_be_forgotten(
    house: House,
) -> None:
    house.shelf.put("cake", "dog", "beach", caption="A cake that looks like a dog on a beach")
    house.shelf.put("real", "dog", "beach", caption="A dog at the beach")
    query = house.shelf.finder.understood("dog beach")
    cake = house.shelf.assets["cake"]

    house.interpreter.refuse(cake, query)

    assert house.shelf.names("dog beach") == ["real", "cake"]
    assert house.shelf.names("海边的狗狗") == ["real", "cake"]
    assert house.shelf.names("cake")[0] == "cake"
    assert house.interpreter.forgive(cake, query)
    assert not house.interpreter.forgive(cake, query)
    assert set(house.shelf.names("dog beach")) == {"real", "cake"}


def test_similar_photos_without_the_photo_itself(house: House) -> None:
    fill(house)
    house.shelf.put("swim", "labrador", caption="dog waves sea sand")
    run = house.shelf.assets["run"]

    by_words = house.shelf.finder.similar(run, limit=5)
    house.settle()
    by_meaning = house.shelf.finder.similar(run, limit=5)

    assert by_words is not None
    assert by_words.is_loose
    assert by_meaning is not None
    for found in (by_words, by_meaning):
        assert [hit.asset for hit in found.hits] == [house.shelf.assets["swim"]]
    assert house.shelf.finder.similar(run + 99, limit=5) is None  # type: ignore[arg-type]


def test_a_photo_that_is_gone_is_near_nothing(house: House) -> None:
    fill(house)
    house.settle()
    house.shelf.bench.miss(house.shelf.paths["run"], times=2)
    house.clock.advance(timedelta(minutes=5).total_seconds())
    house.store.search.catch_up(100)
    house.indexer.step()

    assert house.shelf.names("puppy seaside jumping") == []


def test_kin_are_known_by_name_and_while_they_are_asked() -> None:
    kin = Kin([GEMMA])
    inside: list[bool] = []

    class Watching(FakeEmbedder):
        def embed(self, texts: Sequence[str]) -> list[Vector]:
            inside.append(kin.is_asking)
            return super().embed(texts)

    embedder = KinEmbedder(embedder=Watching(), kin=kin)
    embedder.embed(["dog"])
    embedder.close()

    assert inside == [True]
    assert not kin.is_asking
    assert kin.knows("embeddinggemma:latest")
    assert not kin.knows("llava")
