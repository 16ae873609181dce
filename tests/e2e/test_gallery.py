"""A photo dropped into a folder is in the gallery of the real daemon, with words and picture."""

import io
import re
import socket

import httpx
from PIL import Image

from doubles.pictures import draw
from e2e.processes import PhotoDaemon, until


def test_a_new_photo_is_seen_searched_and_opened(daemon: PhotoDaemon) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    text = daemon.settings.read_text()
    daemon.settings.write_text(text.replace('listen = ""', f'listen = "127.0.0.1:{port}"'))
    draw(7, (900, 600)).save(daemon.photos / "new.jpg")
    daemon.start()

    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as browser:
        until(
            lambda: 'alt="Photo"' not in (page := browser.get("/").text) and "/thumbnails/" in page,
            "the photo with its caption",
        )
        [address] = re.findall(r'src="(/thumbnails/[^"]+)"', browser.get("/").text)
        picture = browser.get(address)
        assert picture.headers["cache-control"].endswith("immutable")
        with Image.open(io.BytesIO(picture.content)) as image:
            assert (image.format, image.size) == ("WEBP", (384, 256))
        [photo] = re.findall(r'href="(/photos/\d+)"', browser.get("/").text)
        [word, *_] = re.findall(r'href="/search\?q=([^"]+)"', browser.get(photo).text)
        assert photo in browser.get(f"/search?q={word}").text
        assert browser.get("/livez").text == "ok\n"
        assert browser.get("/", headers={"host": "evil.example"}).status_code == 421

    daemon.terminate()
    beyond = daemon.command("run", "--listen", "0.0.0.0:0")
    assert beyond.returncode == 78
    assert "phototagd web setup" in beyond.stderr
