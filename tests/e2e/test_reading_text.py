"""A daemon that learns to read takes back what it said about a card."""

import shutil
from pathlib import Path

from doubles import documents
from doubles.import_path import import_path
from doubles.real_ocr import ocr_folder
from e2e.processes import ModelServer, PhotoDaemon, until


def test_words_are_taken_back_once_the_text_in_photos_is_read(tmp_path: Path) -> None:
    ocr = ocr_folder()
    server = ModelServer()
    server.start()
    daemon = PhotoDaemon(tmp_path, server.url)
    (daemon.photos / "card.jpg").write_bytes(documents.photo_of(documents.CARD, width=600))
    shutil.copy(daemon.photos / "card.jpg", daemon.photos / "copy.jpg")
    sidecars = [daemon.photos / f"{name}.jpg.xmp" for name in ("card", "copy")]

    def say(words: str) -> bool:
        return all(path.exists() and words in path.read_text() for path in sidecars)

    try:
        daemon.start()
        until(lambda: all(path.exists() for path in sidecars), "the sidecars")
        assert not say("A payment card.")
        daemon.terminate()
        daemon.wrapper = ("env", f"PYTHONPATH={import_path(ocr)}")
        daemon.start()
        until(lambda: say("A payment card."), "the words to be taken back")
        (daemon.photos / "new.jpg").write_bytes(documents.photo_of(documents.NOTE, width=600))
        sidecars[:] = [daemon.photos / "new.jpg.xmp"]
        until(lambda: say("A note or screen with access credentials."), "the new photo")
    finally:
        daemon.close()
        server.stop()
    assert "4111" not in daemon.log.read_text()
