"""Sending photos with a form, and by the API: what comes back, and what is refused."""

from pathlib import Path

import httpx
import pytest

from doubles.gallery_house import GalleryHouse
from doubles.pictures import make_jpeg
from doubles.post_room import MOST_BYTES
from phototagd.domain.job import JobState
from phototagd.domain.status import TagReport

API = "/api/v1/uploads"
BYTES = {"content-type": "application/octet-stream"}


@pytest.fixture
def photo(tmp_path: Path) -> bytes:
    return make_jpeg(tmp_path / "made.jpg").read_bytes()


def send(
    house: GalleryHouse, content: bytes, name: str = "dog.jpg", **headers: str
) -> httpx.Response:
    return house.browser.request(
        "POST", f"{API}?name={name}", content=content, headers={**BYTES, **headers}
    )


def test_a_program_sends_a_photo_and_hears_its_number(house: GalleryHouse, photo: bytes) -> None:
    first, again = send(house, photo), send(house, photo, "hound.jpg")

    assert first.status_code == 201
    assert first.json() == {"photo": 1, "is_new": True, "file": "dog.jpg"}
    assert again.json() == {"photo": 1, "is_new": False, "file": "dog.jpg"}
    assert house.post.files == {"dog.jpg": photo}


@pytest.mark.parametrize(
    ("content", "status", "detail"),
    [
        (b"no photo", 422, "this is no photo: it holds text"),
        (b"x" * (MOST_BYTES + 1), 413, "too large"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    house: GalleryHouse, content: bytes, status: int, detail: str
) -> None:
    answer = send(house, content)

    assert answer.status_code == status
    assert detail in answer.json()["detail"]
    assert house.post.files == {}


def test_files_are_sent_as_they_are(house: GalleryHouse, photo: bytes) -> None:
    assert send(house, photo, **{"content-type": "multipart/form-data"}).status_code == 415
    assert house.browser.get(API).json() == {"most_bytes": MOST_BYTES}


def test_without_a_folder_it_says_what_to_do(house: GalleryHouse, photo: bytes) -> None:
    house.post.folders = []

    answer = send(house, photo)

    assert answer.status_code == 503
    assert "web.inbox" in answer.json()["remedy"]


def test_uploads_can_be_switched_off(house: GalleryHouse, photo: bytes) -> None:
    house.post.receiver.most_bytes = 0

    assert send(house, photo).status_code == 403
    assert "multipart" not in house.browser.get("/upload").text
    form = house.browser.request("POST", "/upload", files={"photos": ("a.jpg", photo)})
    assert form.status_code == 403


def test_a_form_sends_several_and_leads_on_to_them(
    house: GalleryHouse, photo: bytes, tmp_path: Path
) -> None:
    other = make_jpeg(tmp_path / "other.jpg", seed=7).read_bytes()
    files = [("photos", ("a.jpg", photo)), ("photos", ("../é.jpg", other)), ("note", (None, "x"))]

    answer = house.browser.request("POST", "/upload", files=files)

    assert (answer.status_code, answer.headers["location"]) == (303, "/upload?photos=1,2")
    assert house.post.files == {"a.jpg": photo, "é.jpg": other}


def test_a_form_tells_which_files_are_no_photos(house: GalleryHouse, photo: bytes) -> None:
    files = [
        ("photos", ("a.jpg", photo)),
        ("photos", ("<b>.txt", b"text")),
        ("photos", ("huge.jpg", photo + b"x" * MOST_BYTES)),
    ]

    answer = house.browser.request("POST", "/upload", files=files)

    assert answer.status_code == 200
    assert "&lt;b&gt;.txt" in answer.text
    assert 'title="this is no photo: it holds text' in answer.text
    assert "This is no photo" in answer.text
    assert "<span>too large</span>" in answer.text
    assert '"/photos/1"' in answer.text
    assert list(house.post.files) == ["a.jpg"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain", b"x"),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=a", b"no form at all"),
        (
            "multipart/form-data; boundary=a",
            b'--a\r\nContent-Disposition: form-data; name="p"; file',
        ),
        (
            "multipart/form-data; boundary=a",
            b'--a\r\nContent-Disposition: form-data; filename="a.jpg"\r\n\r\n\xff\xd8\xff half',
        ),
    ],
)
def test_a_broken_form_leaves_nothing_behind(house: GalleryHouse, kind: str, body: bytes) -> None:
    answer = house.browser.request("POST", "/upload", content=body, headers={"content-type": kind})

    assert answer.status_code in (303, 400)
    assert house.post.files == {}


def test_the_page_waits_for_words_and_then_shows_them(house: GalleryHouse) -> None:
    asset = house.shelf.put("a", "dog", "beach", caption="A dog", category="animal", mood=("calm",))
    refresh = 'http-equiv="refresh"'

    house.control.polls = 2
    assert refresh in house.browser.get(f"/upload?photos={asset}").text, "it is being written"

    house.control.polls = 0
    text = house.browser.get(f"/upload?photos={asset},x,99999999999999999999").text
    assert refresh not in text
    for word in ("A dog", "dog", "beach", "animal", "calm", "Keywords", "Category"):
        assert word in text


def test_the_page_says_when_the_model_still_looks(house: GalleryHouse, photo: bytes) -> None:
    house.control.polls = 2

    asset = send(house, photo).json()["photo"]

    assert 'class="looking"' in house.browser.get(f"/upload?photos={asset}").text


def test_a_photo_that_failed_says_why(house: GalleryHouse) -> None:
    asset = house.shelf.put("a")
    path = b"/photos/2026/may/a.jpg"
    house.control.polls = 0
    house.control.outcomes[path] = TagReport(path=path, state=JobState.DEAD, reason="it is odd")

    assert "it is odd" in house.browser.get(f"/upload?photos={asset}").text


def test_who_sends_a_photo_that_is_private_here_learns_nothing(
    house: GalleryHouse, photo: bytes
) -> None:
    """Whoever has the same file hears that it is there, and no more."""
    asset = send(house, photo).json()["photo"]
    house.store._database.write(
        lambda c: c.execute("UPDATE asset SET visibility = 'private' WHERE id = ?", (asset,))
    )

    assert send(house, photo).json() == {"photo": None, "is_new": False, "file": ""}
    text = house.browser.get(f"/upload?photos={asset}").text
    assert '<p class="quiet">1 photo is not for you to see' in text
