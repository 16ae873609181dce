"""Logging in and out, and how often it may be tried."""

import pytest

from doubles.gallery_house import GalleryHouse
from phototagd.web.gallery.guards import COOKIE

WORD = "open sesame"


def test_the_password_opens_the_door_and_leads_on(house: GalleryHouse) -> None:
    house.keys.set_password(WORD)
    shown = house.browser.get("/photos/1?x=1")
    assert shown.headers["location"] == "/login?next=%2Fphotos%2F1%3Fx%3D1"
    assert 'value="/photos/1?x=1"' in house.browser.get(shown.headers["location"]).text

    answer = house.browser.post("/login", {"password": WORD, "next": "/photos/1?x=1"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/photos/1?x=1")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert WORD not in cookie
    assert house.browser.get("/").status_code == 200


@pytest.mark.parametrize("target", ["//evil.example", "http://evil.example", "/\\evil.example", ""])
def test_the_way_on_never_leads_elsewhere(house: GalleryHouse, target: str) -> None:
    house.keys.set_password(WORD)

    answer = house.browser.post("/login", {"password": WORD, "next": target})

    assert answer.headers["location"] == "/"


def test_a_wrong_password_opens_nothing(house: GalleryHouse) -> None:
    house.keys.set_password(WORD)

    answer = house.browser.post("/login", {"password": "please"})

    assert answer.status_code == 403
    assert "not the password" in answer.text
    assert house.browser.get("/").status_code == 303


@pytest.mark.parametrize("cookie", ["", ".", "a.b", "a", "%E9.%E9", "x" * 5000])
def test_a_forged_cookie_is_none(house: GalleryHouse, cookie: str) -> None:
    house.keys.set_password(WORD)

    answer = house.browser.get("/", headers={"cookie": f"{COOKIE}={cookie}"})

    assert answer.status_code == 303


def test_a_session_ends_by_logging_out_and_by_age_and_by_a_new_password(
    house: GalleryHouse,
) -> None:
    house.log_in()
    cookie = house.browser.cookies[COOKIE]
    house.browser.post("/logout")
    house.browser.cookies.set(COOKIE, cookie)
    assert house.browser.get("/").status_code == 303, "also for who kept the cookie"

    house.log_in()
    house.clock.advance(31 * 24 * 3600)
    assert house.browser.get("/").status_code == 303

    house.log_in()
    assert house.browser.get("/").status_code == 200
    house.keys.set_password("another one")
    assert house.browser.get("/").status_code == 303


def test_one_can_log_out_everywhere(house: GalleryHouse) -> None:
    house.log_in()
    elsewhere = house.new_browser()
    elsewhere.post("/login", {"password": WORD})
    assert elsewhere.get("/").status_code == 200

    house.browser.post("/logout", {"everywhere": "yes"})

    assert elsewhere.get("/").status_code == 303


def test_guessing_is_slowed_down(house: GalleryHouse) -> None:
    """After five tries even the right word must wait, and is not looked at."""
    house.keys.set_password(WORD)
    statuses = [house.browser.post("/login", {"password": "x"}).status_code for _ in range(7)]
    assert statuses == [403] * 5 + [429] * 2
    assert house.keys.tries == 5

    answer = house.browser.post("/login", {"password": WORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1

    house.clock.advance(1.1)
    assert house.browser.post("/login", {"password": WORD}).status_code == 303


def test_a_huge_form_is_not_read(house: GalleryHouse) -> None:
    house.keys.set_password(WORD)

    answer = house.browser.post("/login", {"password": WORD, "more": "x" * 100_000})

    assert answer.status_code == 403
