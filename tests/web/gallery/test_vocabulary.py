"""The vocabulary as a browser without script tends it."""

import re
from urllib.parse import urlencode

import pytest

from doubles.gallery_house import GalleryHouse
from phototagd.domain.errors import ConfigError
from phototagd.domain.gallery import Sight
from phototagd.domain.vocabulary import Entry, Order, Tended, TermOrigin, Verb

MERGE = {"verb": "merge", "words": ["yurt", "tipi"], "target": "tent", "next": "/vocabulary?find=y"}


def post(house: GalleryHouse, path: str, fields: dict[str, object]) -> tuple[int, str, str]:
    """Send a form; the status, the page, and where it leads."""
    answer = house.browser.request(
        "POST",
        path,
        content=urlencode(fields, doseq=True),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    return answer.status_code, answer.text, answer.headers.get("location", "")


def fields_in(page: str, action: str) -> dict[str, list[str]]:
    """What a form of a page would send."""
    form = re.search(rf'action="{action}".*?</form>', page, re.DOTALL)
    assert form is not None
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]):
        fields.setdefault(name, []).append(value)
    return fields


def test_words_are_listed_with_their_photos_and_all_their_names(house: GalleryHouse) -> None:
    text = house.browser.get("/vocabulary").text

    assert 'value="Animals|Dog"' in text
    assert '<span class="above">Animals' in text
    assert "= 狗" in text
    assert "hound" in text
    assert '<a class="photos" href="/search?q=%22Dog%22">12 photos</a>' in text
    assert 'value="yurt"' in text
    assert "Waiting" in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("state=waiting", ["yurt"]),
        ("state=kept", ["Animals|Dog"]),
        ("state=blocked", []),
        ("state=nonsense", ["Animals|Dog", "yurt"]),
        ("find=HOUND", ["Animals|Dog"]),
        ("find=狗", ["Animals|Dog"]),
        ("find=anim&state=waiting", []),
        ("page=99999", ["Animals|Dog", "yurt"]),
    ],
)
def test_the_list_is_narrowed(house: GalleryHouse, query: str, words: list[str]) -> None:
    text = house.browser.get(f"/vocabulary?{query}").text

    assert re.findall(r'name="words" value="([^"]+)"', text) == words


def test_a_long_list_has_pages(house: GalleryHouse) -> None:
    house.control.vocabulary.listed = [
        Entry(word=f"w{n}", path=f"w{n}", photos=1, state="kept", origin=TermOrigin.PERSON)
        for n in range(150)
    ]

    first = house.browser.get("/vocabulary").text
    second = house.browser.get("/vocabulary?state=&find=&page=2").text

    assert (first.count('name="words"'), second.count('name="words"')) == (100, 50)
    assert 'rel="next" href="/vocabulary?state=&find=&page=2"' in first


def test_a_change_is_seen_before_it_is_made(house: GalleryHouse) -> None:
    """With the photos that it concerns; the page's own form then asks for the same."""
    told = house.control.vocabulary.told
    order = Order(verb=Verb.MERGE, words=("yurt", "tipi"), target="tent")

    status, text, _ = post(house, "/vocabulary/preview", MERGE)

    assert (status, told) == (200, [("tend", order, True, Sight())])
    assert "The words of 7 photos will be written anew" in text
    assert "<li>/p/a.jpg</li>" in text
    assert "yurt, tipi" in text
    assert "→" in text
    status, _, target = post(house, "/vocabulary/orders", fields_in(text, "/vocabulary/orders"))
    assert (status, target) == (303, "/vocabulary?find=y&done=1")
    assert told[-1] == ("tend", order, False, Sight())
    assert 'action="/vocabulary/undo"' in house.browser.get(target).text


def test_everything_is_asked_for_the_sight_of_who_looks(house: GalleryHouse) -> None:
    house.show_private()
    for path in ("", "/alike", "/undo", "/file"):
        house.browser.get(f"/vocabulary{path}")
    post(house, "/vocabulary/preview", MERGE)
    house.browser.get("/keywords.json?q=d")

    told = house.control.vocabulary.told
    assert {one[0] for one in told} == {"entries", "suggestions", "undo", "export", "tend"}
    assert {one[-1] for one in told} == {Sight(sees_private=True)}


