"""Sidecars on disk survive crashes, races and strange files; nothing is ever half there."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from phototagd.adapters.sidecars import LARGEST_BYTES, DiskSidecars
from phototagd.domain.errors import NotYet, SidecarBroken, SidecarRaced, Unavailable
from phototagd.domain.sidecar import SidecarFile


class Crash(BaseException):
    """The power goes; no cleaning up."""


class Steps:
    """Counts durable steps, and crashes at one of them."""

    def __init__(self, crash_at: int = 0) -> None:
        self.seen: list[str] = []
        self._crash_at = crash_at

    def __call__(self, name: str) -> None:
        self.seen.append(name)
        if len(self.seen) == self._crash_at:
            raise Crash(name)


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    (tmp_path / "IMG_1.jpg").write_bytes(b"photo")
    return tmp_path / "IMG_1.jpg.xmp"


def raw(path: Path) -> bytes:
    return os.fsencode(path)


def photo_of(sidecar: Path) -> bytes:
    return os.fsencode(sidecar)[: -len(b".xmp")]


def bring_up_to_date(files: DiskSidecars, sidecar: Path, content: bytes) -> None:
    """What a write job does, and does again after a crash."""
    old = files.read(raw(sidecar))
    if old is None:
        files.create(raw(sidecar), content, photo=photo_of(sidecar))
    elif old.content != content:
        files.replace(raw(sidecar), content, expected=old)


def listing(sidecar: Path) -> list[str]:
    return sorted(entry.name for entry in sidecar.parent.iterdir())


@pytest.mark.parametrize("before", [None, b"old"])
def test_whichever_step_a_crash_hits_the_next_run_ends_right(
    sidecar: Path, before: bytes | None
) -> None:
    """No half file is ever visible, and nothing of ours stays behind."""
    steps = Steps()
    crashes = 0
    while True:
        sidecar.unlink(missing_ok=True)
        if before is not None:
            sidecar.write_bytes(before)
        steps = Steps(crash_at=crashes + 1)
        try:
            bring_up_to_date(DiskSidecars(step=steps), sidecar, b"new")
            break
        except Crash:
            crashes += 1
        assert not sidecar.exists() or sidecar.read_bytes() in {before, b"new"}
        assert [n for n in listing(sidecar) if n.endswith(".xmp")] in ([], ["IMG_1.jpg.xmp"])
        bring_up_to_date(DiskSidecars(), sidecar, b"new")
        assert sidecar.read_bytes() == b"new"
        assert listing(sidecar) == ["IMG_1.jpg", "IMG_1.jpg.xmp"]

    assert crashes == len(steps.seen) >= 7


def test_a_new_file_never_overwrites_one_that_appeared_meanwhile(sidecar: Path) -> None:
    def appear(step: str) -> None:
        if step == "create.link":
            sidecar.write_bytes(b"somebody else's")

    with pytest.raises(SidecarRaced):
        DiskSidecars(step=appear).create(raw(sidecar), b"ours", photo=photo_of(sidecar))

    assert sidecar.read_bytes() == b"somebody else's"
    assert listing(sidecar) == ["IMG_1.jpg", "IMG_1.jpg.xmp"]


def write_in_place(sidecar: Path) -> None:
    sidecar.write_bytes(b"edited in place")


def write_anew(sidecar: Path) -> None:
    fresh = sidecar.with_suffix(".new")
    fresh.write_bytes(b"edited by rename")
    fresh.replace(sidecar)


@pytest.mark.parametrize("edit", [write_in_place, write_anew])
@pytest.mark.parametrize("at", ["temp.open", "temp.fsync", "replace.hold"])
def test_an_edit_before_the_rename_is_seen(
    sidecar: Path, edit: Callable[[Path], None], at: str
) -> None:
    sidecar.write_bytes(b"old")
    old = DiskSidecars().read(raw(sidecar))
    assert old is not None

    files = DiskSidecars(step=lambda step: edit(sidecar) if step == at else None)
    with pytest.raises(SidecarRaced):
        files.replace(raw(sidecar), b"ours", expected=old)

    assert sidecar.read_bytes().startswith(b"edited")
    assert listing(sidecar) == ["IMG_1.jpg", "IMG_1.jpg.xmp"]


@pytest.mark.parametrize("edit", [write_in_place, write_anew])
def test_an_edit_between_the_last_look_and_the_rename_is_put_back(
    sidecar: Path, edit: Callable[[Path], None]
) -> None:
    sidecar.write_bytes(b"old")
    files = DiskSidecars(step=lambda step: edit(sidecar) if step == "replace.rename" else None)
    old = files.read(raw(sidecar))
    assert old is not None

    with pytest.raises(SidecarRaced):
        files.replace(raw(sidecar), b"ours", expected=old)

    assert sidecar.read_bytes().startswith(b"edited")
    assert listing(sidecar) == ["IMG_1.jpg", "IMG_1.jpg.xmp"]


def test_an_edit_in_that_moment_survives_even_a_crash(sidecar: Path) -> None:
    sidecar.write_bytes(b"old")

    def edit_then_crash(step: str) -> None:
        if step == "replace.rename":
            write_in_place(sidecar)
            later = sidecar.stat().st_mtime_ns + 10_000_000  # the clock of a disk is coarse
            os.utime(sidecar, ns=(later, later))
        if step == "replace.check":
            raise Crash

    files = DiskSidecars(step=edit_then_crash)
    old = files.read(raw(sidecar))
    assert old is not None
    with pytest.raises(Crash):
        files.replace(raw(sidecar), b"ours", expected=old)
    assert sidecar.read_bytes() == b"ours"

    found = DiskSidecars().read(raw(sidecar))

    assert found is not None
    assert found.content == b"edited in place"
    assert listing(sidecar) == ["IMG_1.jpg", "IMG_1.jpg.xmp"]


def test_a_replaced_file_keeps_its_mode(sidecar: Path) -> None:
    sidecar.write_bytes(b"old")
    sidecar.chmod(0o604)
    files = DiskSidecars()
    old = files.read(raw(sidecar))
    assert old is not None

    written = files.replace(raw(sidecar), b"new", expected=old)

    assert stat.S_IMODE(sidecar.stat().st_mode) == 0o604
    assert written == files.read(raw(sidecar))


def test_a_new_file_follows_the_umask_and_the_photos_group(sidecar: Path) -> None:
    before = os.umask(0o027)
    try:
        DiskSidecars().create(raw(sidecar), b"new", photo=photo_of(sidecar))
    finally:
        os.umask(before)

    assert stat.S_IMODE(sidecar.stat().st_mode) == 0o640
    assert sidecar.stat().st_gid == (sidecar.parent / "IMG_1.jpg").stat().st_gid


@pytest.mark.parametrize("make", ["folder", "fifo", "link", "socketless-huge"])
def test_what_is_no_regular_file_is_refused_and_never_waited_for(sidecar: Path, make: str) -> None:
    match make:
        case "folder":
            sidecar.mkdir()
        case "fifo":
            os.mkfifo(sidecar)
        case "link":
            sidecar.symlink_to(sidecar.parent / "IMG_1.jpg")
        case _:
            with sidecar.open("wb") as file:
                file.truncate(LARGEST_BYTES + 1)

    with pytest.raises(SidecarBroken):
        DiskSidecars().read(raw(sidecar))


def test_an_absent_sidecar_is_none(sidecar: Path) -> None:
    assert DiskSidecars().read(raw(sidecar)) is None


def test_names_longer_than_temporary_ones_may_be_still_work(tmp_path: Path) -> None:
    sidecar = tmp_path / ("é" * 125 + ".xmp")
    files = DiskSidecars()

    for content in (b"one", b"two"):
        bring_up_to_date(files, sidecar, content)

    assert sidecar.read_bytes() == b"two"
    assert listing(sidecar) == [sidecar.name]


def test_names_that_are_no_text_work(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/a\nb\xff.jpg.xmp"
    files = DiskSidecars()

    files.create(path, b"new", photo=path[:-4])

    assert files.names(os.fsencode(tmp_path), b"a\nb\xff.jpg") == {b"a\nb\xff.jpg.xmp"}


def test_only_names_with_the_photos_stem_are_listed(sidecar: Path) -> None:
    for name in ("img_1.XMP", "IMG_2.jpg", "other.xmp"):
        (sidecar.parent / name).touch()

    names = DiskSidecars().names(raw(sidecar.parent), b"IMG_1.jpg")

    assert names == {b"IMG_1.jpg", b"img_1.XMP"}
    assert DiskSidecars().names(raw(sidecar.parent / "gone"), b"x.jpg") == frozenset()


def test_a_file_is_removed_only_as_expected(sidecar: Path) -> None:
    sidecar.write_bytes(b"old")
    files = DiskSidecars()
    old = files.read(raw(sidecar))
    assert old is not None

    assert not files.remove(raw(sidecar), expected=SidecarFile(b"", old.stamp, "other"))
    sidecar.write_bytes(b"edited")
    assert not files.remove(raw(sidecar), expected=old)
    now = files.read(raw(sidecar))
    assert now is not None
    assert files.remove(raw(sidecar), expected=now)
    assert not sidecar.exists()
    assert not files.remove(raw(sidecar), expected=now)


def test_mirrored_folders_are_made_below_an_existing_root(tmp_path: Path) -> None:
    files = DiskSidecars()

    files.make_folder(raw(tmp_path), b"2026/may")
    files.make_folder(raw(tmp_path), b"2026/may")

    assert (tmp_path / "2026" / "may").is_dir()
    with pytest.raises(NotYet, match="mirrored"):
        files.make_folder(raw(tmp_path / "not mounted"), b"2026")


def fail_with(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize("call", ["fsync", "link", "open"])
@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, Unavailable),
        (errno.EDQUOT, Unavailable),
        (errno.EROFS, Unavailable),
        (errno.EIO, Unavailable),
        (errno.EACCES, NotYet),
        (errno.ESTALE, NotYet),
    ],
)
def test_what_the_system_refuses_is_said_in_our_words(
    sidecar: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, error: type[Exception]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail_with(number))
        with pytest.raises(error) as raised:
            DiskSidecars().create(raw(sidecar), b"new", photo=photo_of(sidecar))

    assert getattr(raised.value, "remedy", "waiting")
    assert listing(sidecar) == ["IMG_1.jpg"]


def test_a_name_too_long_for_the_disk_is_final(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/" + b"x" * 252 + b".xmp"

    with pytest.raises(SidecarBroken, match="too long"):
        DiskSidecars().create(path, b"new", photo=path)


@pytest.mark.parametrize("before", [None, b"old"])
def test_disks_without_links_are_written_too(
    sidecar: Path, monkeypatch: pytest.MonkeyPatch, before: bytes | None
) -> None:
    """FAT, exFAT and some SMB servers."""
    if before is not None:
        sidecar.write_bytes(before)
    monkeypatch.setattr(os, "link", fail_with(errno.EPERM))
    files = DiskSidecars()

    bring_up_to_date(files, sidecar, b"new")

    assert sidecar.read_bytes() == b"new"
    assert listing(sidecar) == ["IMG_1.jpg", "IMG_1.jpg.xmp"]
    with pytest.raises(SidecarRaced):
        files.create(raw(sidecar), b"other", photo=photo_of(sidecar))
    assert sidecar.read_bytes() == b"new"


def test_shares_that_cannot_sync_folders_are_written_too(
    sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def refuse_folders(fd: int) -> None:
        if stat.S_ISDIR(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, "no")
        real(fd)

    monkeypatch.setattr(os, "fsync", refuse_folders)

    bring_up_to_date(DiskSidecars(), sidecar, b"new")

    assert sidecar.read_bytes() == b"new"


def test_a_look_leaves_alone_what_the_writer_has_in_its_hands(tmp_path: Path) -> None:
    """Another thread may be between two steps of a write; only the writer clears up."""
    sidecar = tmp_path / "a.jpg.xmp"
    sidecar.write_bytes(b"<x/>")
    in_hand = [tmp_path / ".a.jpg.xmp.phtmp", tmp_path / ".a.jpg.xmp.phold"]
    for file in in_hand:
        file.write_bytes(b"half")
    files = DiskSidecars()

    looked = files.look(bytes(sidecar))

    assert looked is not None
    assert looked.content == b"<x/>"
    assert all(file.exists() for file in in_hand)
    assert files.look(bytes(tmp_path / "none.xmp")) is None
    sidecar.unlink()
    sidecar.mkdir()
    with pytest.raises(SidecarBroken):
        files.look(bytes(sidecar))
