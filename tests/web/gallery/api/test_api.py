"""The API as phone apps and programs use it: problems, tags, portions, tokens."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from doubles.gallery_house import GalleryHouse
from phototagd.domain.amending import PersonsEdit
from phototagd.domain.asset import Place
from phototagd.domain.errors import NotYet, Unavailable, Unreadable
from phototagd.web.gallery.problems import PROBLEM_JSON

ROOT = "/api/v1"


def get(house: GalleryHouse, path: str, **headers: str) -> httpx.Response:
    return house.browser.get(ROOT + path, headers=headers)


def send(house: GalleryHouse, method: str, path: str, body: object = None) -> httpx.Response:
    return house.browser.request(method, ROOT + path, json={} if body is None else body)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/photos/77", 404),
        ("GET", "/photos/%0A/thumbnail", 404),
        ("DELETE", "/photos/1", 405),
        ("GET", "/photos/x", 400),
        ("GET", "/photos/99999999999999999999", 400),
        ("GET", "/photos?limit=0", 400),
        ("GET", "/photos?limit=1_0", 400),
        ("GET", "/photos?limit=2&limit=3", 400),
        ("GET", "/photos?limt=2", 400),
        ("GET", "/photos?cursor=2026-13.1.1", 400),
        ("GET", "/photos/1/thumbnail?size=1000", 400),
        ("GET", "/search", 400),
        ("POST", "/pause", 415),
    ],
)
def test_refusals_are_problems(house: GalleryHouse, method: str, path: str, status: int) -> None:
    answer = house.browser.request(method, ROOT + path)

    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM_JSON)
    assert answer.json()["status"] == status
    assert answer.json()["detail"]


@pytest.mark.parametrize("body", ["", "{", "[]", '{"ids": "all"}', '{"id": 1}', '{"ids": [1.5]}'])
def test_a_body_that_makes_no_sense_is_refused(house: GalleryHouse, body: str) -> None:
    answer = house.browser.request(
        "POST",
        f"{ROOT}/jobs/retry",
        content=body,
        headers={"content-type": "application/json"},
    )

    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert house.control.told == []


def test_a_body_that_is_too_large_is_refused(house: GalleryHouse) -> None:
    assert send(house, "POST", "/jobs/retry", {"ids": [1] * 600_000}).status_code == 413


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Unavailable("the disk is full", remedy="make room"), 503),
        (NotYet("it is still copied"), 503),
        (Unreadable("it is damaged"), 422),
    ],
)
def test_errors_of_the_house_say_what_to_do(
    house: GalleryHouse, error: Exception, status: int
) -> None:
    asset = house.shelf.put("a")
    house.maker.errors[b"/photos/2026/may/a.jpg"] = error  # type: ignore[assignment] -- any of them

    answer = get(house, f"/photos/{asset}/thumbnail")

    assert (answer.status_code, answer.json()["detail"]) == (status, str(error))
    assert answer.json()["remedy"] == getattr(error, "remedy", "")


def test_a_fault_of_ours_tells_nothing_of_it(
    house: GalleryHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(house.showroom, "months", fail)

    with pytest.raises(RuntimeError):  # the server logs it
        get(house, "/timeline")


def test_what_is_known_is_not_sent_again(house: GalleryHouse) -> None:
    asset = house.shelf.put("a", caption="A dog")
    for path in (f"/photos/{asset}", f"/photos/{asset}/thumbnail", "/timeline"):
        tag = get(house, path).headers["etag"]

        again = get(house, path, **{"if-none-match": f'"other", W/{tag}'})

        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), path
        assert get(house, path, **{"if-none-match": '"other"'}).status_code == 200


def test_the_timeline_comes_in_portions(house: GalleryHouse) -> None:
    for number in range(5):
        house.shelf.put(f"m{number}", taken=f"2026-05-0{number + 1}T10:00:00")
    for number in range(3):
        house.shelf.put(f"n{number}", taken=f"2024-01-0{number + 1}T10:00:00")
    house.shelf.put("undated")

    assert portions(house, "/photos?limit=2") == [[5, 4], [3, 2], [1, 8], [7, 6], [9]]
    assert portions(house, "/photos?limit=3&month=2024-01") == [[8, 7, 6], [9]]
    assert portions(house, "/photos?limit=9") == [[5, 4, 3, 2, 1, 8, 7, 6, 9]]


def test_a_cursor_holds_although_photos_come_and_go(house: GalleryHouse) -> None:
    for number in range(4):
        house.shelf.put(f"m{number}", taken=f"2026-05-0{number + 1}T10:00:00")
    cursor = get(house, "/photos?limit=2").json()["next"]
    assert cursor == "2026-05.2.3"
    house.shelf.put("new", taken="2026-05-09T10:00:00")

    assert ids(get(house, f"/photos?limit=2&cursor={cursor}")) == [2, 1]
    assert ids(get(house, "/photos?cursor=2026-05.2.999")) == [3, 2, 1]
    assert ids(get(house, "/photos?cursor=2027-01.2.3")) == [5, 4, 3, 2, 1]
    assert ids(get(house, "/photos?cursor=2020-01.2.3")) == []


def test_search_and_jobs_come_in_portions(house: GalleryHouse) -> None:
    for number in range(5):
        house.shelf.put(f"d{number}", "dog")

    found = portions(house, "/search?q=dog&limit=2")
    assert [len(one) for one in found] == [2, 2, 1]
    assert {one for portion in found for one in portion} == {1, 2, 3, 4, 5}
    first = get(house, "/jobs?limit=1").json()
    rest = get(house, f"/jobs?limit=1&cursor={first['next']}").json()
    assert [job["id"] for job in first["jobs"] + rest["jobs"]] == [1, 2]
    assert rest["next"] is None


def test_a_search_says_how_it_understood(house: GalleryHouse) -> None:
    house.shelf.put("a", "dog", caption="A dog", taken="2024-07-03T10:00:00")

    found = get(house, "/search?q=dog in 2024").json()

    assert [part["kind"] for part in found["understood"]] == ["words", "time"]
    assert found["photos"][0]["reasons"][0] == {
        "wanted": "dog",
        "where": "keyword",
        "found": "dog",
    }


def test_an_edit_goes_to_the_photo(house: GalleryHouse) -> None:
    asset = house.shelf.put("a", "dog")

    answer = send(house, "PATCH", f"/photos/{asset}", {"add": ["hound"], "caption": ""})

    assert answer.json() == {"count": 1, "is_done": True}
    [(verb, file, edit, is_dry)] = house.control.told
    assert (verb, file, is_dry) == ("edit", b"/photos/2026/may/a.jpg", False)
    assert (edit.add, edit.remove, edit.caption) == (("hound",), (), "")  # type: ignore[attr-defined] -- told is of any kind
    assert send(house, "POST", f"/photos/{asset}/undo", {"dry_run": True}).json()["count"] == 1
    assert send(house, "PATCH", "/photos/77", {"add": ["x"]}).status_code == 404


def test_several_photos_are_edited_at_once_but_for_those_out_of_sight(
    house: GalleryHouse,
) -> None:
    one, other = house.shelf.put("a"), house.shelf.put("b")
    hidden = house.shelf.put("passport", is_private=True)
    wish = {"ids": [one, other, one, hidden, 77, 0, -1], "add": ["trip"], "is_private": False}

    assert send(house, "PATCH", "/photos", wish).json() == {"count": 2, "is_done": True}
    [(_, *files, edit, is_dry)] = house.control.told
    assert files == [b"/photos/2026/may/a.jpg", b"/photos/2026/may/b.jpg"]
    assert (edit, is_dry) == (PersonsEdit(add=("trip",), is_private=False), False)
    assert send(house, "PATCH", "/photos", {"ids": [hidden]}).status_code == 404
    assert send(house, "PATCH", "/photos", {"ids": []}).status_code == 400
    assert send(house, "PATCH", "/photos", {"ids": [one], "caption": "x"}).status_code == 400


def test_a_keyword_is_right_or_wrong(house: GalleryHouse) -> None:
    asset = house.shelf.put("a", "dog")
    path = f"/photos/{asset}/verdicts"

    assert send(house, "POST", path, {"keyword": "dog", "is_right": True}).json()["is_done"]
    assert send(house, "POST", path, {"keyword": "A|cat", "is_right": False}).json()["is_done"]

    told = [edit for _, _, edit, _ in house.control.told]
    assert told == [PersonsEdit(add=("dog",)), PersonsEdit(remove=("A|cat",))]
    hidden = house.shelf.put("b", "dog", is_private=True)
    verdict = {"keyword": "dog", "is_right": True}
    assert send(house, "POST", f"/photos/{hidden}/verdicts", verdict).status_code == 404


def test_the_photos_of_a_place_come_in_portions(house: GalleryHouse) -> None:
    munich = Place(city="Munich", state="Bavaria", country="Germany", country_code="DE")
    paris = Place(city="Paris", state="", country="France", country_code="FR")
    for number in range(3):
        house.shelf.put(f"m{number}", taken=f"2026-05-0{number + 1}T10:00:00", place=munich)
    house.shelf.put("p", taken="2026-05-01T10:00:00", place=paris)
    house.shelf.put("x", taken="2026-05-05T10:00:00", place=munich, is_private=True)

    assert portions(house, "/places/photos?at=Germany&limit=2") == [[3, 2], [1]]
    assert portions(house, "/places/photos?at=France") == [[4]]
    assert get(house, "/places/photos?at=Germany|Bavaria|Munich").json()["photos"][0]["id"] == 3
    assert get(house, "/places/photos?at=Atlantis").status_code == 404


def test_orders_are_passed_on(house: GalleryHouse) -> None:
    assert send(house, "POST", "/pause").json()["version"] == "1.2.3"
    send(house, "POST", "/resume")
    send(house, "POST", "/rescan", {"full": True})
    assert send(house, "POST", "/jobs/retry", {"ids": [1, 5]}).json() == {"queued": 1}

    orders = [told for told in house.control.told if told != ("status",)]
    assert orders == [("pause",), ("resume",), ("rescan", True), ("retry", [1, 5])]


def test_jobs_do_not_name_private_photos(house: GalleryHouse) -> None:
    house.shelf.put("passport", is_private=True)
    house.control.listed = house.control.listed[:1]
    job = house.control.listed[0]
    house.control.listed.append(type(job)(**{**fields(job), "location": PASSPORT}))

    assert [one["file"] for one in get(house, "/jobs").json()["jobs"]] == ["/p/a.jpg", ""]
    house.log_in()
    send(house, "PUT", "/me/private", {"wanted": True})
    assert get(house, "/jobs").json()["jobs"][1]["file"] == PASSPORT.decode()


PASSPORT = b"/photos/2026/may/passport.jpg"


def fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def test_a_token_opens_the_api_and_nothing_else(house: GalleryHouse) -> None:
    house.shelf.put("passport", caption="A passport", is_private=True)
    house.keys.set_password("open sesame")
    token = house.keys.make_token("phone", datetime(2026, 1, 1, tzinfo=UTC))
    shown = {"authorization": f"Bearer {token}"}

    refused = get(house, "/me")
    assert (refused.status_code, refused.json()["status"]) == (401, 401)
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert get(house, "/me", **shown).json() == {"is_owner": True, "sees_private": False}
    assert get(house, "/photos/1", **shown).status_code == 404
    assert house.browser.get("/", headers=shown).status_code == 303

    house.browser.request("PUT", f"{ROOT}/me/private", json={"wanted": True}, headers=shown)
    assert get(house, "/photos/1", **shown).json()["caption"] == "A passport"

    house.keys.revoke_token("phone")
    assert get(house, "/me", **shown).status_code == 401


def test_a_wrong_token_is_refused_also_where_none_is_needed(house: GalleryHouse) -> None:
    assert get(house, "/me", authorization="Bearer nonsense").status_code == 401
    assert get(house, "/me").json() == {"is_owner": False, "sees_private": False}
    assert send(house, "PUT", "/me/private", {"wanted": True}).status_code == 403


def test_other_sites_and_names_are_refused_in_json(house: GalleryHouse) -> None:
    other_site = {"sec-fetch-site": "cross-site"}
    answers = [
        house.browser.request("POST", f"{ROOT}/pause", json={}, headers=other_site),
        get(house, "/me", host="evil.example"),
    ]

    assert [answer.json()["status"] for answer in answers] == [403, 421]
    assert house.control.told == []


def portions(house: GalleryHouse, path: str) -> list[list[int]]:
    """All of a list, as many requests as it takes."""
    found, cursor = [], ""
    while cursor is not None:
        answer = get(house, path + (f"&cursor={cursor}" if cursor else ""))
        found.append(ids(answer))
        cursor = answer.json()["next"]
    return found


def ids(answer: httpx.Response) -> list[int]:
    return [one["id"] for one in answer.json()["photos"]]
