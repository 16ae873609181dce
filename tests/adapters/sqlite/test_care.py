"""Housekeeping: what is forgotten, and what is kept on purpose."""

from datetime import timedelta

from doubles.photos import arrival
from doubles.store import Bench
from phototagd.domain.inspection import Inspection
from phototagd.domain.job import Dead

DAY = timedelta(days=1)


def count(bench: Bench, table: str) -> int:
    (rows,) = bench.store._database.read(
        lambda c: c.execute(f"SELECT count(*) FROM {table}").fetchone()
    )
    return int(rows)


def test_a_checkpoint_empties_the_log(bench: Bench) -> None:
    bench.catalogue.take_in([arrival()])
    assert bench.store.care.size()["wal"] > 0

    bench.store.care.checkpoint()

    size = bench.store.care.size()
    assert size["wal"] == 0
    assert size["database"] > 0


def test_photos_gone_for_long_are_forgotten_and_their_words_kept(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.tag(arrived.asset)
    bench.miss(arrived.path, times=2)

    assert bench.store.care.prune(bench.clock.now()) == 0
    bench.clock.advance(DAY.total_seconds())
    assert bench.store.care.prune(bench.clock.now()) == 2  # the path and the question

    assert (count(bench, "path"), count(bench, "job")) == (0, 0)
    (back,) = bench.catalogue.take_in([arrival()])
    assert (back.asset, back.how) == (arrived.asset, "back")
    assert bench.claim() is None


def test_photos_without_words_are_forgotten_entirely(bench: Bench) -> None:
    (arrived,) = bench.catalogue.take_in([arrival()])
    bench.miss(arrived.path, times=2)

    bench.store.care.prune(bench.clock.now() + DAY)

    assert (count(bench, "asset"), count(bench, "identity")) == (0, 0)
    assert count(bench, "folder") == 1
    assert bench.catalogue.take_in([arrival()])[0].how == "new"


def test_what_a_person_must_still_see_is_kept(bench: Bench) -> None:
    bench.catalogue.take_in([arrival()])
    bench.queue.settle(bench.claimed(), Dead("a bomb"), bench.clock.now())

    bench.store.care.prune(bench.clock.now() + DAY)

    assert bench.states() == ["dead"]


def test_a_forgotten_path_is_no_longer_anybodys_origin(bench: Bench) -> None:
    (old,) = bench.catalogue.take_in([arrival()])
    bench.tag(old.asset)
    bench.write(old.path)
    bench.miss(old.path, times=2)
    (new,) = bench.catalogue.take_in([arrival(b"new.jpg")])
    assert new.moved_from == old.path

    bench.store.care.prune(bench.clock.now() + DAY)

    assert bench.catalogue.path(new.path).moved_from is None


def test_an_inspection_is_remembered_and_replaced(bench: Bench) -> None:
    care = bench.store.care
    assert care.last_inspection() is None
    care.record_inspection(Inspection(bench.clock.now(), ("page 3", "page 4")))
    care.record_inspection(Inspection(bench.clock.now()))

    assert care.last_inspection() == Inspection(bench.clock.now())


def test_the_usual_commit_is_known_after_ten_promises(bench: Bench) -> None:
    care = bench.store.care
    for _ in range(10):
        care.prove_writable()

    assert care.commit_seconds() == 0.0  # on a clock that stands still
