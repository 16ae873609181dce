"""What strangers, other sites and other names get: nothing."""

import re
from collections.abc import Sequence

import pytest
from starlette.routing import BaseRoute, Mount, Route

from doubles.gallery_house import GalleryHouse
from phototagd.web.gallery.guards import HEADERS, OPEN_PREFIXES

SECRET = "Passport of Ada"


def addresses(house: GalleryHouse) -> list[tuple[str, str]]:
    """Every route with every method, its parameters filled in so that they exist."""
    values = {"asset": "1", "month": "undated", "size": "256", "version": "0", "name": "x"}
    found = []
    for prefix, route in routes_below(house.app.routes):
        path = re.sub(r"{(\w+)(:\w+)?}", lambda m: values.get(m[1], "1"), prefix + route.path)
        found += [(method, path) for method in route.methods or () if method != "HEAD"]
    return found


def routes_below(routes: Sequence[BaseRoute], prefix: str = "") -> list[tuple[str, Route]]:
    """All routes, also those of the applications inside."""
    found: list[tuple[str, Route]] = []
    for route in routes:
        if isinstance(route, Mount):
            found += routes_below(route.routes, prefix + route.path)
        else:
            assert isinstance(route, Route)
            found.append((prefix, route))
    return found


def is_open(path: str) -> bool:
    return path.startswith(OPEN_PREFIXES)


def test_a_stranger_gets_nothing_from_any_route(house: GalleryHouse) -> None:
    house.shelf.put("a", "dog", caption="A dog on the beach")
    house.keys.set_password("open sesame")

    for method, path in addresses(house):
        answer = house.browser.request(method, f"{path}?q=dog&ids=1,2")
        assert "dog on the beach" not in answer.text, path
        if not is_open(path):
            assert answer.status_code in (303, 401), (method, path)
            assert answer.headers.get("location", "/login").startswith("/login"), path


@pytest.mark.parametrize("has_password", [False, True])
def test_private_photos_show_on_no_route_until_they_are_asked_for(
    house: GalleryHouse,
    *,
    has_password: bool,
) -> None:
    """Neither where no password is set nor to the owner before the switch."""
    asset = house.shelf.put("a", "passport", caption=SECRET, is_private=True)
    assert asset == 1
    house.shelf.put("b", "dog", caption="A dog")
    if has_password:
        house.log_in()

    for method, path in addresses(house):
        for query in ("?q=passport&ids=1,2", "?q=private&ids=1", "?q=is:private"):
            answer = house.browser.request(method, path + query)
            assert SECRET not in answer.text, (method, path)
            assert 'href="/photos/1"' not in answer.text, (method, path)
            if has_password:
                house.log_in()  # one of the routes logs out

    assert house.browser.get("/timeline/months.json").json()["counts"] == [1]
    assert house.browser.get("/timeline/undated.json").json()["ids"] == [2]
    assert house.browser.get("/timeline/tiles.json?ids=1").json() == []
    assert house.browser.get("/photos/1").status_code == 404
    assert house.browser.get("/thumbnails/0/1/256.webp").status_code == 404
    assert house.maker.asked == []


def test_the_owner_sees_private_photos_for_a_while(house: GalleryHouse) -> None:
    house.shelf.put("a", "passport", caption=SECRET, is_private=True)
    house.show_private()

    assert SECRET in house.browser.get("/photos/1").text
    [[_, version, *_]] = house.browser.get("/timeline/tiles.json?ids=1").json()
    picture = house.browser.get(f"/thumbnails/{version}/1/256.webp")
    assert (picture.status_code, picture.headers["cache-control"]) == (200, "no-store")

    house.clock.advance(15 * 60 + 1)
    assert house.browser.get("/photos/1").status_code == 404

    house.browser.post("/private", {"wanted": "yes"})
    house.browser.post("/private", {"wanted": "no"})
    assert house.browser.get("/photos/1").status_code == 404


def test_without_a_password_nobody_brings_private_photos_into_sight(house: GalleryHouse) -> None:
    """Every program of this machine can talk to it, under whatever account."""
    house.shelf.put("a", caption=SECRET, is_private=True)

    assert house.browser.post("/private", {"wanted": "yes"}).status_code == 403
    assert house.browser.get("/photos/1").status_code == 404


def test_every_answer_has_the_headers(house: GalleryHouse) -> None:
    house.shelf.put("a")

    for method, path in [*addresses(house), ("GET", "/nowhere"), ("GET", "/../../etc/passwd")]:
        answer = house.browser.request(method, path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (method, path)
        assert answer.headers["cache-control"], path


def test_pages_need_no_inline_script_or_style(house: GalleryHouse) -> None:
    """The policy forbids them; data in JSON is none."""
    house.shelf.put("a", caption="A dog", taken="2026-05-03T10:00:00")

    assert "'unsafe" not in HEADERS["content-security-policy"]
    for path in ("/", "/photos/1", "/months/2026-05", "/search?q=dog", "/login"):
        text = house.browser.get(path).text
        assert not re.search(r"<script(?![^>]*(src=|application/json))", text), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), path


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8420", "", "nas.lan.evil.example"])
def test_other_names_are_not_served(house: GalleryHouse, host: str) -> None:
    house.shelf.put("a", caption="A dog")

    answer = house.browser.get("/", headers={"host": host})

    assert answer.status_code == 421
    assert "dog" not in answer.text


@pytest.mark.parametrize("host", ["nas.lan:8420", "NAS.lan.", "192.168.1.5:8420", "[::1]:8420"])
def test_its_own_names_and_addresses_are(house: GalleryHouse, host: str) -> None:
    assert house.browser.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "", "origin": "http://127.0.0.1:8420"}, 303),
        ({"sec-fetch-site": "", "origin": "http://evil.example"}, 403),
        ({"sec-fetch-site": "", "origin": "null"}, 403),
        ({"sec-fetch-site": ""}, 303),
    ],
)
def test_other_sites_pages_change_nothing(
    house: GalleryHouse, headers: dict[str, str], status: int
) -> None:
    answer = house.browser.post("/language", {"language": "zh"}, headers=headers)

    assert answer.status_code == status


def test_static_files_are_known_by_their_hash_alone(house: GalleryHouse) -> None:
    [style] = re.findall(r'href="(/static/\w+/gallery\.css)"', house.browser.get("/").text)

    answer = house.browser.get(style)

    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert house.browser.get("/static/0/gallery.css").status_code == 404
    assert house.browser.get(style.replace("gallery.css", "..%2Fapp.py")).status_code == 404
