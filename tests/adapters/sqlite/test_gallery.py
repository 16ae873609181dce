"""The timeline on a real database: order, neighbours, versions, and who sees what."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.photos import arrival
from doubles.shelf import Shelf
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import UNDATED, Month, MonthPhotos, Sight

STRANGER, OWNER = Sight(), Sight(sees_private=True)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    clock = FakeClock()
    with Store.open(tmp_path / "phototagd.db", clock=clock) as store:
        yield Shelf(store, clock)


def test_months_are_counted_newest_first_and_again_when_they_change(shelf: Shelf) -> None:
    gallery = shelf.store.gallery
    shelf.put("a", taken="2026-05-03T10:00:00")
    shelf.put("b", taken="2026-05-31T23:59:59")
    shelf.put("c", taken="2026-06-01T00:00:00")
    shelf.put("d", taken="1905-06-01T00:00:00")
    shelf.put("e")

    assert gallery.months(STRANGER) == [
        Month("2026-06", 1, 1.5),
        Month("2026-05", 2, 3.0),
        Month("1905-06", 1, 1.5),
        Month(UNDATED, 1, 1.5),
    ]
    shelf.put("f", taken="2026-06-02T00:00:00")
    assert gallery.months(STRANGER)[0].count == 2


def test_a_month_holds_its_photos_and_no_others(shelf: Shelf) -> None:
    gallery = shelf.store.gallery
    first = shelf.put("a", taken="2026-05-01T00:00:00")
    last = shelf.put("b", taken="2026-05-31T23:59:59")
    shelf.put("c", taken="2026-06-01T00:00:00")

    assert gallery.month("2026-05", STRANGER) == MonthPhotos((last, first), (1.5, 1.5), (31, 1))
    for name in ("2026-07", "", "x", "2026-13", "\ud800", "2026-05-01'; --"):
        assert gallery.month(name, STRANGER) == MonthPhotos()


def test_neighbours_lead_through_all_photos(shelf: Shelf) -> None:
    """In both directions, from dated to undated ones."""
    gallery = shelf.store.gallery
    for number, taken in enumerate(["2026-05-03T10:00:00"] * 2 + ["1999-01-01T00:00:00", "", ""]):
        shelf.put(f"p{number}", taken=taken)
    expected = [AssetId(n) for n in (2, 1, 3, 5, 4)]

    walked = [expected[0]]
    while (sheet := gallery.photo(walked[-1], STRANGER)) and sheet.older:
        walked.append(sheet.older)

    assert walked == expected
    for newer, older in pairwise(expected):
        sheet = gallery.photo(older, STRANGER)
        assert sheet is not None
        assert sheet.newer == newer


def test_a_private_photo_is_nowhere_but_in_its_owners_sight(shelf: Shelf) -> None:
    gallery = shelf.store.gallery
    shelf.put("a", taken="2026-05-01T00:00:00")
    secret = shelf.put("b", taken="2026-05-02T00:00:00", is_private=True)
    shelf.put("c", taken="2026-05-03T00:00:00")

    assert gallery.months(STRANGER)[0].count == 2
    assert secret not in gallery.month("2026-05", STRANGER).assets
    assert gallery.tiles([secret], STRANGER) == []
    assert gallery.photo(secret, STRANGER) is None
    assert gallery.copies(secret, STRANGER) == []
    for asset in (1, 3):
        sheet = gallery.photo(AssetId(asset), STRANGER)
        assert sheet is not None
        assert secret not in (sheet.newer, sheet.older)

    assert gallery.months(OWNER)[0].count == 3
    [tile] = gallery.tiles([secret], OWNER)
    assert tile.is_private
    assert gallery.copies(secret, OWNER) == [b"/photos/2026/may/b.jpg"]
    sheet = gallery.photo(AssetId(1), OWNER)
    assert sheet is not None
    assert sheet.newer == secret


def test_a_version_changes_with_the_file_and_with_nothing_else(shelf: Shelf) -> None:
    gallery = shelf.store.gallery
    asset = shelf.put("a")
    [before] = gallery.tiles([asset], STRANGER)
    shelf.put("b")
    [same] = gallery.tiles([asset], STRANGER)
    shelf.bench.catalogue.take_in([arrival(b"a.jpg", "a", size=4711)])
    shelf.store.search.catch_up(10)
    [after] = gallery.tiles([asset], STRANGER)

    assert before.version == same.version
    assert after.version != before.version
    assert gallery.tiles([AssetId(2**70), AssetId(-1)], STRANGER) == []


def test_copies_of_private_photos_are_told_from_others(shelf: Shelf) -> None:
    gallery = shelf.store.gallery
    shelf.put("a", is_private=True)
    shelf.put("b")
    root = b"/photos/2026/may/"
    files = {root + b"a.jpg", root + b"b.jpg", b"/nowhere/c.jpg"}

    assert gallery.hidden(files, STRANGER) == {root + b"a.jpg"}
    assert gallery.hidden(files, OWNER) == frozenset()


def test_a_month_that_is_too_full_comes_as_its_days(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phototagd.adapters.sqlite.showing.gallery._FULL_MONTH", 2)
    gallery = shelf.store.gallery
    first = shelf.put("a", taken="2026-05-03T00:00:00")
    shelf.put("b", taken="2026-05-03T23:59:59", is_private=True)
    last = shelf.put("c", taken="2026-05-31T12:00:00")
    for number in range(2):
        shelf.put(f"june{number}", taken="2026-06-01T00:00:00")

    assert [(m.name, m.count) for m in gallery.months(STRANGER)] == [("2026-06", 2), ("2026-05", 2)]
    assert [(m.name, m.count) for m in gallery.months(OWNER)] == [
        ("2026-06", 2),
        ("2026-05-31", 1),
        ("2026-05-03", 2),
    ]
    assert gallery.month("2026-05-31", OWNER).assets == (last,)
    assert gallery.month("2026-05-03", STRANGER) == MonthPhotos((first,), (1.5,), (3,))
    for name in ("2026-05-99", "xxxx-xx-xx", "2026-05-04"):
        assert gallery.month(name, OWNER) == MonthPhotos()
