"""Names by their beginning; a huge folder is not listed for every photo."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.adapters.folder_names import FolderNames

NAMES = st.sets(st.binary(min_size=1, max_size=6).map(lambda b: b.hex().encode()), max_size=20)


class SlowDisk:
    """A clock by which every listing takes `seconds`."""

    def __init__(self, seconds: float) -> None:
        self.now = 0.0
        self.seconds = seconds
        self.lists = 0

    def monotonic(self) -> float:
        return self.now

    def scandir(self, folder: bytes) -> "os._ScandirIterator[bytes]":
        self.now += self.seconds
        self.lists += 1
        return self._scandir(folder)

    _scandir = staticmethod(os.scandir)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowDisk:
    disk = SlowDisk(2.0)
    monkeypatch.setattr("phototagd.adapters.folder_names.os.scandir", disk.scandir)
    return disk


def test_case_does_not_matter_and_no_folder_has_no_names(tmp_path: Path) -> None:
    """Cameras shout, programs whisper."""
    (tmp_path / "IMG_1.JPG").touch()
    (tmp_path / "img_1.jpg.xmp").touch()
    (tmp_path / "IMG_2.JPG").touch()
    folder = os.fsencode(tmp_path)
    names = FolderNames(monotonic=lambda: 0.0)

    assert names.beginning(folder, b"Img_1") == {b"IMG_1.JPG", b"img_1.jpg.xmp"}
    assert names.beginning(folder + b"/none", b"I") == frozenset()


def test_a_slow_folder_is_listed_once_for_a_while(tmp_path: Path, slow: SlowDisk) -> None:
    """Ten times as long as it took; what we make ourselves is known at once."""
    (tmp_path / "a.jpg").touch()
    folder = os.fsencode(tmp_path)
    names = FolderNames(monotonic=slow.monotonic)
    assert names.beginning(folder, b"a") == {b"a.jpg"}
    (tmp_path / "a.jpg.xmp").touch()
    names.add(folder, b"a.jpg.xmp")
    names.add(folder, b"a.jpg.xmp")

    slow.now += 19
    assert names.beginning(folder, b"a") == {b"a.jpg", b"a.jpg.xmp"}
    assert slow.lists == 1
    (tmp_path / "a.xmp").touch()
    slow.now += 1
    assert names.beginning(folder, b"a") == {b"a.jpg", b"a.jpg.xmp", b"a.xmp"}
    assert slow.lists == 2


def test_what_we_remove_is_forgotten_at_once(tmp_path: Path, slow: SlowDisk) -> None:
    """Or the writer would look for a sidecar that has followed its photo."""
    (tmp_path / "a.jpg.xmp").touch()
    folder = os.fsencode(tmp_path)
    names = FolderNames(monotonic=slow.monotonic)
    names.beginning(folder, b"a")
    (tmp_path / "a.jpg.xmp").unlink()
    names.forget(folder)

    assert names.beginning(folder, b"a") == frozenset()


@given(present=NAMES, made=NAMES, start=st.sampled_from([b"", b"0", b"f", b"a1"]))
def test_remembered_and_added_names_are_found_as_if_listed(
    tmp_path_factory: pytest.TempPathFactory, present: set[bytes], made: set[bytes], start: bytes
) -> None:
    """Whatever their order."""
    folder = os.fsencode(tmp_path_factory.mktemp("names"))
    for name in present:
        Path(os.fsdecode(folder + b"/" + name)).touch()
    ticks = iter(range(10))
    names = FolderNames(monotonic=lambda: next(ticks))
    names.beginning(folder, b"")
    for name in made:
        names.add(folder, name)

    expected = {n for n in present | made if n.startswith(start)}
    assert names.beginning(folder, start) == expected
