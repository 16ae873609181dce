"""Sending photos in a real browser: chosen or dropped, their cards appear by themselves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from doubles.gallery_house import GalleryHouse
from doubles.pictures import make_jpeg
from doubles.post_room import MOST_BYTES
from phototagd.web.server import WebServer


@pytest.fixture
def house(tmp_path: Path) -> Iterator[GalleryHouse]:
    with GalleryHouse(tmp_path) as house:
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
    yield context.new_page()
    context.close()
    web.stop()


def test_chosen_photos_are_sent_and_shown(page: Page, house: GalleryHouse, tmp_path: Path) -> None:
    photos = [make_jpeg(tmp_path / f"{seed}.jpg", seed=seed) for seed in range(3)]
    (tmp_path / "notes.jpg").write_text("no photo at all")
    (tmp_path / "huge.jpg").write_bytes(bytes(MOST_BYTES + 1))
    page.goto("/upload")
    expect(page.get_by_role("button", name="Send")).to_be_hidden()

    page.set_input_files(
        "#files", [*photos, photos[0], tmp_path / "notes.jpg", tmp_path / "huge.jpg"]
    )

    expect(page.locator("article.received")).to_have_count(3)
    expect(page.locator("#sending li.bad")).to_have_count(2)
    expect(page.locator("#sending")).to_contain_text("cannot be read as a photo")
    expect(page.locator("#sending")).to_contain_text("too large")
    assert sorted(house.post.files) == ["0.jpg", "1.jpg", "2.jpg"]
    page.reload()
    expect(page.locator("article.received")).to_have_count(3)


def test_dropped_photos_are_taken_too(page: Page, house: GalleryHouse, tmp_path: Path) -> None:
    content = list(make_jpeg(tmp_path / "a.jpg").read_bytes())
    page.goto("/upload")
    dropped = page.evaluate_handle(
        """bytes => {
             const data = new DataTransfer();
             data.items.add(new File([new Uint8Array(bytes)], "dropped.jpg"));
             return data;
           }""",
        content,
    )

    page.dispatch_event("#upload", "drop", {"dataTransfer": dropped})

    expect(page.locator("article.received")).to_have_count(1)
    assert list(house.post.files) == ["dropped.jpg"]
