"""Take the pictures of the README: `make screenshot`; needs Chromium.

A real daemon works through the album with a double of the model server; what the gallery then
shows is taken as WebP. No real photo and no real model is needed.
"""

import io
import shutil
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from doubles.pictures import exif_block
from e2e.processes import PhotoDaemon, until
from portrait.album import ALBUM, Photo
from portrait.canvas import developed
from portrait.knowing_model import KnowingModel

PICTURES = Path(__file__).parent.parent.parent / "daemon" / "screenshots"
_SIZE: ViewportSize = {"width": 1280, "height": 800}
_SCALE, _QUALITY = 1.5, 82


@dataclass(frozen=True, kw_only=True)
class Shot:
    """A picture to be taken: where, in which colours and language, after which steps."""

    name: str
    path: str = "/"
    colours: str = "light"
    language: str = "en"
    steps: Callable[[Page], None] = lambda _: None


def _open_first(page: Page) -> None:
    page.locator("main .tile").first.click()
    page.locator("article.photo").wait_for()


SHOTS = (
    Shot(name="timeline"),
    Shot(name="photo", colours="dark", steps=_open_first),
    Shot(name="search", path="/search?q=flowers+since+2025%2C+without+people", colours="dark"),
    Shot(name="timeline.zh", language="zh"),
)


def main() -> None:
    """Paint, tag, look."""
    with tempfile.TemporaryDirectory() as folder, KnowingModel() as model:
        daemon = PhotoDaemon(Path(folder), f"http://127.0.0.1:{model.port}")
        address = f"127.0.0.1:{_free_port()}"
        settings = daemon.settings.read_text()
        daemon.settings.write_text(settings.replace('listen = ""', f'listen = "{address}"'))
        for number, photo in enumerate(ALBUM):
            _paint(number, photo, daemon.photos, model)
        daemon.start()
        try:
            until(lambda: _is_finished(daemon), "all photos to be done")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"),
                    args=["--no-sandbox", "--disable-dev-shm-usage"],
                )
                for shot in SHOTS:
                    _take(browser, f"http://{address}", shot)
                browser.close()
        finally:
            daemon.terminate()


def _paint(number: int, photo: Photo, folder: Path, model: KnowingModel) -> None:
    chance = np.random.default_rng(number + 3)
    image = developed(chance, photo.scene(chance, photo.size))
    model.learn(image, photo.words)
    block = exif_block(taken=photo.taken, gps=photo.place, make="FUJIFILM", model="X-T5")
    image.save(folder / f"DSCF{4100 - number}.jpg", quality=92, exif=block)


def _is_finished(daemon: PhotoDaemon) -> bool:
    written = list(daemon.photos.glob("*.xmp"))
    counts = daemon.status().get("counts", {})
    return len(written) == len(ALBUM) and not counts.get("queued") and not counts.get("running")


def _take(browser: Browser, address: str, shot: Shot) -> None:
    context = browser.new_context(
        base_url=address,
        viewport=_SIZE,
        device_scale_factor=_SCALE,
        color_scheme="dark" if shot.colours == "dark" else "light",
        locale={"zh": "zh-CN"}.get(shot.language, "en-GB"),
    )
    page = context.new_page()
    page.goto(shot.path)
    shot.steps(page)
    page.wait_for_function(
        "() => { const all = [...document.images].filter(i => i.checkVisibility());"
        " return all.length > 1 && all.every(i => i.complete && i.naturalWidth) }"
    )
    page.wait_for_timeout(600)  # the pictures fade in
    with Image.open(io.BytesIO(page.screenshot())) as taken:
        PICTURES.mkdir(exist_ok=True)
        taken.save(PICTURES / f"{shot.name}.webp", quality=_QUALITY, method=6)
    context.close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


if __name__ == "__main__":
    main()
