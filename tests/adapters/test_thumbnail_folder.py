"""The folder of small pictures: bounded, and what is lost is no error."""

import os
from pathlib import Path

import pytest

from phototagd.adapters.thumbnail_folder import ThumbnailFolder
from phototagd.domain.gallery import ThumbnailSize

TILE, VIEW = ThumbnailSize.TILE, ThumbnailSize.VIEW


@pytest.fixture
def folder(tmp_path: Path) -> ThumbnailFolder:
    return ThumbnailFolder(folder=tmp_path / "small", limit_bytes=1000)


def test_what_was_put_is_there(folder: ThumbnailFolder, tmp_path: Path) -> None:
    folder.put("abcd", TILE, b"small")

    assert folder.get("abcd", TILE) == b"small"
    assert folder.has("abcd", TILE)
    assert folder.get("abcd", VIEW) is None
    assert not folder.has("other", TILE)
    assert ThumbnailFolder(folder=tmp_path / "small", limit_bytes=1000).has("abcd", TILE)


def test_nobody_else_may_look(folder: ThumbnailFolder, tmp_path: Path) -> None:
    folder.put("abcd", TILE, b"small")

    assert (tmp_path / "small").stat().st_mode & 0o077 == 0
    assert (tmp_path / "small/ab/abcd-256.webp").stat().st_mode & 0o077 == 0


def test_those_not_looked_at_for_longest_go_first(folder: ThumbnailFolder, tmp_path: Path) -> None:
    for number in range(9):
        folder.put(f"{number}x", TILE, bytes(100))
        os.utime(tmp_path / f"small/{number}x/{number}x-256.webp", (number, number))
    assert folder.get("0x", TILE), "looked at, so it is the newest now"

    for number in (10, 11):
        folder.put(f"{number}", TILE, bytes(100))

    left = [n for n in range(9) if folder.has(f"{n}x", TILE)]
    assert 0 in left
    assert 1 not in left
    assert sum(file.stat().st_size for file in tmp_path.rglob("*.webp")) <= 1000


def test_room_is_what_is_left(folder: ThumbnailFolder, tmp_path: Path) -> None:
    assert folder.has_room()
    folder.put("abcd", VIEW, bytes(950))
    assert not folder.has_room()
    assert not ThumbnailFolder(folder=tmp_path / "small", limit_bytes=1000).has_room()


def test_a_disk_that_takes_nothing_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "small").write_text("not a folder")
    folder = ThumbnailFolder(folder=tmp_path / "small", limit_bytes=1000)

    folder.put("abcd", TILE, b"small")

    assert folder.get("abcd", TILE) is None


def test_the_folder_may_be_deleted_meanwhile(folder: ThumbnailFolder, tmp_path: Path) -> None:
    folder.put("abcd", TILE, b"small")
    for file in tmp_path.rglob("*.webp"):
        file.unlink()
    (tmp_path / "small/ab").rmdir()

    assert folder.get("abcd", TILE) is None
    folder.put("abcd", TILE, b"again")
    assert folder.get("abcd", TILE) == b"again"
