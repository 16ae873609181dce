"""Tending the vocabulary in a real browser, from a chosen word to the change and back."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Open = Callable[..., Page]


def test_words_are_chosen_looked_at_and_merged(open_page: Open) -> None:
    page = open_page("/vocabulary")
    merge = page.get_by_role("button", name="Merge into it")
    rename = page.get_by_role("button", name="Rename to it")
    expect(merge).to_be_disabled()

    page.get_by_label("yurt").check()
    expect(page.locator("#chosen")).to_have_text("1 chosen")
    expect(rename).to_be_enabled()
    page.get_by_label("Dog").check()
    expect(page.locator("#chosen")).to_have_text("2 chosen")
    expect(rename).to_be_disabled()
    page.get_by_label("Another word").fill("tent")
    page.keyboard.press("Enter")  # says nothing about which of the buttons is meant
    expect(page).to_have_url("/vocabulary")
    merge.click()

    expect(page.locator(".what")).to_contain_text("Animals › Dog, yurt")  # noqa: RUF001 -- as shown
    page.get_by_role("button", name="Do it").click()
    expect(page.get_by_role("status")).to_contain_text("Done")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_have_count(0)


def test_a_list_is_read_from_a_file(open_page: Open) -> None:
    page = open_page("/vocabulary", viewport={"width": 390, "height": 800})

    page.get_by_label("A keyword list").set_input_files(
        {
            "name": "k.txt",
            "mimeType": "text/plain",
            "buffer": "Tiere\n\tHund".encode("utf-16"),
        }
    )

    expect(page.locator("#text")).to_have_value("Tiere\n\tHund")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
