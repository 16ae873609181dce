"""Shares that go, come back as another, or may not be written to: nothing is lost."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles.pictures import make_jpeg
from e2e.private_mounts import bind, overlay, private_mounts, tmpfs, unmount
from e2e.processes import ModelServer, PhotoDaemon, until
from e2e.sidecars import edit, has_word, needs_exiftool, sidecar_of


@pytest.fixture(autouse=True)
def mounts() -> Iterator[None]:
    with private_mounts():
        yield


@pytest.fixture
def share(tmp_path: Path, mounts: None) -> Path:
    """A disk somewhere else, whose content can be mounted on the library's folder."""
    return tmpfs(tmp_path / "server")


def library(daemon: PhotoDaemon) -> dict[str, str]:
    only: dict[str, str] = daemon.status()["libraries"][0]
    return only


def look_now(daemon: PhotoDaemon) -> None:
    with daemon.control() as control:
        control.rescan(full=False)


def becomes(daemon: PhotoDaemon, state: str, why: str) -> None:
    look_now(daemon)
    until(
        lambda: library(daemon)["state"] == state and why in library(daemon)["why"],
        f"{state}, because {why!r}; it is {library(daemon)}",
    )


def counts(daemon: PhotoDaemon) -> dict[str, int]:
    status = daemon.status()
    return {name: status[name] for name in ("queued", "done", "dead", "cancelled")}


def tagged(daemon: PhotoDaemon) -> list[int]:
    return [event["asset"] for event in daemon.events("photo.tagged")]


def test_a_share_that_goes_and_comes_back_loses_nothing(
    daemon: PhotoDaemon, model_server: ModelServer, share: Path
) -> None:
    """Unmounted while running, empty after a reboot, another disk in its place, back again."""
    bind(share, daemon.photos)
    (daemon.photos / "2026").mkdir()
    make_jpeg(daemon.photos / "one.jpg", seed=1)
    make_jpeg(daemon.photos / "2026" / "two.jpg", seed=2)
    daemon.start()
    until(lambda: counts(daemon)["done"] == 2, "both to be tagged")
    model_server.stop()
    make_jpeg(daemon.photos / "three.jpg", seed=3)
    before = {"queued": 1, "done": 2, "dead": 0, "cancelled": 0}
    until(lambda: counts(daemon) == before, "the third to be queued")

    unmount(daemon.photos)
    becomes(daemon, "offline", "is the disk mounted?")
    assert counts(daemon) == before

    daemon.kill()
    daemon.start()
    becomes(daemon, "offline", "is the disk mounted?")
    found = daemon.command("check").stdout
    assert "is the disk mounted?" in found

    tmpfs(daemon.photos)
    make_jpeg(daemon.photos / "stranger.jpg", seed=4)
    becomes(daemon, "offline", "another folder or disk is in its place")
    assert counts(daemon) == before

    unmount(daemon.photos)
    bind(share, daemon.photos)
    model_server.start()
    becomes(daemon, "online", "local disk")
    make_jpeg(daemon.photos / "2026" / "four.jpg", seed=5)
    until(lambda: counts(daemon) == {**before, "queued": 0, "done": 4}, "all four to be done")
    assert len(tagged(daemon)) == len(set(tagged(daemon))) == 4
    assert sorted(path.name for path in share.rglob("*.xmp")) == [
        f"{name}.jpg.xmp" for name in ("four", "one", "three", "two")
    ]


def test_a_share_with_new_inode_numbers_is_the_same(daemon: PhotoDaemon, tmp_path: Path) -> None:
    """Restored to another disk: the same names and contents, no new inference."""
    disk, other = tmpfs(tmp_path / "disk"), tmpfs(tmp_path / "other")
    bind(disk, daemon.photos)
    for seed in (11, 12):
        make_jpeg(daemon.photos / f"{seed}.jpg", seed=seed)
    daemon.start()
    until(lambda: counts(daemon)["done"] == 2, "both to be tagged")
    words = {path.name: path.read_bytes() for path in disk.glob("*.xmp")}

    unmount(daemon.photos)
    becomes(daemon, "offline", "is the disk mounted?")
    make_jpeg(other / "padding.jpg", seed=13)  # so that inode numbers differ
    subprocess.run(["cp", "-a", f"{disk}/.", str(other)], check=True)
    bind(other, daemon.photos)

    becomes(daemon, "online", "local disk")
    until(lambda: counts(daemon)["done"] == 3, "the new one to be tagged")
    assert len(tagged(daemon)) == 3
    assert {name: (other / name).read_bytes() for name in words} == words


def test_layers_are_scanned_and_a_disk_within_is_named(daemon: PhotoDaemon, tmp_path: Path) -> None:
    """Hints would miss what changes below an overlay; a nested mount is left out, and said."""
    disk = tmpfs(tmp_path / "disk")
    (disk / "lower").mkdir()
    make_jpeg(disk / "lower" / "below.jpg", seed=21)
    overlay(daemon.photos, lower=disk / "lower", upper=disk / "upper", work=disk / "work")
    tmpfs(daemon.photos / "usb")
    make_jpeg(daemon.photos / "usb" / "hidden.jpg", seed=22)
    daemon.start()
    until(sidecar_of(daemon.photos / "below.jpg").exists, "the photo in the lower layer")

    assert library(daemon)["watch"] == "scan"
    assert "overlay" in library(daemon)["why"]
    make_jpeg(daemon.photos / "later.jpg", seed=23)
    until(sidecar_of(daemon.photos / "later.jpg").exists, "the photo that came later")
    (trouble,) = daemon.events("trouble")
    assert trouble["reason"] == "another file system is mounted there"
    assert not sidecar_of(daemon.photos / "usb" / "hidden.jpg").exists()


@needs_exiftool
def test_a_share_that_may_not_be_written_to_is_mirrored(daemon: PhotoDaemon, share: Path) -> None:
    """Sidecars in a tree of their own: edits there are merged, moves are followed."""
    mirror = daemon.home / "mirror"
    daemon.settings.write_text(
        daemon.settings.read_text().replace(
            "[intake]",
            f'sidecars = "mirror"\nmirror_dir = "{mirror}"\n[intake]\nrescan_minutes = 0.02',
        )
    )
    for folder in (share / "2025", share / "2026"):
        folder.mkdir()
    make_jpeg(share / "2025" / "a.jpg", seed=31)
    bind(share, daemon.photos, read_only=True)
    assert f"{mirror} is not there" in daemon.command("check").stdout
    mirror.mkdir()
    daemon.start()
    sidecar = mirror / "2025" / "a.jpg.xmp"
    until(lambda: counts(daemon)["done"] == 1, "the photo to be tagged")

    edit(sidecar, "-XMP-dc:Subject+=grandma")
    until(lambda: has_word(sidecar, "grandma"), "the word in all three lists")

    (share / "2025" / "a.jpg").rename(share / "2026" / "b.jpg")
    moved = mirror / "2026" / "b.jpg.xmp"
    until(lambda: moved.exists() and not sidecar.exists(), "the sidecar to follow")
    assert has_word(moved, "grandma")
    assert len(tagged(daemon)) == 1
    assert list(share.rglob("*.xmp")) == []
