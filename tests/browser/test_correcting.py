"""A person corrects words in the browser, and the sidecars of the real daemon have them."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from doubles.pictures import draw
from doubles.tools import lines_of, tool
from e2e.processes import ModelServer, PhotoDaemon, until


@pytest.fixture
def page(tmp_path: Path, chromium: Browser) -> Iterator[Page]:
    """The timeline of a daemon with two tagged photos in its folder."""
    model = ModelServer()
    model.start()
    daemon = PhotoDaemon(tmp_path, model.url)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    text = daemon.settings.read_text()
    daemon.settings.write_text(text.replace('listen = ""', f'listen = "{address}"'))
    for number in (1, 2):
        draw(number, (900, 600)).save(daemon.photos / f"{number}.jpg")
    daemon.start()
    until(lambda: len(list(daemon.photos.glob("*.xmp"))) == 2, "both sidecars")
    context = chromium.new_context(base_url=f"http://{address}", has_touch=True)
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/")
    yield page
    context.close()
    daemon.close()
    model.stop()
    assert complaints == []


def written(folder: Path, name: str) -> str:
    """What exiftool reads of a sidecar."""
    sidecar = folder / "photos" / name
    return "\n".join(lines_of(tool("exiftool"), "-s3", "-subject", "-description", sidecar))


def test_a_correction_in_the_browser_is_in_the_sidecar_seconds_later(
    page: Page, tmp_path: Path
) -> None:
    def stands(word: str, name: str) -> bool:
        return word in written(tmp_path, name)

    page.locator("#timeline a.tile img.shown").first.click()
    words = page.locator("#sheet .keywords li")
    page.fill("#add", "Anna, Places|Spain|Ronda")
    page.press("#add", "Enter")
    expect(words.filter(has_text="Ronda")).to_be_visible()
    expect(page.locator("#sheet:not([data-waiting])")).to_be_visible()
    name = Path(page.locator("#files .path").first.text_content() or "").name + ".xmp"
    assert stands("Anna", name)
    assert stands("Ronda", name)

    wrong = words.filter(has=page.locator("button[name=accept]")).first
    word = wrong.locator("a").text_content() or "?"
    wrong.locator("button[name=remove]").click()
    expect(words.filter(has_text=re.compile(rf"^\s*{word}\s"))).to_have_count(0)
    until(lambda: not stands(word, name), "the rejected word to be out of the sidecar")

    page.locator("#toast button").click()
    until(lambda: stands(word, name), "the word to be back")

    page.locator("#edit-caption summary").click()
    page.fill("#caption", "Two of us in Ronda")
    page.locator("#edit-caption button").click()
    expect(page.locator("#sheet h1")).to_have_text("Two of us in Ronda")
    until(lambda: stands("Two of us in Ronda", name), "the caption in the sidecar")

    page.fill("#question", "Which town is this?")
    page.press("#question", "Enter")
    expect(page.locator("#ask .answer .hint")).to_contain_text("qwen3-vl:4b-instruct")

    page.goto("/")
    tiles = page.locator("#timeline a.tile")
    tiles.first.focus()
    page.keyboard.press("x")
    tiles.last.click(modifiers=["Shift"])
    expect(page.locator("#selection output")).to_have_text("2 selected")
    page.fill("#select-add", "holiday")
    page.locator("#selection button.main").click()
    expect(page.locator("#selection")).to_be_hidden()
    until(lambda: all(stands("holiday", f"{n}.jpg.xmp") for n in (1, 2)), "the word in both")
