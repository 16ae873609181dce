# Paths are bytes here, which pathlib does not know:
# ruff: noqa: PTH105, PTH108, PTH118, PTH120
"""Words inside photos: a proven copy takes the photo's place, or nothing happens.

Only the segment with the packet is replaced; all other bytes are copied. A copy in a folder of
our own is taken apart again, and a witness, another program, must find the packet and
everything else in it. Then it is put beside the photo (`.NAME.phtmp`), and, where the disk can,
the two swap names in one step, so that what another program had put there in the very last
moment is in our hands and is put back.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol

from phototagd.adapters.exchanging import exchange
from phototagd.adapters.hashing import ContentIdentifier
from phototagd.adapters.photo_errors import translated
from phototagd.adapters.photo_file import open_photo
from phototagd.adapters.photo_segments import (
    NotTakenApart,
    TakenApart,
    put_together,
    segment_of,
    take_apart,
)
from phototagd.domain.asset import PhotoKind, Stamp
from phototagd.domain.embedding import EmbeddedPacket, PreparedPhoto
from phototagd.domain.errors import EmbedRefused, NotYet, SidecarRaced
from phototagd.rules.photo.kinds import HEAD_BYTES, kind_of

LONGEST_NAME = 255
_KINDS = (PhotoKind.JPEG, PhotoKind.PNG)
_WRITABLE = 0o222
_STEP = 1 << 20
_TEMP = b".phtmp"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_SOURCE, _TARGET = "source", "target"


class Witness(Protocol):
    """Another program that reads files in our folder; both raise EmbedRefused."""

    def packet(self, name: str) -> bytes:
        """The XMP packet of a file, empty without one."""
        ...

    def others(self, name: str) -> Mapping[str, object]:
        """Everything else that a file says."""
        ...


class EmbeddedPackets:
    """Implements `ports.PhotoPackets`; used by one thread. `folder` is the witness's, and ours."""

    def __init__(self, *, witness: Witness, folder: Path, step: Callable[[str], None]) -> None:
        self._witness = witness
        self._folder = folder
        self._step = step
        self._identifier = ContentIdentifier()

    def read(self, photo: bytes) -> EmbeddedPacket:
        """The packet of a photo; clears what a crash left beside it."""
        with translated(photo):
            _discard(_beside(photo))
        return self.look(photo)

    def look(self, photo: bytes) -> EmbeddedPacket:
        """The packet of a photo."""
        with open_photo(photo) as file:
            before = _stamp(os.fstat(file.fileno()))
            content = _parts(file, photo).packet
            if _stamp(os.fstat(file.fileno())) != before:
                raise SidecarRaced("the photo changed while it was read")
        return EmbeddedPacket(content, before, _digest(content))

    def prepare(
        self, photo: bytes, packet: bytes, *, expected: EmbeddedPacket, content_hash: str
    ) -> PreparedPhoto:
        """A copy with this packet beside the photo, proven and on disk."""
        with translated(photo):
            self._clear()
            try:
                made = self._make(photo, packet, expected, content_hash)
                copy = self._bring(made, photo, expected)
            finally:
                self._clear()
        return PreparedPhoto(photo, copy, expected.stamp, packet)

    def commit(self, prepared: PreparedPhoto) -> EmbeddedPacket:
        """Swap the copy and the photo, and forget the photo as it was."""
        photo, copy = prepared.photo, prepared.copy
        with translated(photo):
            try:
                self._step("embed.rename")
                found = os.lstat(copy)
                _demand(_stamp(os.lstat(photo)), prepared.expected)
                is_exchanged = exchange(copy, photo)
                if not is_exchanged:
                    os.replace(copy, photo)
            except (OSError, SidecarRaced):
                _discard(copy)
                raise
            self._step("embed.sync-folder")
            _sync_folder(photo)
            self._step("embed.check")
            if is_exchanged:
                self._settle(prepared)
            self._step("embed.done")
        return EmbeddedPacket(prepared.packet, _stamp(found), _digest(prepared.packet))

    def discard(self, prepared: PreparedPhoto) -> None:
        """Remove a copy that is not wanted after all."""
        with translated(prepared.photo):
            _discard(prepared.copy)

    def _settle(self, prepared: PreparedPhoto) -> None:
        """Forget the old photo, unless it is not the one that we copied: then it comes back."""
        if _stamp(os.lstat(prepared.copy)) == prepared.expected:
            _discard(prepared.copy)
            return
        exchange(prepared.copy, prepared.photo)
        _discard(prepared.copy)
        _sync_folder(prepared.photo)
        raise SidecarRaced("the photo changed meanwhile")

    def _make(
        self, photo: bytes, packet: bytes, expected: EmbeddedPacket, content_hash: str
    ) -> Path:
        """The proven copy, still in our own folder."""
        self._step("embed.copy")
        with open_photo(photo) as file:
            before = os.fstat(file.fileno())
            if not stat.S_IMODE(before.st_mode) & _WRITABLE:
                raise EmbedRefused("it is write-protected")
            parts, segment = _parts(file, photo), _segment(file, photo, packet)
            file.seek(0)
            with (self._folder / _SOURCE).open("xb") as copy:
                shutil.copyfileobj(file, copy, _STEP)
            after = os.fstat(file.fileno())
        _demand(_stamp(before), expected.stamp)
        _demand(_stamp(after), expected.stamp)
        if self._hash(_SOURCE) != content_hash:
            raise NotYet("the photo is another one than was taken in")
        self._step("embed.make")
        source, target = self._folder / _SOURCE, self._folder / _TARGET
        with source.open("rb") as old, target.open("xb") as new:
            new.writelines(put_together(old, parts, segment))
        self._prove(target, packet, parts, content_hash)
        return target

    def _prove(self, target: Path, packet: bytes, parts: TakenApart, content_hash: str) -> None:
        """Nothing but the packet has changed, say we and the witness."""
        with target.open("rb") as file:
            after = _parts(file, os.fsencode(target))
        if (after.packet, after.rest) != (packet, parts.rest):
            raise EmbedRefused("more in it would change than its packet")
        if self._hash(_TARGET) != content_hash:
            raise EmbedRefused("its image data would change")
        if self._witness.packet(_TARGET) != packet:
            raise EmbedRefused("exiftool would read other words in it")
        if self._witness.others(_TARGET) != self._witness.others(_SOURCE):
            raise EmbedRefused("other parts of it would not be found any more")

    def _hash(self, name: str) -> str:
        return self._identifier.identify(os.fsencode(self._folder / name)).content_hash

    def _bring(self, made: Path, photo: bytes, expected: EmbeddedPacket) -> bytes:
        """Put the copy beside the photo, with the photo's mode, owner and attributes."""
        temp = _beside(photo)
        _discard(temp)
        self._step("embed.open")
        like = os.lstat(photo)
        _demand(_stamp(like), expected.stamp)
        fd = os.open(temp, _NEW, 0o600)
        try:
            with os.fdopen(fd, "wb") as file, made.open("rb") as content:
                shutil.copyfileobj(content, file, _STEP)
                file.flush()
                _liken(fd, like, photo)
                self._step("embed.fsync")
                os.fsync(fd)
        except OSError:
            _discard(temp)
            raise
        return temp

    def _clear(self) -> None:
        """Remove what we, or a crash of ours, left in our own folder."""
        for name in (_SOURCE, _TARGET):
            (self._folder / name).unlink(missing_ok=True)


