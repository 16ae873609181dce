"""The library as a whole, on a real store: this day, places, facets, what looks alike."""

from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.gazetteer import FakeGazetteer
from doubles.photos import arrival
from doubles.shelf import Shelf
from phototagd.adapters.gazetteer import country_name
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import AssetId, Place
from phototagd.domain.gallery import Sight, SmallPicture
from phototagd.domain.likeness import Likeness
from phototagd.domain.overview import PlaceCount
from phototagd.domain.sketch import Sketch
from phototagd.flow.finding.guide import Guide
from phototagd.flow.finding.place_names import PlaceNames

STRANGER, OWNER = Sight(), Sight(sees_private=True)
MUNICH = Place("Munich", "Bavaria", "Germany", "DE")
IN_CHINESE = Place("慕尼黑", "巴伐利亚", "德国", "DE")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    clock = FakeClock()
    with Store.open(tmp_path / "phototagd.db", clock=clock) as store:
        yield Shelf(store, clock)


@pytest.fixture
def guide(shelf: Shelf) -> Guide:
    return Guide(
        store=shelf.store.overview,
        gallery=shelf.store.gallery,
        sketches=shelf.store.sketches,
        index=shelf.store.search,
        names=PlaceNames(
            gazetteers={"en": FakeGazetteer(MUNICH), "zh": FakeGazetteer(IN_CHINESE)},
            country=country_name,
        ),
        clock=shelf.bench.clock,
        zone=UTC,
    )


def looks(shelf: Shelf, name: str, phash: int, size: tuple[int, int] = (4000, 3000)) -> AssetId:
    asset = shelf.assets[name]
    shelf.store.sketches.note(asset, SmallPicture(b"", *size, Sketch(phash, 0)))
    return asset


def test_today_looks_back_and_another_day_too(shelf: Shelf, guide: Guide) -> None:
    today = shelf.bench.clock.now().date()
    first = shelf.put("a", taken=f"2020-{today:%m-%d}T00:00:00", caption="A dog")
    second = shelf.put("b", taken=f"2020-{today:%m-%d}T23:59:59")
    shelf.put("c", taken=f"2020-{today:%m-%d}T12:00:00", is_private=True)
    leap = shelf.put("d", taken="2020-02-29T12:00:00")
    shelf.put("e", taken=f"{today}T12:00:00")

    [one] = guide.on_this_day(None, most=1, sight=STRANGER)
    assert (one.day, one.count) == (today.replace(year=2020), 2)
    assert [(photo.asset, photo.caption) for photo in one.photos] == [(first, "A dog")]
    [one] = guide.on_this_day(None, most=9, sight=OWNER)
    assert [one.photos[0].asset, one.photos[-1].asset, one.count] == [first, second, 3]
    [one] = guide.on_this_day(date(2023, 2, 28), most=9, sight=STRANGER)
    assert (one.day, one.photos[0].asset) == (date(2020, 2, 29), leap)


def test_a_library_without_times_has_no_such_day(shelf: Shelf, guide: Guide) -> None:
    shelf.put("a")
    assert guide.on_this_day(None, most=9, sight=OWNER) == []
    assert [month.name for month in guide.timeline(OWNER)] == ["undated"]


def test_places_are_counted_and_opened_by_sight(shelf: Shelf, guide: Guide) -> None:
    old = shelf.put("a", place=MUNICH, taken="2019-01-01T00:00:00")
    new = shelf.put("b", place=MUNICH, taken="2020-01-01T00:00:00")
    shelf.put("c", place=Place("Bonn", "", "Germany", "DE"), is_private=True)
    shelf.put("d")

    [germany] = guide.places("en", STRANGER)
    assert (germany.name, germany.count, germany.cover) == ("Germany", 2, new)
    assert guide.at_places(germany.wanted, STRANGER) == [new, old]
    [germany] = guide.places("zh", OWNER)
    assert (germany.name, germany.count) == ("德国", 3)
    assert len(guide.at_places(germany.wanted, OWNER)) == 3
    assert guide.at_places([], OWNER) == []


def test_counts_follow_the_library(shelf: Shelf, guide: Guide) -> None:
    shelf.put("a", place=MUNICH, people=0, category="animal")
    assert guide.places("en", STRANGER)[0].count == 1
    shelf.put("b", place=MUNICH, people=9, category="animal")
    assert guide.places("en", STRANGER)[0].count == 2
    facets = guide.facets(STRANGER)
    assert [(one.value, one.count) for one in facets.categories] == [("animal", 2)]
    assert [(one.value, one.query) for one in facets.people] == [
        ("0", "people:0"),
        ("5+", "people:5+"),
    ]


