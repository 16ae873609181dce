"""The timeline in a real browser: 20,000 photos, and never many of them in the document."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Open = Callable[..., Page]
MOST_NODES = 100


def loaded(page: Page) -> Page:
    """Wait until the script has taken over and a picture is there."""
    expect(page.locator("#timeline .cell img.shown").first).to_be_visible()
    return page


def test_photos_are_there_at_once_with_their_words(open_page: Open) -> None:
    page = loaded(open_page("/"))

    images = page.locator("main img")
    assert 10 < images.count() <= MOST_NODES
    expect(images.first).to_have_attribute("alt", re.compile("A photo number"))
    expect(page.locator(".heading").first).to_have_text(re.compile("October 2026"))
    rows = page.evaluate(
        """() => [...document.querySelectorAll('.cell')].map(c => {
             const b = c.getBoundingClientRect(); return [Math.round(b.top), b.right] })"""
    )
    width = page.evaluate("document.getElementById('timeline').getBoundingClientRect().right")
    full = [right for top, right in rows if abs(right - width) < 1]
    assert full, "rows are filled to the edge"


def test_scrolling_far_keeps_the_document_small(open_page: Open) -> None:
    page = loaded(open_page("/"))

    for _ in range(12):
        page.mouse.move(600, 400)
        page.mouse.wheel(0, 5000)
        assert page.locator("main img").count() <= MOST_NODES
    expect(page.locator("#timeline .cell img.shown").first).to_be_visible()
    in_sight = page.evaluate(
        """() => [...document.querySelectorAll('.cell')].filter(c => {
             const b = c.getBoundingClientRect(); return b.bottom > 64 && b.top < innerHeight
           }).length"""
    )
    assert in_sight > 5


def test_the_scrubber_reaches_the_oldest_photo(open_page: Open) -> None:
    page = loaded(open_page("/"))
    box = page.locator("#years").bounding_box()
    assert box is not None

    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 2)

    expect(page.locator(".heading", has_text="January 1998")).to_be_visible()
    expect(page.locator("#timeline .cell img.shown").first).to_be_visible()
    end = page.evaluate("document.documentElement.scrollHeight - innerHeight - scrollY")
    assert end < 200


def test_keys_walk_open_and_come_back(open_page: Open) -> None:
    page = loaded(open_page("/"))
    for _ in range(7):
        page.keyboard.press("ArrowDown")
    first = page.evaluate("document.activeElement.pathname")
    assert first.startswith("/photos/")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.pathname")
    assert second != first
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    chosen = page.evaluate("document.activeElement.pathname")
    before = page.evaluate("scrollY")
    assert before > 500, "the timeline goes along"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{chosen}")

    expect(page.locator("article.photo figure img")).to_be_visible()
    page.go_back()
    loaded(page)
    assert abs(page.evaluate("scrollY") - before) < 400

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") != "q"


def test_a_photo_is_turned_by_arrows_and_left_by_escape(open_page: Open) -> None:
    page = loaded(open_page("/"))
    page.locator(".cell a").first.click()
    page.wait_for_url("**/photos/*")
    first = page.url

    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(first)
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"/$"))


def test_everything_is_reached_without_script(open_page: Open) -> None:
    page = open_page("/", java_script_enabled=False)

    page.locator("#years a").last.click()

    expect(page.locator("h1")).to_contain_text("1998")
    assert 1 < page.locator("main img").count() <= MOST_NODES
    page.locator("main a.tile").first.click()
    expect(page.locator("article.photo figure img")).to_be_visible()


def test_a_phone_in_the_dark_and_in_chinese(open_page: Open) -> None:
    page = loaded(
        open_page(
            "/",
            viewport={"width": 390, "height": 844},
            has_touch=True,
            is_mobile=True,
            color_scheme="dark",
            locale="zh-CN",
        )
    )

    expect(page.locator(".heading").first).to_have_text(re.compile("2026年10月"))
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(19, 20, 21)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".cell a").first.tap()
    page.wait_for_url("**/photos/*")


def test_no_page_is_wider_than_its_window_and_every_field_has_a_name(open_page: Open) -> None:
    """What a person with a small screen or a screen reader runs into first."""
    page = open_page("/")
    for path in ("/", "/months/1998-01", "/photos/1", "/search?q=photo"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        nameless = page.evaluate(
            """() => [...document.querySelectorAll('a, button, input:not([type=hidden]), img')]
               .filter(e => !(e.textContent.trim() || e.getAttribute('aria-label') || e.alt
                 || e.labels?.length || e.closest('a[aria-label]')
                 || e.querySelector?.('img[alt]:not([alt=""])')))
               .map(e => e.outerHTML)"""
        )
        assert nameless == [], path
