"""What persons ordered, and what stood there before, is on disk and settled with the write."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from doubles.photos import arrival, sidecar
from doubles.store import Bench
from phototagd.domain.amending import (
    ChangeCause,
    Orders,
    Origin,
    PersonsEdit,
    SidecarChange,
    UndoOrder,
)
from phototagd.domain.asset import AssetId, PathId
from phototagd.domain.job import JobKind, Priority

NAME = b"IMG_1.jpg.xmp"
WORDS = {
    "keywords": ["dog"],
    "rejected": ["cat"],
    "model": "m1",
    "recipe": "abcdef",
    "tagged_at": "2026-05-01T10:00:00Z",
}
NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def path(bench: Bench) -> PathId:
    """A photo that was tagged and written."""
    bench.clock.set_wall(NOW)
    found = bench.catalogue.take_in([arrival()])[0]
    bench.tag(found.asset)
    write(bench, found.path, priority=Priority.NEW)
    return found.path


def write(bench: Bench, path: PathId, *, priority: Priority = Priority.PERSON) -> None:
    """Obey what was ordered, as the writer does."""
    lease = bench.claimed(JobKind.WRITE, priority)
    record = replace(
        sidecar(path, words=WORDS), orders=bench.store.ledger.orders(path), digests={NAME: "d2"}
    )
    assert bench.catalogue.record_sidecar(lease, record, bench.clock.now())


def change(path: PathId, *, before: str = "d1", after: str = "d2") -> SidecarChange:
    return SidecarChange(
        path=path,
        name=NAME,
        at=NOW,
        cause=ChangeCause.TAGGED,
        model="m1",
        recipe="abcdef",
        added=("dog", "Places|Oslo"),
        removed=("cat",),
        caption_before="Before \udcff",
        caption_after="After",
        digest_before=before,
        digest_after=after,
    )


def visibility(bench: Bench, asset: int = 1) -> str:
    row = bench.store._database.read(
        lambda c: c.execute("SELECT visibility FROM asset WHERE id = ?", (asset,)).fetchone()
    )
    return str(row["visibility"])


def test_an_origin_comes_back_as_it_was(bench: Bench, path: PathId) -> None:
    ledger = bench.store.ledger
    assert ledger.origin(path, NAME) is None

    ledger.intend(change(path), Origin(b"<x/>" * 100, "d0", is_mixed=True))
    kept = Origin(b"<x/>" * 100, "d0", previous="d1", written="d2", is_mixed=True)
    assert ledger.origin(path, NAME) == kept

    ledger.intend(change(path, before="", after="d3"), Origin(None))
    assert ledger.origin(path, NAME) == Origin(None, previous="", written="d3")
    ledger.intend(change(path, before="d3", after="d4"), None)
    assert ledger.origin(path, NAME) == Origin(None, previous="", written="d3")


def test_only_what_was_written_is_history(bench: Bench, path: PathId) -> None:
    """An intention that the next one does not start from never happened."""
    ledger = bench.store.ledger
    ledger.intend(change(path, before="d1", after="never"), None)
    ledger.intend(change(path, before="d1", after="d2"), None)
    assert ledger.history(path) == []

    bench.queue.enqueue_write(path, Priority.PERSON, bench.clock.now())
    write(bench, path)

    [told] = ledger.history(path)
    assert told == replace(change(path), caption_before="Before \\udcff")


def test_an_undo_holds_until_it_is_lifted_and_remembers_what_was_rejected(
    bench: Bench, path: PathId
) -> None:
    ledger = bench.store.ledger
    assert ledger.withhold([path]) == 1
    assert ledger.withhold([path]) == 0
    assert ledger.orders(path) == Orders(is_withheld=True, rejected=("cat",))
    assert ledger.outstanding() == 1
    write(bench, path)
    assert ledger.outstanding() == 0
    assert ledger.orders(path).is_withheld

    assert ledger.lift([path]) == 1
    assert ledger.lift([path]) == 0
    assert ledger.orders(path) == Orders(PersonsEdit(remove=("cat",)))
    write(bench, path)
    assert ledger.orders(path) == Orders()


def test_an_undo_forgets_edits_that_were_never_written(bench: Bench, path: PathId) -> None:
    bench.store.ledger.record_edit([path], PersonsEdit(add=("a",)))
    bench.store.ledger.withhold([path])

    assert bench.store.ledger.orders(path) == Orders(is_withheld=True, rejected=("cat",))


def test_an_edit_reaches_every_live_copy_and_is_kept_beside_what_the_model_said(
    bench: Bench, path: PathId
) -> None:
    other = bench.catalogue.take_in([arrival(b"copy.jpg")])[0].path
    bench.write(other)
    ledger = bench.store.ledger

    assert ledger.record_edit([path], PersonsEdit(add=("a",), caption="x")) == 2
    assert ledger.record_edit([path], PersonsEdit(add=("b",), remove=("a",))) == 2

    for copy in (path, other):
        edit = ledger.orders(copy).edit
        assert edit == PersonsEdit(add=("b",), remove=("a",), caption="x")
    write(bench, path)
    assert ledger.orders(path) == Orders()
    assert ledger.orders(other).last_edit == 2
    assert ledger.outstanding() == 1
    [first, _] = bench.store._database.read(
        lambda c: c.execute("SELECT * FROM edit ORDER BY id").fetchall()
    )
    assert first["recipe_key"] == "r1"
    assert '"keywords"' in first["said"]


def test_an_edit_that_comes_while_another_is_written_is_not_lost(
    bench: Bench, path: PathId
) -> None:
    ledger = bench.store.ledger
    ledger.record_edit([path], PersonsEdit(add=("a",)))
    lease = bench.claimed(JobKind.WRITE, Priority.PERSON)
    obeyed = ledger.orders(path)
    ledger.record_edit([path], PersonsEdit(add=("b",)))
    record = replace(sidecar(path, words=WORDS), orders=obeyed)
    assert bench.catalogue.record_sidecar(lease, record, bench.clock.now())

    assert ledger.orders(path).edit == PersonsEdit(add=("b",))
    write(bench, path)
    assert ledger.outstanding() == 0


def test_a_persons_verdict_beats_the_model_and_survives_in_the_sidecar(
    bench: Bench, path: PathId
) -> None:
    ledger = bench.store.ledger
    ledger.record_edit([path], PersonsEdit(is_private=True))
    assert visibility(bench) == "private"
    write(bench, path)
    assert ledger.orders(path).edit.is_private is True

    ledger.record_edit([path], PersonsEdit(is_private=False))
    bench.store._database.write(lambda c: c.execute("UPDATE asset SET visibility = 'private'"))

    assert visibility(bench) == "visible"


def test_a_verdict_found_in_a_sidecar_is_known_again_where_nobody_has_judged(
    bench: Bench, path: PathId
) -> None:
    bench.queue.enqueue_write(path, Priority.PERSON, bench.clock.now())
    lease = bench.claimed(JobKind.WRITE, Priority.PERSON)
    record = replace(sidecar(path, words=WORDS), verdict=True)
    assert bench.catalogue.record_sidecar(lease, record, bench.clock.now())
    assert visibility(bench) == "private"
    assert bench.store.ledger.orders(path).edit.is_private is True

    bench.store.ledger.record_edit([path], PersonsEdit(is_private=False))
    lease = bench.claimed(JobKind.WRITE, Priority.PERSON)
    assert bench.catalogue.record_sidecar(lease, record, bench.clock.now())
    assert visibility(bench) == "visible"


def test_paths_are_chosen_by_everything_that_is_said(bench: Bench, path: PathId) -> None:
    ledger = bench.store.ledger
    may = datetime(2026, 5, 1, tzinfo=UTC)

    assert ledger.tagged_paths(UndoOrder(model="m1")) == [path]
    assert ledger.tagged_paths(UndoOrder(recipe="abc", since=may, library=b"/photos")) == [path]
    assert ledger.tagged_paths(UndoOrder(model="m2")) == []
    assert ledger.tagged_paths(UndoOrder(recipe="bcd")) == []
    assert ledger.tagged_paths(UndoOrder(library=b"/other")) == []
    assert ledger.tagged_paths(UndoOrder(since=may + timedelta(days=1))) == []


def test_what_was_written_since_counts_whenever_it_was_tagged(bench: Bench, path: PathId) -> None:
    order = UndoOrder(since=NOW - timedelta(days=1))
    assert bench.store.ledger.tagged_paths(order) == []

    bench.store.ledger.intend(change(path), None)

    assert bench.store.ledger.tagged_paths(order) == [path]


def test_what_is_known_of_a_moved_photo_follows_it(bench: Bench, path: PathId) -> None:
    ledger = bench.store.ledger
    ledger.intend(change(path), Origin(b"x", "d0"))
    bench.queue.enqueue_write(path, Priority.PERSON, bench.clock.now())
    write(bench, path)
    ledger.withhold([path])
    target = bench.catalogue.take_in([arrival(b"new.jpg")])[0].path

    for _ in range(2):  # a job that is done twice carries once
        ledger.carry(path, target, {NAME: b"new.jpg.xmp"})

    assert ledger.orders(target).is_withheld
    assert ledger.origin(target, b"new.jpg.xmp") == Origin(b"x", "d0", "d1", "d2")
    assert [told.name for told in ledger.history(target)] == [b"new.jpg.xmp"]


def test_a_forgotten_photo_keeps_what_was_learnt_from_its_edits(bench: Bench, path: PathId) -> None:
    bench.store.ledger.record_edit([path], PersonsEdit(add=("a",)))
    bench.store._database.write(
        lambda c: [
            c.execute("DELETE FROM path"),
            c.execute("DELETE FROM tagging"),
            c.execute("DELETE FROM job"),
            c.execute("DELETE FROM asset WHERE id = ?", (AssetId(1),)),
        ]
    )

    [edit] = bench.store._database.read(lambda c: c.execute("SELECT * FROM edit").fetchall())
    assert (edit["asset_id"], edit["added"]) == (None, '["a"]')
