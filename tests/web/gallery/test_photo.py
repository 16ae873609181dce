# ruff: noqa: RUF001 -- the pages have their own signs, and Chinese its own commas
"""A photo's page, correcting its words, and a question of one's own."""

import re
from typing import Any

import pytest

from doubles.gallery_house import GalleryHouse
from phototagd.domain.amending import PersonsEdit
from phototagd.domain.asset import AssetId
from phototagd.domain.errors import PhotoError, Unavailable
from phototagd.domain.gallery import Sight
from phototagd.domain.inquiry import Inquiry

CHANGE = {
    "name": "a.jpg.xmp",
    "at": "2026-11-20T12:00:00+00:00",
    "cause": "tagged",
    "model": "qwen3-vl",
    "recipe": "r",
    "added": ["Animals|Bird|falcon"],
    "removed": ["sparrow"],
    "caption_before": "",
    "caption_after": "A falcon over <b>rocks</b>",
    "digest_before": "",
    "digest_after": "",
}


def path_of(house: GalleryHouse, number: int) -> bytes:
    """The path of a photo that may be seen."""
    sheet = house.showroom.photo(AssetId(number), Sight())
    assert sheet is not None
    return sheet.facts.path


def known(**more: object) -> dict[str, object]:
    """What `Control.show` tells of a photo."""
    return {
        "words": {
            "caption": "A falcon",
            "keywords": ["Anna", "Animals|Bird|falcon"],
            "ours": ["Animals|Bird|falcon"],
            "rejected": ["sparrow"],
        },
        "sidecar": "a.jpg.xmp",
        "copies": ["/photos/copy of <a>.jpg"],
        "camera": {"lens": "RF 600mm", "latitude": 36.95, "longitude": -4.54},
        "tagging": {
            "answer": {"extras": [{"name": "season", "values": ["spring"], "scores": []}]},
            "model": "qwen3-vl",
            "created_at": "2026-11-20T12:00:00+00:00",
            "seconds": 4.25,
            "tokens_per_second": 31.4,
            "raw_reply": '{"caption": "</pre><script>"}',
        },
        "jobs": [],
        **more,
    }


@pytest.fixture
def path(house: GalleryHouse) -> bytes:
    """Of photo 1, which the house knows everything about."""
    house.shelf.put("a", "falcon", caption="A falcon", camera=("Canon", "Canon EOS R5"))
    house.shelf.put("b", "dog")
    path = path_of(house, 1)
    house.control.known[path] = known()
    house.control.changes[path] = [CHANGE]
    return path


def plan_for(path: bytes, **did: object) -> dict[str, Any]:
    """What `Control.edit` says it does to a photo."""
    told = {"action": "replace", "cause": "edited", "added": [], "removed": []}
    captions = {"caption_before": "A falcon", "caption_after": "A falcon"}
    sidecar = {"path": path.decode() + ".xmp", **told, **captions, **did}
    return {"path": path.decode(), "reason": "", "sidecars": [sidecar]}


def edits(house: GalleryHouse) -> list[tuple[object, ...]]:
    return [told[1:] for told in house.control.told if told[0] == "edit"]


def test_a_page_tells_all_that_is_known(house: GalleryHouse, path: bytes) -> None:
    text = house.browser.get("/photos/1").text

    for word in (
        "A falcon", "Anna", "Animals › Bird › falcon", "36.95000, -4.54000", "RF 600mm",
        "Canon EOS R5", "season", "spring", "a.jpg.xmp", "copy of &lt;a&gt;.jpg", "qwen3-vl",
        "4.2 s, 31 tokens a second", "1 word taken out", "the model’s words", "− sparrow",
        path.decode(),
    ):  # fmt: skip
        assert word in text, word
    assert "Canon Canon" not in text
    assert "<script>" not in text.replace('<script type="module"', "")
    assert "<b>rocks" not in text
    assert text.count('name="accept" value="Animals|Bird|falcon"') == 1, "Anna is a person's word"


