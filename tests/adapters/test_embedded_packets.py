"""Photos whose packet is replaced, with the real exiftool as the witness."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from doubles.pictures import make_image, make_jpeg, make_png
from doubles.sidecars import listed, packet
from doubles.tools import lines_of, tool
from phototagd.adapters.embedded_packets import EmbeddedPackets
from phototagd.adapters.exiftool import Exiftool
from phototagd.adapters.hashing import ContentIdentifier
from phototagd.domain.errors import EmbedRefused, NotYet, SidecarRaced, Unavailable

OURS = packet(listed("dc:subject", ("lake", "grün")))
THEIRS = packet(listed("dc:subject", ("grandmother",)))
STEPS = ("copy", "make", "open", "fsync", "rename", "sync-folder", "check", "done")


class Interrupted(BaseException):
    """The power is gone; nobody catches this."""


class Workshop:
    """Photos, the packets in them, and something that may happen at a step."""

    def __init__(self, folder: Path) -> None:
        tool("exiftool")
        work = folder / "work"
        work.mkdir()
        self.photos = folder / "-we ird\nname"
        self.photos.mkdir()
        self.witness = Exiftool(folder=work, monotonic=time.monotonic)
        self.packets = EmbeddedPackets(witness=self.witness, folder=work, step=self._step)
        self.happens: dict[str, object] = {}

    def _step(self, name: str) -> None:
        what = self.happens.pop(name, None)
        if callable(what):
            what()

    def put(self, photo: Path, content: bytes) -> None:
        """Read, prepare and commit, as the writer does."""
        path = os.fsencode(photo)
        found = self.packets.read(path)
        known = ContentIdentifier().identify(path).content_hash
        made = self.packets.prepare(path, content, expected=found, content_hash=known)
        done = self.packets.commit(made)
        assert done == self.packets.look(path)

    def names(self) -> list[str]:
        return sorted(one.name for one in self.photos.iterdir())


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workshop]:
    shop = Workshop(tmp_path)
    yield shop
    shop.witness.close()


def jpeg(shop: Workshop, **more: object) -> Path:
    return make_jpeg(shop.photos / "-a\n.jpg", make="Canon", keywords=("iim",), **more)  # type: ignore[arg-type]


def png(shop: Workshop) -> Path:
    return make_png(shop.photos / "@b.png")


@pytest.mark.parametrize("make", [jpeg, png])
@pytest.mark.parametrize("before", [b"", THEIRS])
def test_a_packet_comes_and_goes_and_every_other_byte_stays(
    shop: Workshop, make: object, before: bytes
) -> None:
    assert callable(make)
    photo = make(shop)
    if before:
        shop.put(photo, before)
    original = photo.read_bytes()
    picture = ContentIdentifier().identify(os.fsencode(photo)).content_hash

    shop.put(photo, OURS)

    assert shop.packets.look(os.fsencode(photo)).content == OURS
    assert lines_of(tool("exiftool"), "-s3", "-XMP-dc:Subject", photo) == ["lake, grün"]
    assert ContentIdentifier().identify(os.fsencode(photo)).content_hash == picture
    with Image.open(photo) as image:
        assert image.info.get("xmp") == OURS
    shop.put(photo, before)
    assert photo.read_bytes() == original
    assert shop.names() == [photo.name]


def test_mode_owner_and_attributes_stay_and_the_time_of_change_moves(shop: Workshop) -> None:
    """Programs and backups see by the time that a file has other words now."""
    photo = jpeg(shop)
    photo.chmod(0o640)
    os.utime(photo, (1_000_000_000, 1_000_000_000))
    has_attributes = True
    try:
        os.setxattr(photo, "user.colour", b"red")
    except OSError:
        has_attributes = False

    shop.put(photo, OURS)

    assert photo.stat().st_mode & 0o777 == 0o640
    assert photo.stat().st_mtime > 1_000_000_000
    if has_attributes:
        assert os.getxattr(photo, "user.colour") == b"red"


def test_what_cannot_bear_words_is_refused_and_left_alone(shop: Workshop) -> None:
    protected = jpeg(shop)
    protected.chmod(0o444)
    webp = make_image(shop.photos / "c.webp", seed=3)
    extended = shop.photos / "d.jpg"
    data = make_jpeg(extended).read_bytes()
    body = b"http://ns.adobe.com/xmp/extension/\0" + bytes(40)
    extended.write_bytes(
        data[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + data[2:]
    )
    twice = shop.photos / "e.jpg"
    one = b"\xff\xe1" + (31 + len(OURS)).to_bytes(2, "big") + b"http://ns.adobe.com/xap/1.0/\0"
    twice.write_bytes(data[:2] + (one + OURS) * 2 + data[2:])
    cut = shop.photos / "f.jpg"
    cut.write_bytes(data[:60])

    for photo in (protected, webp, extended, twice, cut):
        before = photo.read_bytes()
        with pytest.raises(EmbedRefused):
            shop.put(photo, OURS)
        assert photo.read_bytes() == before
    with pytest.raises(EmbedRefused, match="too many"):
        shop.put(jpeg_of(shop, "g.jpg"), b"<" * 65503)
    assert not [name for name in shop.names() if name.endswith(".phtmp")]


def jpeg_of(shop: Workshop, name: str) -> Path:
    return make_jpeg(shop.photos / name)


def test_a_witness_that_sees_anything_else_keeps_the_photo_as_it_is(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = jpeg(shop)
    before = photo.read_bytes()
    monkeypatch.setattr(shop.witness, "packet", lambda _: b"other words")
    with pytest.raises(EmbedRefused, match="other words"):
        shop.put(photo, OURS)
    monkeypatch.undo()
    monkeypatch.setattr(shop.witness, "others", lambda name: {"of": name})
    with pytest.raises(EmbedRefused, match="other parts"):
        shop.put(photo, OURS)
    assert photo.read_bytes() == before
    assert shop.names() == [photo.name]


def test_a_preview_behind_the_picture_that_would_be_lost_is_seen(shop: Workshop) -> None:
    """Exif that points beyond the picture is wrong once a packet comes between."""
    photo = jpeg(shop)
    preview = jpeg_of(shop, "preview.jpg").read_bytes()
    main = photo.read_bytes()
    exif = main.index(b"Exif\0\0") + 6
    with Image.open(photo) as image:
        tags = image.getexif()
        tags[0x0201], tags[0x0202] = 1 << 20, len(preview)  # patched below
        image.save(photo, exif=tags)
    main = photo.read_bytes()
    exif = main.index(b"Exif\0\0") + 6
    order = "big" if main[exif : exif + 2] == b"MM" else "little"
    there = (1 << 20).to_bytes(4, order)  # type: ignore[arg-type]
    offset = (len(main) - exif).to_bytes(4, order)  # type: ignore[arg-type]
    photo.write_bytes(main.replace(there, offset, 1) + preview)
    before = photo.read_bytes()

    with pytest.raises(EmbedRefused, match="other parts"):
        shop.put(photo, OURS)

    assert photo.read_bytes() == before


@pytest.mark.parametrize("step", ["open", "rename"])
@pytest.mark.parametrize("how", ["in place", "replaced"])
def test_another_programs_photo_is_never_overwritten(shop: Workshop, step: str, how: str) -> None:
    photo = jpeg(shop)
    other = jpeg_of(shop, "other.jpg").read_bytes() + b"its trailer"

    def race() -> None:
        if how == "replaced":
            (shop.photos / "new").write_bytes(other)
            (shop.photos / "new").replace(photo)
        else:
            photo.write_bytes(other)

    shop.happens[f"embed.{step}"] = race
    with pytest.raises(SidecarRaced):
        shop.put(photo, OURS)

    assert photo.read_bytes() == other
    assert shop.names() == [photo.name, "other.jpg"]


def test_a_photo_put_there_in_the_last_moment_comes_back(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the last look and the swap: what was swapped out is not what we had copied."""
    photo = jpeg(shop)
    other = jpeg_of(shop, "other.jpg").read_bytes() + b"its trailer"
    real = os.lstat
    seen: list[bytes] = []

    def lstat(path: bytes) -> os.stat_result:
        found = real(path)
        if path == os.fsencode(photo) and shop.happens.get("armed"):
            shop.happens.clear()
            (shop.photos / "new").write_bytes(other)
            (shop.photos / "new").replace(photo)
            seen.append(path)
        return found

    shop.happens["embed.rename"] = lambda: shop.happens.update(armed=True)
    monkeypatch.setattr("phototagd.adapters.embedded_packets.os.lstat", lstat)
    with pytest.raises(SidecarRaced):
        shop.put(photo, OURS)

    assert seen
    assert photo.read_bytes() == other
    assert shop.names() == [photo.name, "other.jpg"]