def test_a_list_is_imported_with_its_tabs_and_signs(house: GalleryHouse) -> None:
    text = "\tAnimals\n\t\tdog\n\t\t\t{puppy}\n<b>\n"

    _, page, _ = post(house, "/vocabulary/preview", {"verb": "import", "text": text})

    assert "<b>" not in page
    kept = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert kept is not None
    assert kept[1].replace("&lt;", "<").replace("&gt;", ">") == text
    assert house.control.vocabulary.told[-1][1:] == (
        Order(verb=Verb.IMPORT, text=text),
        True,
        Sight(),
    )


def test_a_large_list_is_taken(house: GalleryHouse) -> None:
    text = "".join(f"word {n}\n" for n in range(20_000))

    assert post(house, "/vocabulary/preview", {"verb": "import", "text": text})[0] == 200


@pytest.mark.parametrize("path", ["/vocabulary/preview", "/vocabulary/orders"])
def test_nonsense_is_refused_in_words(house: GalleryHouse, path: str) -> None:
    status, text, _ = post(house, path, {"verb": "explode", "words": "dog"})
    assert (status, house.control.vocabulary.told) == (409, [])
    assert "choose what to do" in text
    house.control.vocabulary.error = ConfigError("merge which word?")
    status, text, _ = post(house, path, MERGE)
    assert status == 409
    assert "merge which word?" in text
    assert 'href="/vocabulary?find=y"' in text


def test_a_form_leads_nowhere_but_to_the_vocabulary(house: GalleryHouse) -> None:
    for target in ("https://evil.example/vocabulary", "//evil.example", "/logout"):
        assert post(house, "/vocabulary/orders", MERGE | {"next": target})[2] == (
            "/vocabulary?done=1"
        )


def test_words_that_look_like_one_stand_side_by_side_and_any_may_stay(
    house: GalleryHouse,
) -> None:
    text = house.browser.get("/vocabulary/alike").text

    assert "One letter apart" in text
    assert re.findall(r"<strong>(.*?)</strong>", text) == ["Dog", "dogg", "it&#39;s"]
    assert "12 photos" in text
    fields = fields_in(text, "/vocabulary/orders")
    assert fields["words"] == ["dogg", "it&#39;s"]
    status, _, target = post(house, "/vocabulary/orders", fields | {"words": ["dogg", "it's"]})
    assert (status, target) == (303, "/vocabulary/alike?done=1")
    assert house.control.vocabulary.told[-1] == (
        "tend",
        Order(verb=Verb.MERGE, words=("dogg", "it's"), target="Dog"),
        False,
        Sight(),
    )


def test_the_last_change_is_taken_back_after_a_look_at_it(house: GalleryHouse) -> None:
    text = house.browser.get("/vocabulary/undo").text

    assert "Merge these words: yurt" in text
    assert house.control.vocabulary.told == [("undo", True, Sight())]
    assert post(house, "/vocabulary/undo", {})[2] == "/vocabulary"
    assert house.control.vocabulary.told[-1] == ("undo", False, Sight())
    house.control.vocabulary.last = None
    assert "There is nothing to take back" in house.browser.get("/vocabulary/undo").text


def test_what_is_so_already_is_not_done_again(house: GalleryHouse) -> None:
    house.control.vocabulary.plan = Tended(description="block selfie")

    text = post(house, "/vocabulary/preview", {"verb": "block", "words": "selfie"})[1]

    assert "It is so already" in text
    assert "/vocabulary/orders" not in text


def test_the_vocabulary_is_saved_as_a_file(house: GalleryHouse) -> None:
    answer = house.browser.get("/vocabulary/file")

    assert answer.content.decode() == "Dog = 狗\n"
    assert answer.headers["content-disposition"] == 'attachment; filename="vocabulary.txt"'
    assert house.browser.get("/vocabulary/file?form=exe").status_code == 404


def test_pages_speak_chinese(house: GalleryHouse) -> None:
    chinese = {"accept-language": "zh-CN"}
    for path, word in (("", "词汇表"), ("/alike", "看起来相同的词"), ("/undo", "撤销上一次更改")):
        assert word in house.browser.get(f"/vocabulary{path}", headers=chinese).text