def test_a_word_leads_to_the_photos_that_have_it_also_where_it_is_a_time(
    house: GalleryHouse, path: bytes
) -> None:
    house.control.known[path] = known(words={"keywords": ["autumn", '5" floppy']})

    text = house.browser.get("/photos/1").text

    assert 'href="/search?q=%22autumn%22"' in text, "without the quotes it means three months"
    assert 'href="/search?q=5%22%20floppy"' in text


def test_a_photo_that_nobody_knows_more_of_has_a_page(house: GalleryHouse) -> None:
    """The house may be slower than the index."""
    house.shelf.put("a", "falcon")

    assert house.browser.get("/photos/1").status_code == 200


@pytest.mark.parametrize("kind", ["tag", "write"])
@pytest.mark.parametrize("state", ["queued", "running", "dead"])
def test_what_waits_or_failed_is_told(
    house: GalleryHouse, path: bytes, kind: str, state: str
) -> None:
    job = {"kind": kind, "state": state, "reason": "the file is <cut> off" * (state == "dead")}
    house.control.known[path] = known(jobs=[job])

    text = house.browser.get("/photos/1").text

    assert ("data-waiting" in text) is (state != "dead")
    assert ("the file is &lt;cut&gt; off" in text) is (state == "dead")
    if state == "dead":
        assert house.browser.post("/photos/1/again").headers["location"] == "/photos/1"
        assert ("tag", path) in house.control.told


@pytest.mark.parametrize(
    ("form", "edit"),
    [
        ({"add": "Anna, Places|Spain，宁静；"}, PersonsEdit(add=("Anna", "Places|Spain", "宁静"))),
        ({"accept": "A|falcon"}, PersonsEdit(add=("A|falcon",))),
        ({"remove": "A|falcon"}, PersonsEdit(remove=("A|falcon",))),
        ({"caption": " Mine "}, PersonsEdit(caption="Mine")),
        ({"caption": ""}, PersonsEdit(caption="")),
        ({"private": "no"}, PersonsEdit(is_private=False)),
    ],
)
def test_a_correction_is_an_edit_of_the_photo(
    house: GalleryHouse, path: bytes, form: dict[str, str], edit: PersonsEdit
) -> None:
    house.control.planned = plan_for(path)

    answer = house.browser.post("/photos/1/edit", form)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/photos/1")
    assert edits(house) == [(path, edit, False)]


@pytest.mark.parametrize("form", [{}, {"add": " , "}, {"private": "maybe"}, {"add": "x" * 70_000}])
def test_nothing_said_is_no_edit(house: GalleryHouse, path: bytes, form: dict[str, str]) -> None:
    assert house.browser.post("/photos/1/edit", form).headers["location"] == "/photos/1"
    assert edits(house) == []


def test_the_last_edit_can_be_taken_back_once(house: GalleryHouse, path: bytes) -> None:
    """Only what it did itself: words that came with the same write stay."""
    house.control.planned = plan_for(
        path, added=["Anna", "lake"], removed=["A|cat"], caption_after="Mine"
    )
    form = {"add": "Anna, known before", "remove": "cat", "caption": "Mine"}
    shown = house.browser.post("/photos/1/edit", form).headers["location"]
    [address] = re.findall(r'action="(/edits/[\w-]+/undo)"', house.browser.get(shown).text)

    answer = house.browser.post(address, {"next": shown})
    house.browser.post(address, {"next": shown})

    assert answer.headers["location"] == "/photos/1"
    reverse = PersonsEdit(add=("A|cat",), remove=("Anna",), caption="A falcon")
    assert edits(house)[1:] == [(path, reverse, False)]


def test_a_photo_made_private_is_left(house: GalleryHouse, path: bytes) -> None:
    house.control.planned = plan_for(path)

    assert house.browser.post("/photos/1/edit", {"private": "yes"}).headers["location"][0:2] == "/?"


