"""Where darktable is installed, it is asked what it finds, and our oracle of it is judged."""

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from doubles.pictures import draw
from doubles.readers import Darktable
from doubles.readers.naming_table import CAPTION, CASES, written
from doubles.readers.reader import shown
from phototagd.domain.sidecar import Naming

JPEG = CASES[0]
DESCRIPTION = 3  # darktable's number for dc:description

pytestmark = pytest.mark.skipif(
    shutil.which("darktable-cli") is None, reason="darktable-cli is not installed"
)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("naming", [Naming.APPEND, Naming.REPLACE])
def test_darktable_imports_our_words(tmp_path: Path, naming: Naming) -> None:
    """By its own name, and through its importer of Lightroom's names."""
    photos, house = tmp_path / "photos", tmp_path / "house"
    photos.mkdir()
    house.mkdir()
    draw(1, (320, 240)).save(photos / JPEG.photo)
    for name, content in written(JPEG, naming).items():
        (photos / name).write_bytes(content)

    library = ["--configdir", house, "--library", house / "library.db"]
    command = ["darktable-cli", photos / JPEG.photo, tmp_path / "out.jpg", "--core", *library]
    subprocess.run(command, check=True, capture_output=True, timeout=100)

    tags = rows(house / "data.db", "SELECT name FROM tags")
    texts = rows(house / "library.db", f"SELECT value FROM meta_data WHERE key = {DESCRIPTION}")
    expected = shown(Darktable(), JPEG.photo, written(JPEG, naming))
    assert {tag for tag in tags if not tag.startswith("darktable|")} == expected.keywords
    assert texts == [expected.caption] == [CAPTION]


def rows(database: Path, query: str) -> list[str]:
    """The first column of everything that is found."""
    connection = sqlite3.connect(database)
    try:
        return [row[0] for row in connection.execute(query)]
    finally:
        connection.close()
