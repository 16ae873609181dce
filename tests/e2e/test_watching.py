"""What people do with photos and sidecars while the daemon runs: every word is kept."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from doubles.pictures import make_jpeg
from e2e.processes import ModelServer, PhotoDaemon, until
from e2e.sidecars import edit, has_word, keywords, needs_exiftool, sidecar_of


def scan_often(daemon: PhotoDaemon, *more_libraries: Path, watch: str = "auto") -> None:
    """Settings with other libraries and a scan every second or so."""
    more = "".join(f'[[library]]\npath = "{folder}"\n' for folder in more_libraries)
    intake = f'watch = "{watch}"\n{more}[intake]\nrescan_minutes = 0.02'
    text = daemon.settings.read_text().replace("[intake]", intake)
    daemon.settings.write_text(text)


def wait_done(daemon: PhotoDaemon, count: int) -> None:
    def is_done() -> bool:
        status = daemon.status()
        return status["done"] == count and not status["queued"] + status["running"]

    until(is_done, f"{count} photos to be done: {daemon.status()}")


def inferences(daemon: PhotoDaemon) -> int:
    return len(daemon.events("photo.tagged"))


@pytest.mark.parametrize("marker", [".nomedia", ".noai"])
def test_a_marker_takes_a_tree_out_and_its_removal_brings_it_back(
    daemon: PhotoDaemon, model_server: ModelServer, marker: str
) -> None:
    """Queued jobs of the tree are cancelled within one scan, those of others are not."""
    model_server.stop()
    private = daemon.photos / "private" / "deep"
    private.mkdir(parents=True)
    make_jpeg(daemon.photos / "public.jpg", seed=1)
    make_jpeg(private / "a.jpg", seed=2)
    make_jpeg(private.parent / "b.jpg", seed=3)
    scan_often(daemon, watch="scan" if marker == ".noai" else "native")
    daemon.start()
    until(lambda: daemon.status()["queued"] == 3, "all three to wait")

    (private.parent / marker).touch()
    until(lambda: daemon.status()["queued"] == 1, "the private ones to be cancelled")
    assert daemon.status()["cancelled"] == 2
    model_server.start()
    wait_done(daemon, 1)
    assert list(private.parent.rglob("*.xmp")) == []

    (private.parent / marker).unlink()
    wait_done(daemon, 3)
    assert inferences(daemon) == 3
    assert daemon.status()["cancelled"] == 0


@needs_exiftool
@pytest.mark.parametrize("watch", ["native", "scan"])
def test_a_persons_words_survive_and_what_they_removed_stays_away(
    daemon: PhotoDaemon, watch: str
) -> None:
    """Noticed by a hint or by a scan, merged without asking the model, equal in all three lists."""
    photo = daemon.photos / "a.jpg"
    make_jpeg(photo, seed=4)
    if watch == "scan":
        scan_often(daemon, watch=watch)
    daemon.start()
    wait_done(daemon, 1)
    sidecar = sidecar_of(photo)
    ours = sorted(keywords(sidecar)[0])

    edit(sidecar, "-XMP-dc:Subject+=grandma", f"-XMP-dc:Subject-={ours[0]}")
    expected = {*ours[1:], "grandma"}
    until(lambda: keywords(sidecar) == [expected] * 3, "her edit in all three lists")

    text = sidecar.read_text().replace("grandma", "Oma Erna")
    replacement = daemon.home / "edited"
    replacement.write_text(text)
    replacement.replace(sidecar)
    edit(sidecar, "-XMP-dc:Subject+=beach house")
    expected = {*ours[1:], "Oma Erna", "beach house"}
    until(lambda: keywords(sidecar) == [expected] * 3, "the second edit in all three lists")
    assert inferences(daemon) == 1


@needs_exiftool
def test_wherever_photos_go_their_words_go_with_them(daemon: PhotoDaemon, tmp_path: Path) -> None:
    """Renames, moves, copies, another library, a restored backup: no photo is asked about twice."""
    other = tmp_path / "other"
    other.mkdir()
    scan_often(daemon, other)
    names = ["renamed", "moved", "crossed", "pair", "copied", "tree/in/deep", "both/in/deep"]
    photos = [daemon.photos / f"{name}.jpg" for name in names]
    for seed, photo in enumerate(photos, start=20):
        photo.parent.mkdir(parents=True, exist_ok=True)
        make_jpeg(photo, seed=seed)
    daemon.start()
    wait_done(daemon, len(photos))
    for photo in photos:
        edit(sidecar_of(photo), f"-XMP-dc:Subject+=by hand {photo.stem}")
    until(
        lambda: all(has_word(sidecar_of(p), f"by hand {p.stem}") for p in photos),
        "the words by hand to be merged",
    )
    old_backup = sidecar_of(photos[0]).read_bytes()
    goals = _move_about(daemon.photos, other)

    def has_arrived(old: Path, new: Path) -> bool:
        return sidecar_of(new).exists() and has_word(sidecar_of(new), f"by hand {old.stem}")

    pairs = {daemon.photos / old: new for old, new in goals.items()}
    until(lambda: all(has_arrived(*pair) for pair in pairs.items()), f"the sidecars of {goals}")
    until(lambda: not any(sidecar_of(old).exists() for old in pairs), "the old sidecars to be gone")
    copy = daemon.photos / "copies" / "copied.jpg"
    until(sidecar_of(copy).exists, "the copy's sidecar")
    assert "by hand" not in sidecar_of(copy).read_text()  # words are not copied between copies
    wait_done(daemon, len(photos))

    renamed = goals["renamed.jpg"]
    sidecar_of(renamed).write_bytes(old_backup)
    os.utime(sidecar_of(renamed), (1_600_000_000, 1_600_000_000))
    until(lambda: len(daemon.events("sidecar.written")) > 0, "the backup to be read")
    wait_done(daemon, len(photos))
    assert "by hand renamed" in sidecar_of(renamed).read_text()
    assert inferences(daemon) == len(photos)
    assert [*daemon.events("trouble"), *daemon.events("hints.lost")] == []


def _move_about(library: Path, other: Path) -> dict[str, Path]:
    """Where each photo, named as it was, lies now."""
    (library / "copies").mkdir()
    shutil.copyfile(library / "copied.jpg", library / "copies" / "copied.jpg")
    (library / "2026").mkdir()
    goals: dict[str, Path] = {
        "renamed.jpg": library / "a new name.jpg",
        "moved.jpg": library / "2026" / "moved.jpg",
        "crossed.jpg": other / "crossed.jpg",
        "pair.jpg": library / "2026" / "pair.jpg",
    }
    for name, goal in goals.items():
        (library / name).rename(goal)
    sidecar_of(library / "pair.jpg").rename(sidecar_of(goals["pair.jpg"]))
    _move_tree(library / "tree", library / "2026" / "tree", but=[".xmp"])
    shutil.move(library / "both", library / "2026" / "both")
    return goals | {
        "tree/in/deep.jpg": library / "2026" / "tree" / "in" / "deep.jpg",
        "both/in/deep.jpg": library / "2026" / "both" / "in" / "deep.jpg",
    }


def _move_tree(tree: Path, goal: Path, *, but: Sequence[str]) -> None:
    """Move the photos of a tree, as programs do that know nothing of sidecars."""
    for file in [path for path in tree.rglob("*") if path.is_file() and path.suffix not in but]:
        new = goal / file.relative_to(tree)
        new.parent.mkdir(parents=True, exist_ok=True)
        file.rename(new)