def test_many_are_changed_together_and_only_those_in_sight(
    house: GalleryHouse, path: bytes
) -> None:
    house.shelf.put("c", is_private=True)
    body = b"ids=1&ids=2&ids=3&ids=99&ids=x&ids=1&add=holiday&remove=a,b&next=/months/2026-05"

    answer = house.browser.request(
        "POST",
        "/photos/edit",
        content=body,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    other = path_of(house, 2)
    edit = PersonsEdit(add=("holiday",), remove=("a", "b"))
    assert edits(house) == [(path, other, edit, False)]
    assert answer.headers["location"].startswith("/months/2026-05")


def test_a_way_back_never_leads_elsewhere(house: GalleryHouse) -> None:
    for path in ("/photos/edit", "/edits/x/undo"):
        answer = house.browser.post(path, {"next": "//evil.example"})
        assert answer.headers["location"] == "/"
    text = house.browser.get("/?edited=../vocabulary").text
    assert 'id="toast"' not in text


def test_keywords_are_completed_from_the_vocabulary_by_any_of_their_names(
    house: GalleryHouse,
) -> None:
    def offered(start: str) -> object:
        return house.browser.get(f"/keywords.json?q={start}").json()

    assert [offered(start) for start in ("do", "HOUND", "狗", "anim")] == [["Animals|Dog"]] * 4
    assert offered("yu") == ["yurt"]
    assert [offered(start) for start in ("", "xyz")] == [[], []]


def test_months_can_be_picked_from_without_script(house: GalleryHouse) -> None:
    house.shelf.put("a", taken="2026-05-03T10:00:00")

    assert "pick=yes" in house.browser.get("/months/2026-05").text
    text = house.browser.get("/months/2026-05?pick=yes").text
    assert '<input type="checkbox" name="ids" value="1">' in text
    assert 'action="/photos/edit"' in text


def test_a_question_is_asked_and_its_answer_awaited(house: GalleryHouse, path: bytes) -> None:
    house.control.inquiry = Inquiry(id="q1", path=path, question="Which <bird>?")
    house.control.polls = 2

    answer = house.browser.post("/photos/1/ask", {"question": " Which\n<bird>? "})
    assert answer.headers["location"] == "/photos/1/asked/q1"
    waiting = house.browser.get("/photos/1/asked/q1").text
    done = house.browser.get("/photos/1/asked/q1").text

    assert ("ask", path, "Which <bird>?") in house.control.told
    assert 'http-equiv="refresh"' in waiting
    assert "Which &lt;bird&gt;?" in done
    assert "A falcon." in done
    assert 'http-equiv="refresh"' not in done


@pytest.mark.parametrize("question", ["", "x" * 501])
def test_a_senseless_question_is_not_asked(house: GalleryHouse, path: bytes, question: str) -> None:
    answer = house.browser.post("/photos/1/ask", {"question": question})

    assert (answer.status_code, "at most 500" in answer.text) == (400, True)
    assert not [told for told in house.control.told if told[0] == "ask"]


def test_a_refused_question_says_why_and_what_to_do(
    house: GalleryHouse, path: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for error in (Unavailable("it is paused", remedy="resume it"), PhotoError("it is private")):

        def refuse(*_: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(house.control, "ask", refuse)
        answer = house.browser.post("/photos/1/ask", {"question": "Which?"})
        assert answer.status_code == 503
        assert str(error) in answer.text
    assert house.browser.get("/photos/1").status_code == 200


def test_an_answer_is_shown_with_its_own_photo_alone(house: GalleryHouse, path: bytes) -> None:
    """The name of a question must not lead to a photo that may not be seen."""
    assert house.browser.get("/photos/2/asked/q1").status_code == 404
    assert house.browser.get("/photos/9/asked/q1").status_code == 404
    assert "A falcon." not in house.browser.get("/photos/1/asked/other").text
