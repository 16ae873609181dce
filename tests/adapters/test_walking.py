"""The walker sees every file once, and nothing that it should not."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from phototagd.adapters.walking import ScandirWalker
from phototagd.domain.asset import FolderStamp
from phototagd.domain.errors import NotYet
from phototagd.domain.library import Listing, NotRead
from phototagd.domain.packed_rows import PackedRows
from phototagd.rules.arriving.eligibility import IgnoreRules

LATER = datetime.now(UTC) + timedelta(hours=1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("a.jpg", "2026/b.jpg", "2026/may/c.jpg", "2026/@eaDir/d.jpg", "x/e.jpg"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def walker(*ignore: str) -> ScandirWalker:
    return ScandirWalker(ignore=IgnoreRules(ignore))


def listings(
    root: Path,
    known: dict[bytes, tuple[FolderStamp, datetime]] | None = None,
    ignore: tuple[str, ...] = (),
) -> list[Listing]:
    walked = list(walker(*ignore).walk(os.fsencode(root), known))
    assert not [item for item in walked if isinstance(item, NotRead)]
    return [item for item in walked if isinstance(item, Listing)]


def remembered(root: Path) -> dict[bytes, tuple[FolderStamp, datetime]]:
    return {item.folder: (item.stamp, LATER) for item in listings(root)}


def test_a_walk_sees_parents_first_and_no_junk(root: Path) -> None:
    walked = listings(root)

    assert [item.folder for item in walked] == [b"", b"2026", b"2026/may", b"x"]
    assert [[file.name for file in item.files] for item in walked] == [
        [b"a.jpg"],
        [b"b.jpg"],
        [b"c.jpg"],
        [b"e.jpg"],
    ]
    stamp = walked[0].files[0].stamp
    found = (root / "a.jpg").stat()
    assert (stamp.size, stamp.mtime_ns, stamp.inode) == (1, found.st_mtime_ns, found.st_ino)


def test_links_are_not_followed_but_a_root_may_be_one(root: Path) -> None:
    (root / "link.jpg").symlink_to(root / "a.jpg")
    (root / "loop").symlink_to(root)
    outer = root.parent / (root.name + "-link")
    outer.symlink_to(root)

    assert [item.folder for item in listings(outer)] == [b"", b"2026", b"2026/may", b"x"]
    assert [file.name for file in listings(outer)[0].files] == [b"a.jpg"]
    assert walker().sight(os.fsencode(root / "link.jpg")) is None


def test_only_regular_files_are_seen(root: Path) -> None:
    os.mkfifo(root / "pipe.jpg")

    assert [file.name for file in listings(root)[0].files] == [b"a.jpg"]
    assert walker().sight(os.fsencode(root / "pipe.jpg")) is None


def test_names_are_bytes(root: Path) -> None:
    name = b"\xff\n\xe2\x98\x83" + b"x" * 249
    Path(root, "x", os.fsdecode(name)).touch()

    assert name in {file.name for item in listings(root) for file in item.files}


def test_ignored_files_and_folders_are_left_out(root: Path) -> None:
    walked = listings(root, ignore=("may/", "x/*.jpg"))

    assert [item.folder for item in walked] == [b"", b"2026", b"x"]
    assert walked[-1].files == ()


def test_a_marker_is_reported_and_nothing_below_is_visited(root: Path) -> None:
    (root / "2026" / ".nomedia").touch()

    walked = {item.folder: item for item in listings(root)}

    assert set(walked) == {b"", b"2026", b"x"}
    assert walked[b"2026"].markers == {b".nomedia"}
    assert walked[b"2026"].folders == ()


def test_a_pruned_walk_reads_only_what_changed(root: Path) -> None:
    known = remembered(root)
    (root / "2026" / "may" / "new.jpg").touch()

    assert [item.folder for item in listings(root, known)] == [b"2026/may"]


def test_a_pruned_walk_notices_a_restored_modification_time(root: Path) -> None:
    """Copying tools set the old time again; the change time cannot be set."""
    known = remembered(root)
    before = (root / "x").stat()
    (root / "x" / "new.jpg").touch()
    os.utime(root / "x", ns=(before.st_atime_ns, before.st_mtime_ns))

    assert [item.folder for item in listings(root, known)] == [b"x"]


def test_a_folder_changed_just_before_its_listing_is_read_again(root: Path) -> None:
    known = {folder: (stamp, datetime.now(UTC)) for folder, (stamp, _) in remembered(root).items()}

    assert len(listings(root, known)) == 4


def test_a_pruned_walk_walks_a_folder_that_appeared(root: Path) -> None:
    known = remembered(root)
    (root / "x" / "deep" / "er").mkdir(parents=True)

    assert [item.folder for item in listings(root, known)] == [b"x", b"x/deep", b"x/deep/er"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_not_read(root: Path) -> None:
    (root / "2026").chmod(0)
    try:
        walked = list(walker().walk(os.fsencode(root), None))
        with pytest.raises(NotYet):
            walker().listing(os.fsencode(root), b"2026")
    finally:
        (root / "2026").chmod(0o700)

    assert NotRead(b"2026", "Permission denied") in walked


def test_a_folder_that_cannot_be_read_does_not_end_the_walk(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def failing(path: bytes) -> object:
        if path.endswith(b"2026"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", failing)

    walked = list(walker().walk(os.fsencode(root), None))

    assert NotRead(b"2026", "Permission denied") in walked
    assert [item.folder for item in walked] == [b"", b"2026", b"x"]
    with pytest.raises(NotYet, match="Permission denied"):
        walker().listing(os.fsencode(root), b"2026")


def test_another_file_system_is_not_entered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lstat = os.lstat

    def mounted(path: bytes) -> os.stat_result:
        found = lstat(path)
        if path.endswith(b"x"):
            fields = list(found)
            fields[2] += 1
            return os.stat_result(fields)
        return found

    monkeypatch.setattr(os, "lstat", mounted)

    walked = list(walker().walk(os.fsencode(root), None))

    assert [i.folder for i in walked if isinstance(i, NotRead)] == [b"x"]
    with pytest.raises(NotYet, match="another file system"):
        walker().listing(os.fsencode(root), b"x")


def test_one_listing(root: Path) -> None:
    listing = walker().listing(os.fsencode(root), b"2026")

    assert listing is not None
    assert listing == listings(root)[1]


@pytest.mark.parametrize("gone", [b"nowhere", b"a.jpg", b"a.jpg/below"])
def test_what_is_no_folder_has_no_listing(root: Path, gone: bytes) -> None:
    assert walker().listing(os.fsencode(root), gone) is None


def test_a_root_that_is_gone_is_not_read(tmp_path: Path) -> None:
    gone = os.fsencode(tmp_path / "gone")

    assert [type(item) for item in walker().walk(gone, None)] == [NotRead]
    assert walker().listing(gone, b"") is None


def test_a_sight_tells_when_a_file_was_last_touched(root: Path) -> None:
    photo = root / "a.jpg"
    os.utime(photo, ns=(0, 1_000_000_000))

    sighting = walker().sight(os.fsencode(photo))

    assert sighting is not None
    assert sighting.stamp.mtime_ns == 1_000_000_000
    assert sighting.touched_ns == photo.stat().st_ctime_ns
    assert walker().sight(os.fsencode(root / "no.jpg")) is None


@pytest.mark.parametrize("count", [2, 3, 4])
def test_a_large_folder_is_packed_and_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    names = [f"{9 - number}.jpg" for number in range(count)]
    for name in [*names, ".nomedia", "out.tmp"]:
        (tmp_path / name).write_bytes(b"x")
    (plain,) = listings(tmp_path, ignore=("*.tmp",))
    monkeypatch.setattr("phototagd.adapters.walking.MOST_AS_TUPLES", 3)

    (packed,) = listings(tmp_path, ignore=("*.tmp",))

    assert isinstance(packed.rows, PackedRows)
    assert list(packed.rows) == list(plain.rows)
    assert [os.fsdecode(row[0]) for row in plain.rows] == [".nomedia", *reversed(names)]
    assert packed.markers == plain.markers == {b".nomedia"}
