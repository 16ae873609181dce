"""Pages that follow the daemon, and search while a person types, in a real browser."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from doubles.control import a_job, a_status
from doubles.gallery_house import GalleryHouse
from phototagd.domain.events import DaemonChanged, PhotoFound
from phototagd.web.server import WebServer


@pytest.fixture
def house(tmp_path: Path) -> Iterator[GalleryHouse]:
    """Enough photos that the timeline is higher than its window."""
    with GalleryHouse(tmp_path) as house:
        house.control.report = a_status(dead=1)
        for number in range(48):
            day = f"2026-{number % 6 + 1:02}-03T10:00:{number:02}"
            house.shelf.put(f"p{number}", "dog", caption=f"A dog, number {number}", taken=day)
        yield house


@pytest.fixture
def page(chromium: Browser, house: GalleryHouse, tmp_path: Path) -> Iterator[Page]:
    web = WebServer(
        control=house.control,
        health=house.control,
        control_socket=tmp_path / "control.sock",
        listen="127.0.0.1:0",
        gallery=house.app,
    )
    web.start()
    assert web.address is not None
    context = chromium.new_context(base_url=f"http://127.0.0.1:{web.address[1]}")
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    web.stop()
    assert complaints == []


def arrive(house: GalleryHouse, name: str) -> None:
    """A photo is taken in while somebody looks."""
    asset = house.shelf.put(name, "cat", caption="A cat", taken="2026-06-20T10:00:00")
    house.newsroom(PhotoFound(path=b"/p", asset=asset, kind="jpeg", how="new"))


def opened(page: Page) -> Page:
    page.goto("/")
    expect(page.locator("#timeline .cell img.shown").first).to_be_visible()
    expect(page.locator("#pulse")).to_have_attribute("data-state", "busy")
    return page


def test_new_photos_appear_by_themselves_at_the_top(page: Page, house: GalleryHouse) -> None:
    opened(page)

    arrive(house, "new")

    expect(page.locator("img[alt='A cat']")).to_be_visible()
    expect(page.locator(".pill")).to_have_count(0)


def test_elsewhere_they_wait_until_they_are_asked_for(page: Page, house: GalleryHouse) -> None:
    opened(page)
    page.mouse.move(400, 400)
    page.mouse.wheel(0, 600)
    expect(page.locator(".marker")).not_to_have_attribute("style", "top: 0px;")
    before = page.evaluate("scrollY")

    arrive(house, "one")
    arrive(house, "two")

    pill = page.locator(".pill")
    expect(pill).to_have_text("2 new photos")
    assert page.evaluate("scrollY") >= before, "nobody is moved"
    pill.click()
    expect(pill).to_have_count(0)
    expect(page.locator("img[alt='A cat']").first).to_be_visible()


def test_the_activity_page_follows_and_takes_orders(page: Page, house: GalleryHouse) -> None:
    house.control.listed = [a_job(1)]
    page.goto("/activity")
    expect(page.locator("h1")).to_have_text("Looking at photos")
    expect(page.locator("#pulse .count")).to_have_text("3")

    page.locator("#pause").click()
    page.locator("#detail-stuck-cut_off, #detail-stuck-unknown").locator("summary").click()
    house.control.report = a_status(paused=True, dead=1)
    house.newsroom(DaemonChanged(state="paused"))

    expect(page.locator("h1")).to_have_text("Paused")
    expect(page.locator("#pulse")).to_have_attribute("data-state", "waiting")
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    expect(page.locator("details[open] code")).to_be_visible()
    assert ("pause",) in house.control.told
    page.get_by_role("button", name=re.compile("Try again: ")).click()
    expect(page.locator("form[aria-busy]")).to_have_count(0)
    assert ("retry", [1]) in house.control.told


def test_the_end_of_the_daemon_is_told(page: Page, house: GalleryHouse) -> None:
    page.goto("/activity")
    expect(page.locator("#pulse .count")).to_have_text("3")
    expect(page.locator("#lost")).to_be_hidden()

    house.newsroom(DaemonChanged(state="stopping"))

    expect(page.locator("#lost")).to_be_visible()


def test_search_comes_in_while_a_person_types(page: Page, house: GalleryHouse) -> None:
    house.shelf.put("c", "cat", caption="A cat")
    opened(page)

    page.locator("#q").press_sequentially("cat")
    expect(page.locator(".overlay .chip")).to_have_text("cat")
    expect(page.locator(".overlay img[alt='A cat']")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".overlay")).to_have_count(0)
    expect(page.locator("#timeline .cell img.shown").first).to_be_visible()

    page.locator("#q").fill("dog 2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=dog+2026")
    page.get_by_role("link", name="Search without “2026”").click()
    page.wait_for_url(re.compile("q=dog&"))
    page.locator("#q").fill("cat")
    expect(page.locator("#found h1")).to_have_text("1 photo")
    page.wait_for_url(re.compile(r"search\?q=cat"))


def test_what_was_not_meant_is_said_in_place(page: Page, house: GalleryHouse) -> None:
    page.goto("/search?q=dog")
    first = page.locator(".hits li").first
    name = first.locator("img").get_attribute("alt")
    first.hover()

    first.get_by_role("button", name="Not what I meant").click()

    expect(page.locator("#found .note")).to_contain_text("Remembered")
    assert page.locator(".hits img").last.get_attribute("alt") == name
    page.get_by_role("button", name="It was meant after all").click()
    expect(page.locator("#found .note")).to_have_count(0)
    assert house.store.vectors.refusals() == []
