"""Ways into the library, as a browser sees them."""

import re

import pytest

from doubles.gallery_house import GalleryHouse
from doubles.overview import MUNICH
from phototagd.domain.asset import Place
from phototagd.domain.gallery import SmallPicture
from phototagd.domain.sketch import Sketch

VIENNA = Place("Vienna", "Vienna", "Austria", "AT")


@pytest.fixture
def full(house: GalleryHouse) -> GalleryHouse:
    """Two years, two places, two pictures that are one."""
    shelf = house.shelf
    now = house.clock.now()
    shelf.put(
        "dog",
        caption="A dog",
        taken=f"2020-{now:%m-%d}T10:00:00",
        place=MUNICH,
        people=2,
        category="animal",
        camera=("Canon", "Canon EOS R5"),
    )
    shelf.put("cat", caption="A cat", taken="2021-01-02T10:00:00", place=VIENNA, people=7)
    shelf.put("kitten", caption="A kitten", taken="2022-01-02T10:00:00", place=VIENNA)
    for name in ("cat", "kitten"):
        picture = SmallPicture(b"", 4000, 3000, Sketch(12345, 999))
        house.store.sketches.note(shelf.assets[name], picture)
    return house


def captions(text: str) -> list[str]:
    return re.findall(r'<img [^>]*alt="([^"]+)"', text)


def test_everything_at_a_glance(full: GalleryHouse) -> None:
    text = full.browser.get("/explore").text

    assert "On this day" in text
    assert captions(text) == ["A dog"]
    for words in ("Germany", "Austria", "animal", "Canon EOS R5", "People: 2", "People: 5+"):
        assert words in text
    assert "/search?q=people%3A5%2B" in text


def test_an_empty_library_says_so(house: GalleryHouse) -> None:
    assert house.browser.get("/explore").status_code == 200
    assert "No photos of this day" in house.browser.get("/explore/on-this-day").text
    assert "No photo says where" in house.browser.get("/explore/places").text
    assert "Nothing looks alike" in house.browser.get("/explore/duplicates").text


def test_this_day_of_earlier_years(full: GalleryHouse) -> None:
    assert captions(full.browser.get("/explore/on-this-day").text) == ["A dog"]


def test_places_lead_down_to_their_photos(full: GalleryHouse) -> None:
    text = full.browser.get("/explore/places").text
    assert captions(text) == []
    assert text.index("Austria") < text.index("Germany")

    city = full.browser.get("/explore/places?at=Austria&at=Vienna&at=Vienna")
    assert captions(city.text) == ["A kitten", "A cat"]
    assert captions(full.browser.get("/explore/places?at=Germany&page=9").text) == ["A dog"]
    assert full.browser.get("/explore/places?at=Mars").status_code == 404


def test_countries_speak_the_language_of_the_page(full: GalleryHouse) -> None:
    full.browser.post("/language", {"language": "zh", "next": "/"})

    assert "奥地利" in full.browser.get("/explore/places").text
    assert captions(full.browser.get("/explore/places?at=奥地利").text) == ["A kitten", "A cat"]


def test_photos_that_look_alike_stand_side_by_side(full: GalleryHouse) -> None:
    text = full.browser.get("/explore/duplicates").text

    assert captions(text) == ["A cat", "A kitten"]
    assert "/photos/2026/may/kitten.jpg" in text
    assert "4000 \xd7 3000" in text
    assert "1 photo was not compared yet" in text
    for kind, shown in (("similar", 2), ("burst", 0), ("copies", 0), ("nonsense", 2)):
        page = full.browser.get(f"/explore/duplicates?kind={kind}&page=77").text
        assert len(captions(page)) in {0, shown}, kind


def test_searches_are_saved_listed_and_removed(full: GalleryHouse) -> None:
    assert 'action="/searches/save"' in full.browser.get("/search?q=dog").text

    saved = full.browser.post("/searches/save", {"name": "<Mine>", "q": "dog", "order": "date"})
    assert saved.headers["location"] == "/search?q=dog&order=date"
    text = full.browser.get("/explore").text
    assert "&lt;Mine&gt;" in text
    assert "/search?q=dog&amp;order=date" in text

    full.browser.post("/searches/remove", {"name": "<Mine>"})
    assert "Mine" not in full.browser.get("/explore").text
    assert full.browser.post("/searches/save", {"name": "x" * 101, "q": "a"}).status_code == 303
    assert full.browser.post("/searches/save", {"name": "", "q": ""}).status_code == 303


def test_private_photos_stay_out_of_all_of_it(full: GalleryHouse) -> None:
    now = full.clock.now()
    passport = full.shelf.put(
        "p",
        caption="Passport",
        taken=f"2019-{now:%m-%d}T10:00:00",
        place=Place("Bonn", "", "Germany", "DE"),
        is_private=True,
    )
    picture = SmallPicture(b"", 4000, 3000, Sketch(12345, 999))
    full.store.sketches.note(passport, picture)
    pages = ("", "/on-this-day", "/places?at=Germany", "/duplicates")

    for page in pages:
        text = full.browser.get(f"/explore{page}").text
        assert "Passport" not in text, page
        assert "Bonn" not in text, page
        assert "may/p.jpg" not in text, page

    full.show_private()
    for page in pages:
        text = full.browser.get(f"/explore{page}").text
        assert "Passport" in text or "2 photos" in text, page
    assert "Bonn" in full.browser.get("/explore/places?at=Germany").text
