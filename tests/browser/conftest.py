"""A real Chromium in front of a gallery with a large library.

Debian's: `apt install chromium fonts-noto-cjk`. Where it is missing these tests are skipped,
unless PHOTOTAGD_TEST_REQUIRE_TOOLS says that it must be there.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from doubles.gallery_house import GalleryHouse
from doubles.many_photos import fill
from phototagd.web.server import WebServer

if TYPE_CHECKING:
    from pathlib import Path

PHOTOS = 20_000

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("PHOTOTAGD_TEST_REQUIRE_TOOLS"):
            pytest.fail("chromium is missing: apt install chromium")
        pytest.skip("needs chromium")
    with sync_playwright() as playwright:
        # Containers have neither user namespaces for its sandbox nor a large /dev/shm.
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a gallery with many photos."""
    folder: Path = tmp_path_factory.mktemp("gallery")
    with GalleryHouse(folder) as house:
        fill(house.store, PHOTOS)
        web = WebServer(
            control=house.control,
            health=house.control,
            control_socket=folder / "control.sock",
            listen="127.0.0.1:0",
            gallery=house.app,
        )
        web.start()
        assert web.address is not None
        yield f"http://127.0.0.1:{web.address[1]}"
        web.stop()


@pytest.fixture
def open_page(chromium: Browser, served: str) -> Iterator[Open]:
    """Opens a page of the gallery; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    contexts = []

    def open_one(path: str, **settings: Any) -> Page:
        context = chromium.new_context(base_url=served, **settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []
