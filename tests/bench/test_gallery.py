"""How soon the timeline of 100,000 photos is on the screen, and how large its document is."""

import os
import shutil
import time
from pathlib import Path

import pytest

from doubles.gallery_house import GalleryHouse
from doubles.many_photos import fill
from phototagd.web.server import WebServer

PHOTOS = 100_000
MOST_SECONDS = 1.0
MOST_NODES = 100


@pytest.mark.bench
@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium")
def test_first_paint(tmp_path: Path) -> None:
    """From the request until pictures are decoded, in a Chromium that draws in software."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- not without chromium

    with GalleryHouse(tmp_path) as house, sync_playwright() as playwright:
        fill(house.store, PHOTOS)
        web = WebServer(
            control=house.control,
            health=house.control,
            control_socket=tmp_path / "control.sock",
            listen="127.0.0.1:0",
            gallery=house.app,
        )
        web.start()
        assert web.address is not None
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )
        painted, scripted, nodes = [], [], 0
        for _ in range(5):
            page = browser.new_context().new_page()
            start = time.perf_counter()
            page.goto(f"http://127.0.0.1:{web.address[1]}/", wait_until="commit")
            page.locator("#timeline .cell img.shown").first.wait_for()
            scripted.append(time.perf_counter() - start)
            first = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            painted.append(page.evaluate(first) / 1000)
            nodes = max(nodes, page.locator("main img").count())
            page.close()
        browser.close()
        web.stop()
    print(  # noqa: T201 -- a bench tells
        f"\n{PHOTOS:,} photos: first paint {min(painted):.2f} to {max(painted):.2f} s, "
        f"script in charge {min(scripted):.2f} to {max(scripted):.2f} s, {nodes} image nodes, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    assert min(painted) <= MOST_SECONDS
    assert nodes <= MOST_NODES
