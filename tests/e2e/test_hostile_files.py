"""One folder full of things made to break a daemon, and good photos between them."""

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from doubles.pictures import make_jpeg, png_header
from e2e.processes import PhotoDaemon, until
from phototagd.domain.job import JobState

if TYPE_CHECKING:
    from collections.abc import Callable

GOOD_NAMES = [
    b"plain.jpg",
    b"line\nbreak.jpg",
    b"\x1b[31mred\x1b]0;title\x07.jpg",
    b"quotes'\"`$(reboot);&|.jpg",
    b"latin-\xe9.jpg",
    b'{"event": "forged"}.jpg',
    b"-rf.jpg",
    b"x" * 247 + b".jpg",  # with .xmp it is as long as a name can be
]
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>
<x:xmpmeta xmlns:x="adobe:ns:meta/">&c;&d;</x:xmpmeta>"""


def at(folder: Path, name: bytes) -> Path:
    return Path(os.fsdecode(os.fsencode(folder) + b"/" + name))


def test_hostile_files_have_a_reason_or_are_ignored_and_good_ones_are_tagged(
    daemon: PhotoDaemon,
) -> None:
    """Nothing hangs, nothing dies, nothing outside is read, and every log line is one object."""
    good = [at(daemon.photos, name) for name in GOOD_NAMES]
    for number, photo in enumerate(good):
        make_jpeg(photo, seed=number, size=(160, 120))
    refused = _photos_that_are_none(daemon.photos)
    blocked = _sidecars_that_are_none(daemon.photos)
    ignored = _never_photos(daemon.photos, outside=daemon.home)
    before = {path: path.read_bytes() for path in daemon.photos.glob("*.xmp") if path.is_file()}

    daemon.start()
    vanishing = make_jpeg(daemon.photos / "vanishing.jpg", seed=99)
    vanishing.unlink()
    sidecars = [photo.with_name(photo.name + ".xmp") for photo in good]
    until(lambda: all(sidecar.exists() for sidecar in sidecars), "the good ones")

    def reasons() -> dict[bytes, str]:
        with daemon.control() as control:
            views = control.jobs(None, 1000)
        return {
            view.location.rpartition(b"/")[2]: view.reason
            for view in views
            if view.location and view.reason and view.state is not JobState.DONE
        }

    expected = {*refused, *blocked}
    until(lambda: expected <= set(reasons()), f"a reason for each of {sorted(expected)}")

    told = reasons()
    assert not ignored & set(told)
    assert not {os.fsencode(photo.name) for photo in good} & set(told)
    listed = json.loads(daemon.command("jobs", "--json").stdout)
    assert listed
    assert {path: path.read_bytes() for path in before} == before, "a sidecar was overwritten"
    assert all(json.loads(line) for line in daemon.log.read_text().splitlines())
    assert "root:" not in daemon.log.read_text()
    assert daemon.terminate() == 0


def _photos_that_are_none(folder: Path) -> set[bytes]:
    """Named like photos, and broken in various ways."""
    make_jpeg(folder / "whole.jpg", seed=50, size=(640, 480))
    whole = (folder / "whole.jpg").read_bytes()
    (folder / "whole.jpg").unlink()
    (folder / "bomb.png").write_bytes(png_header(60_000, 60_000))
    (folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    (folder / "text.jpg").write_text("<html>not a photo</html>")
    (folder / "header-only.jpg").write_bytes(whole[:4])
    return {b"bomb.png", b"cut.jpg", b"text.jpg", b"header-only.jpg"}


def _sidecars_that_are_none(folder: Path) -> set[bytes]:
    """Good photos whose sidecar cannot be one."""
    makers: dict[str, Callable[[Path], object]] = {
        "folder": Path.mkdir,
        "fifo": os.mkfifo,
        "bomb": lambda path: path.write_bytes(BOMB),
        "malformed": lambda path: path.write_bytes(b"<x:xmpmeta"),
        "link": lambda path: path.symlink_to("/etc/passwd"),
    }
    for number, (name, make) in enumerate(makers.items(), start=70):
        photo = make_jpeg(folder / f"sidecar-is-{name}.jpg", seed=number, size=(160, 120))
        sidecar = photo.with_name(photo.name + ".xmp")
        make(sidecar)
        if sidecar.is_file() and not sidecar.is_symlink():
            os.utime(sidecar, (1_700_000_000, 1_700_000_000))  # nobody is still writing it
    return {f"sidecar-is-{name}.jpg".encode() for name in makers}


def _never_photos(folder: Path, *, outside: Path) -> set[bytes]:
    """What no program should even open."""
    os.mkfifo(folder / "fifo.jpg")
    (folder / "folder.jpg").mkdir()
    elsewhere = outside / "outside"
    elsewhere.mkdir()
    make_jpeg(elsewhere / "private.jpg", seed=80)
    (folder / "link.jpg").symlink_to(elsewhere / "private.jpg")
    (folder / "linked-folder").symlink_to(elsewhere)
    (folder / "loop").symlink_to(folder)
    (folder / "empty.jpg").touch()
    made = subprocess.run(["mknod", folder / "device.jpg", "c", "1", "5"], check=False)  # /dev/zero
    names = {b"fifo.jpg", b"folder.jpg", b"link.jpg", b"private.jpg"}
    return names | ({b"device.jpg"} if made.returncode == 0 else set())