def test_a_photo_of_other_content_gets_no_words(shop: Workshop) -> None:
    path = os.fsencode(jpeg(shop))
    found = shop.packets.read(path)
    with pytest.raises(NotYet, match="another one"):
        shop.packets.prepare(path, OURS, expected=found, content_hash="image1:00")


@pytest.mark.parametrize("step", STEPS)
def test_a_power_cut_leaves_the_old_photo_or_the_new_one(shop: Workshop, step: str) -> None:
    photo = jpeg(shop)
    before = photo.read_bytes()

    def cut() -> None:
        raise Interrupted

    shop.happens[f"embed.{step}"] = cut
    with pytest.raises(Interrupted):
        shop.put(photo, OURS)

    is_new = photo.read_bytes() != before
    assert is_new == (step in ("sync-folder", "check", "done"))
    if is_new:
        assert shop.packets.look(os.fsencode(photo)).content == OURS
    shop.put(photo, OURS if not is_new else b"")
    assert shop.names() == [photo.name]


def test_a_full_disk_and_a_protected_one_have_words_of_their_own(
    shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = jpeg(shop)
    before = photo.read_bytes()

    def full() -> None:
        raise OSError(28, "no space")

    shop.happens["embed.fsync"] = full
    with pytest.raises(Unavailable, match="No space left"):
        shop.put(photo, OURS)

    def forbidden() -> None:
        raise OSError(30, "read-only")

    shop.happens["embed.open"] = forbidden
    with pytest.raises(EmbedRefused, match="cannot be written to"):
        shop.put(photo, OURS)
    assert photo.read_bytes() == before
    assert shop.names() == [photo.name]
    monkeypatch.undo()
