"""The ledger in memory keeps the promises of the real one."""

from datetime import UTC, datetime

import pytest

from doubles.ledger import FakeLedger
from doubles.photos import arrival
from doubles.store import Bench
from phototagd.domain.amending import ChangeCause, Orders, Origin, PersonsEdit, SidecarChange
from phototagd.domain.asset import PathId
from phototagd.ports import Ledger

NAME, NEW_NAME = b"a.jpg.xmp", b"b.jpg.xmp"
Made = tuple[Ledger, PathId, PathId]


def real(bench: Bench) -> Made:
    paths = bench.catalogue.take_in([arrival(b"a.jpg", "a"), arrival(b"b.jpg", "b")])
    return bench.store.ledger, paths[0].path, paths[1].path


def fake(_: Bench) -> Made:
    return FakeLedger(), PathId(1), PathId(2)


@pytest.fixture(params=[real, fake])
def made(request: pytest.FixtureRequest, bench: Bench) -> Made:
    ledger: Made = request.param(bench)
    return ledger


def change(path: PathId, before: str, after: str) -> SidecarChange:
    at = datetime(2026, 5, 1, tzinfo=UTC)
    return SidecarChange(
        path, NAME, at, ChangeCause.TAGGED, digest_before=before, digest_after=after
    )


def test_nothing_is_ordered_and_nothing_known_at_first(made: Made) -> None:
    ledger, path, _ = made

    assert ledger.orders(path) == Orders()
    assert ledger.origin(path, NAME) is None
    assert ledger.history(path) == []


def test_the_last_origin_counts_and_none_leaves_it(made: Made) -> None:
    ledger, path, _ = made

    ledger.intend(change(path, "d0", "d1"), Origin(b"x", "d0"))
    ledger.intend(change(path, "d9", "d2"), None)

    assert ledger.origin(path, NAME) == Origin(b"x", "d0", "d0", "d1")
    ledger.intend(change(path, "d1", "d2"), Origin(b"x", "d0", is_mixed=True))
    assert ledger.origin(path, NAME) == Origin(b"x", "d0", "d1", "d2", is_mixed=True)


def test_withholding_and_lifting_are_done_once(made: Made) -> None:
    ledger, path, other = made

    assert [ledger.withhold([path, other]), ledger.withhold([path])] == [2, 0]
    assert ledger.orders(path).is_withheld
    assert [ledger.lift([path]), ledger.lift([path])] == [1, 0]
    assert not ledger.orders(path).is_withheld
    assert ledger.orders(other).is_withheld


def test_edits_add_up_and_lift(made: Made) -> None:
    ledger, path, other = made
    ledger.withhold([path])

    assert ledger.record_edit([path], PersonsEdit(add=("a",), caption="x")) == 1
    assert ledger.record_edit([path], PersonsEdit(remove=("a",))) == 1

    told = ledger.orders(path)
    assert told.edit == PersonsEdit(remove=("a",), caption="x")
    assert (told.last_edit, told.is_withheld) == (2, False)
    assert ledger.orders(other) == Orders()


def test_what_is_carried_is_not_carried_over_what_is_there(made: Made) -> None:
    ledger, path, other = made
    ledger.intend(change(path, "d0", "d1"), Origin(b"x", "d0"))
    ledger.withhold([path])

    for _ in range(2):
        ledger.carry(path, other, {NAME: NEW_NAME})

    assert ledger.origin(other, NEW_NAME) == Origin(b"x", "d0", "d0", "d1")
    assert ledger.orders(other).is_withheld