def _kind(file: BinaryIO, photo: bytes) -> PhotoKind:
    """The kind of an open file, read from its beginning; leaves it there."""
    kind = kind_of(file.read(HEAD_BYTES), photo.rpartition(b"/")[2])
    if kind not in _KINDS:
        raise EmbedRefused("words are put into JPEG and PNG files alone")
    file.seek(0)
    return kind


def _parts(file: BinaryIO, photo: bytes) -> TakenApart:
    try:
        return take_apart(file, _kind(file, photo))
    except NotTakenApart as error:
        raise EmbedRefused(str(error)) from error


def _segment(file: BinaryIO, photo: bytes, packet: bytes) -> bytes:
    file.seek(0)
    try:
        return segment_of(packet, _kind(file, photo))
    except NotTakenApart as error:
        raise EmbedRefused(str(error)) from error


def _liken(fd: int, like: os.stat_result, photo: bytes) -> None:
    """Give a file the owner, mode and attributes of the photo, as far as that is allowed."""
    for uid, gid in ((-1, like.st_gid), (like.st_uid, -1)):
        try:
            os.fchown(fd, uid, gid)
        except OSError:
            continue
    os.fchmod(fd, stat.S_IMODE(like.st_mode))
    try:
        names = os.listxattr(photo, follow_symlinks=False)
    except (OSError, AttributeError):  # a disk or a system without them
        return
    for name in names:
        try:
            os.setxattr(fd, name, os.getxattr(photo, name, follow_symlinks=False))
        except OSError:
            continue


def _demand(seen: Stamp, expected: Stamp) -> None:
    if seen != expected:
        raise SidecarRaced("the photo changed meanwhile")


def _beside(photo: bytes) -> bytes:
    """A dot-file's name in the same folder."""
    folder, name = os.path.split(photo)
    if len(name) + len(_TEMP) + 1 > LONGEST_NAME:
        name = hashlib.sha256(name).hexdigest()[:32].encode()
    return os.path.join(folder, b"." + name + _TEMP)


def _discard(path: bytes) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def _sync_folder(photo: bytes) -> None:
    fd = os.open(os.path.dirname(photo), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    except OSError:
        return  # some shares cannot, and keep names in order by themselves
    finally:
        os.close(fd)


def _stamp(found: os.stat_result) -> Stamp:
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest() if content else ""
