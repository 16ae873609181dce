"""The pages as a browser without script gets them."""

import pytest

from doubles.gallery_house import GalleryHouse
from phototagd.domain.errors import Unavailable, Unreadable
from phototagd.domain.gallery import ThumbnailSize
from phototagd.web.gallery.pages.timeline import FIRST_TILES, MONTH_TILES


def test_the_timeline_shows_months_newest_first_and_undated_last(house: GalleryHouse) -> None:
    house.shelf.put("old", caption="A castle", taken="1987-02-03T10:00:00")
    house.shelf.put("none", caption="A scan")
    house.shelf.put("new", caption="A dog", taken="2026-05-03T10:00:00")

    text = house.browser.get("/").text

    places = [
        text.index(word) for word in ("May 2026", "February 1987", "Date unknown</a> <small>")
    ]
    assert places == sorted(places)
    assert 'alt="A dog"' in text
    assert '<a href="/months/1987-02" data-month="1987-02">' in text


def test_an_empty_library_says_what_to_do(house: GalleryHouse) -> None:
    assert "No photos yet" in house.browser.get("/").text


def test_captions_are_escaped(house: GalleryHouse) -> None:
    """They come from a model that may have read them in the picture."""
    asset = house.shelf.put("a", '"><b>x', caption='"><script>alert(1)</script>')

    for page in ("/", f"/photos/{asset}", "/months/undated", '/search?q="><b>x'):
        text = house.browser.get(page).text
        assert "<script>alert" not in text
        assert "<b>" not in text


def test_a_first_page_has_few_pictures_and_month_pages_have_them_all(house: GalleryHouse) -> None:
    for number in range(MONTH_TILES + 4):
        house.shelf.put(f"p{number}", taken=f"2026-05-03T10:{number // 60:02}:{number % 60:02}")

    assert house.browser.get("/").text.count("<img") <= FIRST_TILES + 1
    first = house.browser.get("/months/2026-05").text
    second = house.browser.get("/months/2026-05?page=2").text
    assert (first.count("/thumbnails/"), second.count("/thumbnails/")) == (MONTH_TILES, 4)
    assert 'rel="next" href="/months/2026-05?page=2"' in first
    assert house.browser.get("/months/2026-05?page=99999").text == second.replace(
        "page=2", "page=99999"
    )


def test_month_pages_lead_on_to_their_neighbours(house: GalleryHouse) -> None:
    for month in ("2026-05", "2024-01", "1999-12"):
        house.shelf.put(month, taken=f"{month}-03T10:00:00")

    text = house.browser.get("/months/2024-01").text

    assert 'rel="prev" href="/months/2026-05"' in text
    assert 'rel="next" href="/months/1999-12"' in text
    assert house.browser.get("/months/2024-02").status_code == 404


def test_a_photo_has_its_words_and_its_neighbours(house: GalleryHouse) -> None:
    older = house.shelf.put("a", taken="2026-05-01T10:00:00")
    asset = house.shelf.put("b", "dog", caption="A dog", taken="2026-05-02T10:00:00")
    newer = house.shelf.put("c", taken="2026-05-03T10:00:00")

    text = house.browser.get(f"/photos/{asset}").text

    assert '<a href="/search?q=%22dog%22">dog</a>' in text
    assert f'rel="prev" href="/photos/{newer}"' in text
    assert f'rel="next" href="/photos/{older}"' in text
    assert house.browser.get("/photos/999").status_code == 404


def test_what_is_searched_for_is_shown(house: GalleryHouse) -> None:
    found = house.shelf.put("a", "dog", caption="A dog")
    other = house.shelf.put("b", "cat", caption="A cat")

    text = house.browser.get("/search?q=dog").text

    assert f'"/photos/{found}"' in text
    assert f'"/photos/{other}"' not in text
    assert "Nothing found" in house.browser.get("/search?q=zebra").text
    assert house.browser.get("/search?q=").headers["location"] == "/"


def test_scripts_get_columns(house: GalleryHouse) -> None:
    asset = house.shelf.put("a", caption="A dog", taken="2026-05-03T10:00:00")

    months = house.browser.get("/timeline/months.json").json()
    month = house.browser.get("/timeline/2026-05.json").json()
    [[number, version, caption, *_]] = house.browser.get(
        f"/timeline/tiles.json?ids={asset},77,x,-1,9999999999999999999999"
    ).json()

    assert months == {"names": ["2026-05"], "counts": [1], "aspects": [1.5]}
    assert month == {"ids": [asset], "aspects": [150], "days": [3]}
    assert (number, caption) == (asset, "A dog")
    assert f"/thumbnails/{version}/{asset}/256.webp" in house.browser.get("/").text


def test_a_thumbnail_is_made_once_and_kept_for_ever(house: GalleryHouse) -> None:
    asset = house.shelf.put("a")
    [[_, version, *_]] = house.browser.get(f"/timeline/tiles.json?ids={asset}").json()
    address = f"/thumbnails/{version}/{asset}/256.webp"

    answers = [house.browser.get(address) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].headers["content-type"] == "image/webp"
    assert answers[0].headers["cache-control"] == "private, max-age=31536000, immutable"
    assert house.maker.asked == [(b"/photos/2026/may/a.jpg", ThumbnailSize.TILE)]


def test_an_old_address_leads_to_the_new_picture(house: GalleryHouse) -> None:
    asset = house.shelf.put("a")

    answer = house.browser.get(f"/thumbnails/0000/{asset}/1440.webp")

    assert answer.status_code == 302
    assert house.browser.get(answer.headers["location"]).status_code == 200


def test_a_picture_that_cannot_be_made_is_not_there(house: GalleryHouse) -> None:
    """A drawing stands for it, and nobody remembers that for ever."""
    asset = house.shelf.put("a")
    house.maker.errors[b"/photos/2026/may/a.jpg"] = Unreadable("it is damaged")

    answer = house.browser.get(f"/thumbnails/0/{asset}/256.webp")

    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg ")
    assert "style" not in answer.text, "nothing that the policy of the pages forbids"
    assert house.browser.get("/thumbnails/0/77/256.webp").status_code == 404
    assert house.browser.get(f"/thumbnails/0/{asset}/257.webp").status_code == 404


@pytest.mark.parametrize(
    ("accepted", "word"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "搜索照片"), ("fr,en;q=0.5", "Search"), ("", "Search")],
)
def test_pages_speak_the_browsers_language(house: GalleryHouse, accepted: str, word: str) -> None:
    house.shelf.put("a", taken="2026-05-03T10:00:00")

    assert word in house.browser.get("/", headers={"accept-language": accepted}).text


def test_a_chosen_language_stays(house: GalleryHouse) -> None:
    house.shelf.put("a", taken="2026-05-03T10:00:00")

    answer = house.browser.post("/language", {"language": "zh", "next": "/months/2026-05"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/months/2026-05")
    assert "2026年5月" in house.browser.get("/months/2026-05").text
    house.browser.post("/language", {"language": "klingon"})
    assert "2026年5月" in house.browser.get("/months/2026-05").text


def test_a_store_that_is_away_is_told_in_words(
    house: GalleryHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable("the disk is full", remedy="make room")

    monkeypatch.setattr(house.showroom, "months", away)

    answer = house.browser.get("/")

    assert answer.status_code == 503
    assert "the disk is full" in answer.text
    assert "make room" in answer.text