def test_every_facet_leads_to_as_many_photos(shelf: Shelf, guide: Guide) -> None:
    shelf.put("a", people=2, category="animal", camera=("Canon", "Canon EOS R5"))
    shelf.put("b", people=7, category="street scene", camera=("Canon", "Canon EOS R5"))
    shelf.put("c", people=6, category="animal", camera=("Nikon", "Z 6"))
    shelf.put("d")

    facets = guide.facets(STRANGER)
    assert [one.value for one in facets.cameras] == ["Canon EOS R5", "Nikon Z 6"]
    for tally in (*facets.categories, *facets.cameras, *facets.people):
        assert shelf.find(tally.query).total == tally.count, tally


def test_groups_by_sort_in_order_of_size(shelf: Shelf, guide: Guide) -> None:
    for name in ("small", "large", "secret", "other", "twice"):
        shelf.put(name, is_private=name == "secret")
    shelf.bench.catalogue.take_in([arrival(b"again.jpg", "twice", folder=b"copies")])
    small, large = looks(shelf, "small", 1, (400, 300)), looks(shelf, "large", 3)
    secret = looks(shelf, "secret", 2)
    looks(shelf, "other", 0xFFFF_0000_FFFF)

    found = guide.like_groups(None, start=0, most=9, sight=STRANGER)
    assert (found.total, found.not_compared) == (2, 1)
    copies, similar = found.groups
    assert [copy.path for copy in copies.photos[0].copies] == [
        b"/photos/2026/may/twice.jpg",
        b"/photos/copies/again.jpg",
    ]
    assert copies.likeness is Likeness.COPIES
    assert [photo.asset for photo in similar.photos] == [large, small]
    assert similar.photos[0].copies[0].size > 0

    found = guide.like_groups(Likeness.SIMILAR, start=0, most=9, sight=OWNER)
    assert {photo.asset for photo in found.groups[0].photos} == {small, large, secret}
    assert guide.like_groups(None, start=1, most=1, sight=STRANGER).groups == (similar,)
    assert guide.like_groups(None, start=7, most=1, sight=STRANGER).groups == ()


def test_what_is_learnt_later_is_compared(shelf: Shelf, guide: Guide) -> None:
    shelf.put("a")
    shelf.put("b")
    looks(shelf, "a", 1)
    assert guide.like_groups(None, start=0, most=9, sight=STRANGER).total == 0
    looks(shelf, "b", 1)
    assert guide.like_groups(None, start=0, most=9, sight=STRANGER).total == 1


@pytest.mark.parametrize("phash", [0, 1, 2**63 - 1, 2**63, 2**64 - 1])
def test_sketches_come_back_as_they_were(shelf: Shelf, phash: int) -> None:
    shelf.put("a", taken="2020-01-01T00:00:00", camera=("Canon", "R5"))
    asset = looks(shelf, "a", phash)
    [known] = shelf.store.sketches.sketched(STRANGER)
    assert (known.asset, known.sketch.phash, known.camera) == (asset, phash, "Canon\nR5")
    assert shelf.store.sketches.has(asset)
    assert not shelf.store.sketches.has(AssetId(99))
    assert shelf.store.gallery.tiles([asset], STRANGER)[0].width == 4000


def count(place: Place, latitude: float | None = 48.1) -> PlaceCount:
    return PlaceCount(place, 1, AssetId(1), 0, latitude, 11.5)


def test_only_the_gazetteers_own_names_are_translated() -> None:
    english, chinese = FakeGazetteer(MUNICH), FakeGazetteer(IN_CHINESE)
    names = PlaceNames(gazetteers={"en": english, "zh": chinese}, country=country_name)
    mine = Place("Minga", "", "Deutschland", "DE")

    assert names.named(count(MUNICH), "en") == MUNICH
    assert chinese.asked == 0
    assert names.named(count(MUNICH), "zh") == IN_CHINESE
    assert names.named(count(MUNICH, None), "zh") == IN_CHINESE  # remembered
    assert names.named(count(IN_CHINESE), "en") == MUNICH
    assert names.named(count(mine), "zh") == Place("Minga", "", "德国", "DE")
    assert names.named(count(mine), "fr") == mine
