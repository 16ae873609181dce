"""Small pictures: which copy they are made of, and what is made before anybody looks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles.gallery_house import GalleryHouse
from doubles.photos import arrival
from phototagd.domain.errors import NotYet, Unreadable
from phototagd.domain.gallery import Sight, ThumbnailSize
from phototagd.flow.showing.ahead import BUSY_SECONDS, IDLE_SECONDS, ThumbnailsAhead


@pytest.fixture
def house(tmp_path: Path) -> Iterator[GalleryHouse]:
    with GalleryHouse(tmp_path) as house:
        yield house


class Ahead:
    """The loop's step, with time or without."""

    def __init__(self, house: GalleryHouse) -> None:
        self.house = house
        self.has_time = True
        self._ahead = ThumbnailsAhead(
            gallery=house.store.gallery,
            thumbnails=house.thumbnails,
            shelf=house.small,
            has_time=lambda: self.has_time,
        )

    def run(self) -> float:
        """Work until it wants to rest."""
        while (rest := self._ahead.step()) == 0:
            pass
        return rest

    @property
    def made(self) -> list[bytes]:
        return [path.rsplit(b"/", 1)[-1] for path, _ in self.house.maker.asked]


def test_a_copy_that_cannot_be_read_gives_way_to_the_next(house: GalleryHouse) -> None:
    asset = house.shelf.put("a")
    house.shelf.bench.catalogue.take_in([arrival(b"b.jpg", "a")])
    house.maker.errors[b"/photos/2026/may/a.jpg"] = NotYet("it is away")

    assert house.thumbnails.picture(asset, ThumbnailSize.VIEW, Sight()) is not None

    house.maker.errors[b"/photos/2026/may/b.jpg"] = Unreadable("it is broken")
    house.small.kept.clear()
    with pytest.raises(NotYet, match="away"):
        house.thumbnails.picture(asset, ThumbnailSize.VIEW, Sight())


def test_tiles_are_made_newest_first_and_once(house: GalleryHouse) -> None:
    house.shelf.put("none")
    house.shelf.put("old", taken="1999-05-03T10:00:00")
    house.shelf.put("new", taken="2026-05-03T10:00:00")
    ahead = Ahead(house)

    assert ahead.run() == IDLE_SECONDS
    assert ahead.made == [b"new.jpg", b"old.jpg", b"none.jpg"]

    house.shelf.put("newer", taken="2026-05-04T10:00:00")
    ahead.run()
    ahead.run()
    assert ahead.made == [b"new.jpg", b"old.jpg", b"none.jpg", b"newer.jpg"]


def test_the_model_comes_first(house: GalleryHouse) -> None:
    house.shelf.put("a")
    ahead = Ahead(house)
    ahead.has_time = False

    assert ahead.run() == BUSY_SECONDS
    assert ahead.made == []


def test_private_photos_are_not_made_ahead(house: GalleryHouse) -> None:
    house.shelf.put("a", is_private=True)
    ahead = Ahead(house)

    ahead.run()

    assert ahead.made == []


def test_a_broken_photo_holds_up_no_other(house: GalleryHouse) -> None:
    house.shelf.put("good", taken="1999-05-03T10:00:00")
    house.shelf.put("bad", taken="2026-05-03T10:00:00")
    house.maker.errors[b"/photos/2026/may/bad.jpg"] = Unreadable("it is broken")
    ahead = Ahead(house)

    ahead.run()
    ahead.run()

    assert ahead.made == [b"bad.jpg", b"good.jpg"]


def test_a_full_shelf_is_left_as_it_is(house: GalleryHouse) -> None:
    """Or pictures that were looked at would give way to those that never were."""
    house.small.room = 1
    house.shelf.put("a", taken="1999-05-03T10:00:00")
    house.shelf.put("b", taken="2026-05-03T10:00:00")
    ahead = Ahead(house)

    assert ahead.run() == IDLE_SECONDS
    assert ahead.made == [b"b.jpg"]
