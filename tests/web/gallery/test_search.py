"""The search page: what was understood, what was found, why, and what was not meant."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from doubles.gallery_house import GalleryHouse
from phototagd.domain.asset import AssetId
from phototagd.domain.gallery import Tile
from phototagd.domain.search import Found, Hit, HitOrder, Query, Reason
from phototagd.web.gallery.pages.search import MOST_SHOWN, SHOWN
from phototagd.web.gallery.search_view import search_view


def page(
    house: GalleryHouse, query: str, headers: dict[str, str] | None = None, **more: Any
) -> str:
    answer = house.browser.get("/search", params={"q": query, **more}, headers=headers)
    assert answer.status_code == 200
    return unescape(answer.text)


def shown(text: str) -> list[int]:
    return [int(number) for number in re.findall(r'class="tile" href="/photos/(\d+)"', text)]


def test_chips_say_what_was_understood_and_can_be_taken_out(house: GalleryHouse) -> None:
    house.shelf.put("a", "dog", taken="2026-07-03T10:00:00")

    text = page(house, "dog last summer -cat", order="date")

    assert '<li class="chip"><span>dog</span>' in text
    assert "last summer <small>2026-06-01 to 2026-08-31</small>" in text
    assert '<li class="chip not"><span>-cat</span>' in text
    assert 'href="/search?q=last+summer+-cat&order=date" aria-label="Search without “dog”"' in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("dog last summer", "2026-06-01 至 2026-08-31"),
        ("dog before 2020", "2019-12-31 及以前"),
        ("dog in summer", "每年 6, 7, 8 月"),
        ("dog at night", "夜里"),
        ("dog people:2-3", "2 到 3 人"),
        ("dog nobody", "没有人"),
        ("dog place:Munich", "地点：Munich"),  # noqa: RUF001 -- as Chinese has it
    ],
)
def test_chips_speak_the_language_of_the_page(house: GalleryHouse, query: str, said: str) -> None:
    house.shelf.put("a", "dog", taken="2026-07-03T10:00:00")

    text = page(house, query, headers={"accept-language": "zh"})

    assert f"<small>{said}</small>" in text


def test_the_only_chip_stays(house: GalleryHouse) -> None:
    assert "Search without" not in page(house, "dog")


def test_each_photo_says_why_it_was_found(house: GalleryHouse) -> None:
    house.shelf.put("a", "puppy", caption="A dog", taken="2026-07-03T10:00:00")

    text = page(house, "puppy last summer")

    assert "keyword <em>puppy</em>" in text
    assert "taken <em>2026-07-03 10:00</em>" in text


def test_what_a_photo_has_not_is_no_reason_and_nearness_is_a_number() -> None:
    reasons = (
        Reason("not at night", "not", "at night"),
        Reason("dog", "keyword", "puppy"),
        Reason("dogs", "keyword", "dog"),
        Reason("dog", "meaning", "similar (0.61)"),
    )
    hit = Hit(AssetId(1), b"/a.jpg", "", None, 1.0, reasons)
    tile = Tile(AssetId(1), "v", "", 3, 2)

    view = search_view(
        Found(Query("dog"), (hit, replace(hit, asset=AssetId(2))), 2),
        [tile],
        order=HitOrder.RELEVANCE,
        limit=96,
        most=768,
    )

    [one] = view.hits
    assert [(why.where, why.found) for why in one.reasons] == [
        ("keyword", "puppy"),
        ("meaning", "0.61"),
    ]


def test_newest_first_or_best_first(house: GalleryHouse) -> None:
    best = house.shelf.put("a", "dog", taken="2020-07-03T10:00:00")
    newest = house.shelf.put("b", caption="A child with a dog", taken="2026-07-03T10:00:00")

    assert shown(page(house, "dog")) == [best, newest]
    text = page(house, "dog", order="date")
    assert shown(text) == [newest, best]
    assert 'href="/search?q=dog&order=date" aria-current="true"' in text
    assert shown(page(house, "dog", order="sideways")) == [best, newest]


def test_more_are_shown_on_demand(house: GalleryHouse) -> None:
    for number in range(SHOWN + 3):
        house.shelf.put(f"p{number}", "dog")

    text = page(house, "dog")

    assert len(shown(text)) == SHOWN
    assert f"limit={2 * SHOWN}" in text
    assert len(shown(page(house, "dog", limit=2 * SHOWN))) == SHOWN + 3
    for odd in ("0", "-5", "x", "9" * 30):
        assert len(shown(page(house, "dog", limit=odd))) == SHOWN
    assert len(shown(page(house, "dog", limit=MOST_SHOWN * 9))) == SHOWN + 3


def test_a_photo_that_was_not_meant_goes_last_until_it_is_meant_again(house: GalleryHouse) -> None:
    first = house.shelf.put("a", "dog")
    second = house.shelf.put("b", caption="A child with a dog")
    assert shown(page(house, "dog")) == [first, second]

    answer = house.browser.post("/search/not-this", {"q": "dog", "asset": str(first)})

    assert answer.headers["location"] == f"/search?q=dog&order=relevance&refused={first}"
    text = house.browser.get(answer.headers["location"]).text
    assert shown(text) == [second, first]
    assert "Remembered" in text

    form = {"q": "dog", "asset": str(first), "is_meant": "yes"}
    answer = house.browser.post("/search/not-this", form)
    assert answer.headers["location"] == "/search?q=dog&order=relevance"
    assert shown(page(house, "dog")) == [first, second]


@pytest.mark.parametrize(
    "form",
    [{}, {"q": "dog"}, {"asset": "1"}, {"q": "dog", "asset": "x"}, {"q": "a", "asset": "9" * 40}],
)
def test_a_senseless_verdict_is_none(house: GalleryHouse, form: dict[str, str]) -> None:
    house.shelf.put("a", "dog")

    assert house.browser.post("/search/not-this", form).headers["location"] == "/"
    unknown = house.browser.post("/search/not-this", {"q": "dog", "asset": "77"})
    assert "refused" not in unknown.headers["location"]


def test_photos_like_one_are_those_that_share_its_words(house: GalleryHouse) -> None:
    asset = house.shelf.put("a", "dog", "beach", caption="A dog at the sea")
    like = house.shelf.put("b", "dog", "beach")
    house.shelf.put("c", "church")
    private = house.shelf.put("d", "dog", "beach", caption="Ada's passport", is_private=True)

    text = house.browser.get(f"/photos/{asset}/similar").text

    assert shown(text) == [like]
    assert "A dog at the sea" in text
    assert "passport" not in text
    assert house.browser.get(f"/photos/{private}/similar").status_code == 404
    assert house.browser.get("/photos/99/similar").status_code == 404


def test_private_photos_are_judged_by_nobody_who_may_not_see_them(house: GalleryHouse) -> None:
    private = house.shelf.put("a", "passport", is_private=True)

    answer = house.browser.post("/search/not-this", {"q": "passport", "asset": str(private)})

    assert "refused" not in answer.headers["location"]
    assert house.store.vectors.refusals() == []


def test_what_is_not_found_yet_is_told(
    house: GalleryHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = house.shelf.put("a", "dog")
    hit = Hit(asset, b"/a.jpg", "", None, 1.0, ())
    found = Found(Query("dog"), (hit,), 1, undated=1, not_indexed=1200, without_meaning=3)
    monkeypatch.setattr(house.showroom, "search", lambda *_, **__: found)

    text = page(house, "dog")

    assert "1 more photo would fit, but it is not known when it was taken." in text
    assert "1,200 photos were not looked at by the model yet." in text
    assert "3 photos are found by their words alone so far." in text

    troubled = replace(found, meaning_trouble="the embedding model did not answer within 1 s")
    monkeypatch.setattr(house.showroom, "search", lambda *_, **__: troubled)
    text = page(house, "dog")
    assert "search by meaning does not answer" in text
    assert "so far" not in text
