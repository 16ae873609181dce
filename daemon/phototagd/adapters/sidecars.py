# Paths are bytes here, which pathlib does not know:
# ruff: noqa: PTH102, PTH105, PTH108, PTH112, PTH118, PTH119, PTH120, PTH122
"""Sidecars on disk: read carefully, written in one step, never lost to a race or a crash.

Every write goes to a dot-file in the same folder first (`.NAME.phtmp`) and is renamed when it
is on disk. Before the rename the old file gets a second name (`.NAME.phold`): a program that
was writing into it while we replaced it has written there, which is seen and undone. Where the
disk can, the rename is an exchange: a file that another program had put there in the very last
moment is in our hands then, and is put back.
"""

import errno
import hashlib
import os
import stat
import time
from collections.abc import Callable

from phototagd.adapters.exchanging import exchange
from phototagd.adapters.folder_names import FolderNames
from phototagd.adapters.sidecar_errors import translated
from phototagd.domain.asset import Stamp
from phototagd.domain.errors import NotYet, SidecarBroken, SidecarRaced
from phototagd.domain.sidecar import SidecarFile

LARGEST_BYTES = 16 * 1024 * 1024
LONGEST_NAME = 255
_TEMP, _HOLD = b".phtmp", b".phold"
_NO_LINKS = frozenset(
    {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL}
)
_NO_FSYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.EACCES})
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def _no_step(_: str) -> None:
    """Production takes no notice of single steps."""


class DiskSidecars:
    """Finds, reads and writes sidecars; implements `ports.SidecarFiles`.

    One process writes sidecars (one daemon per state folder) and one thread in it, so what
    carries our temporary names and is not ours of this moment is the rest of a crash.
    """

    def __init__(self, *, step: Callable[[str], None] = _no_step) -> None:
        self._step = step
        self._names = FolderNames(monotonic=time.monotonic)

    def names(self, folder: bytes, photo: bytes) -> frozenset[bytes]:
        """The names in a folder with the photo's stem, in any case."""
        with translated(folder + b"/"):
            return self._names.beginning(folder, os.path.splitext(photo)[0])

    def has_file(self, path: bytes) -> bool:
        """Whether anything of that name is there."""
        with translated(path):
            return _lstat(path) is not None

    def read(self, sidecar: bytes) -> SidecarFile | None:
        """A sidecar, or None; clears what a crash left beside it."""
        with translated(sidecar):
            self._recover(sidecar)
            return _read_if_there(sidecar)

    def look(self, sidecar: bytes) -> SidecarFile | None:
        """A sidecar, or None; leaves alone what the writer may be working with just now."""
        with translated(sidecar):
            return _read_if_there(sidecar)

    def make_folder(self, root: bytes, folder: bytes) -> None:
        """Make a folder below an existing root, with those above it."""
        path = root.rstrip(b"/")
        if not os.path.isdir(path):
            raise NotYet("the folder for mirrored sidecars is not there")
        for part in folder.split(b"/") if folder else ():
            above, path = path, path + b"/" + part
            with translated(path):
                if _lstat(path) is None:
                    os.mkdir(path)
                    _sync_folder(above)

    def create(self, sidecar: bytes, content: bytes, *, photo: bytes) -> SidecarFile:
        """Write a new file; its mode follows the umask, its group the photo's if possible."""
        temp = _beside(sidecar, _TEMP)
        with translated(sidecar):
            owner = _lstat(photo)
            group = -1 if owner is None else owner.st_gid
            written = self._write_temp(temp, content, lambda fd: _own(fd, -1, group))
            try:
                self._step("create.link")
                _link_new(temp, sidecar)
            except OSError:
                _discard(temp)
                raise
            self._names.add(os.path.dirname(sidecar), os.path.basename(sidecar))
            self._step("create.unlink-temp")
            _discard(temp)
            self._step("create.sync-folder")
            _sync_folder(os.path.dirname(sidecar))
            self._step("create.done")
            return written

    def replace(self, sidecar: bytes, content: bytes, *, expected: SidecarFile) -> SidecarFile:
        """Replace a file in one step; it keeps mode and owner."""
        temp, hold = _beside(sidecar, _TEMP), _beside(sidecar, _HOLD)
        with translated(sidecar):
            self._recover(sidecar)
            old = _lstat(sidecar)
            if old is None or _stamp(old) != expected.stamp:
                raise SidecarRaced
            kept = old

            def keep(fd: int) -> None:
                _own(fd, kept.st_uid, kept.st_gid)
                os.fchmod(fd, stat.S_IMODE(kept.st_mode))

            written = self._write_temp(temp, content, keep)
            try:
                self._step("replace.hold")
                is_held = _hold(sidecar, hold)
                seen = _read(hold if is_held else sidecar)
                _demand(seen, expected)
                self._step("replace.rename")
                is_exchanged = exchange(temp, sidecar)
                if not is_exchanged:
                    os.replace(temp, sidecar)
            except (OSError, SidecarRaced):
                _discard(temp)
                _discard(hold)
                raise
            self._step("replace.check")
            if is_exchanged:
                self._settle_exchange(sidecar, temp, hold, expected)
            if is_held:
                self._settle_hold(sidecar, hold, expected)
            self._step("replace.sync-folder")
            _sync_folder(os.path.dirname(sidecar))
            self._step("replace.done")
            return written

    def remove(self, sidecar: bytes, *, expected: SidecarFile) -> bool:
        """Remove a file if it is still as expected; whether it was."""
        with translated(sidecar):
            found = _lstat(sidecar)
            if found is None or _stamp(found) != expected.stamp:
                return False
            if _read(sidecar).digest != expected.digest:
                return False
            self._step("remove.unlink")
            os.unlink(sidecar)
            self._names.forget(os.path.dirname(sidecar))
            self._step("remove.sync-folder")
            _sync_folder(os.path.dirname(sidecar))
            return True

    def _write_temp(
        self, temp: bytes, content: bytes, prepare: Callable[[int], None]
    ) -> SidecarFile:
        _discard(temp)
        self._step("temp.open")
        fd = os.open(temp, _NEW, 0o666)
        try:
            with os.fdopen(fd, "wb") as file:
                prepare(fd)
                file.write(content)
                self._step("temp.flush")
                file.flush()
                self._step("temp.fsync")
                os.fsync(fd)
                return SidecarFile(content, _stamp(os.fstat(fd)), _digest(content))
        except OSError:
            _discard(temp)
            raise

    def _settle_exchange(
        self, sidecar: bytes, temp: bytes, hold: bytes, expected: SidecarFile
    ) -> None:
        """Forget what bore the name, unless somebody had put another file there meanwhile."""
        found = _lstat(temp)
        if found is not None and found.st_ino == expected.stamp.inode:
            _discard(temp)
            return
        exchange(temp, sidecar)
        _discard(temp)
        _discard(hold)
        _sync_folder(os.path.dirname(sidecar))
        raise SidecarRaced

    def _settle_hold(self, sidecar: bytes, hold: bytes, expected: SidecarFile) -> None:
        """Forget the replaced file, unless somebody wrote into it while it was replaced.

        Then it is put back: our words can be merged again, the other's cannot be had again.
        """
        if _digest(_content(hold)) == expected.digest:
            _discard(hold)
            return
        os.replace(hold, sidecar)
        _sync_folder(os.path.dirname(sidecar))
        raise SidecarRaced

    def _recover(self, sidecar: bytes) -> None:
        """Clear the rest of a crash: a temporary file, or a replaced file that is still held.

        A held file that was written to after our temporary file was, holds an edit that came
        while it was replaced: it is put back.
        """
        _discard(_beside(sidecar, _TEMP))
        hold = _beside(sidecar, _HOLD)
        held = _lstat(hold)
        if held is None:
            return
        now = _lstat(sidecar)
        if now is not None and now.st_ino != held.st_ino and held.st_mtime_ns > now.st_mtime_ns:
            self._step("recover.restore")
            os.replace(hold, sidecar)
        else:
            os.unlink(hold)
        _sync_folder(os.path.dirname(sidecar))


def _demand(seen: SidecarFile, expected: SidecarFile) -> None:
    if (seen.stamp, seen.digest) != (expected.stamp, expected.digest):
        raise SidecarRaced


def _beside(sidecar: bytes, suffix: bytes) -> bytes:
    """A dot-file's name in the same folder, without the suffix that programs look for."""
    folder, name = os.path.split(sidecar)
    if len(name) + len(suffix) + 1 > LONGEST_NAME:
        name = hashlib.sha256(name).hexdigest()[:32].encode()
    return os.path.join(folder, b"." + name + suffix)


def _lstat(path: bytes) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except FileNotFoundError:
        return None


def _stamp(found: os.stat_result) -> Stamp:
    return Stamp(found.st_size, found.st_mtime_ns, found.st_ino)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(path: bytes) -> SidecarFile:
    with os.fdopen(os.open(path, _READ), "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise SidecarBroken(f"what bears the sidecar's name is {_kind(before.st_mode)}")
        content = file.read(LARGEST_BYTES + 1)
        after = os.fstat(file.fileno())
    if len(content) > LARGEST_BYTES:
        raise SidecarBroken(f"larger than {LARGEST_BYTES >> 20} MiB, so it is no XMP sidecar")
    if _stamp(before) != _stamp(after) or len(content) != after.st_size:
        raise SidecarRaced
    return SidecarFile(content, _stamp(after), _digest(content))


def _read_if_there(path: bytes) -> SidecarFile | None:
    found = _lstat(path)
    if found is None:
        return None
    if not stat.S_ISREG(found.st_mode):
        raise SidecarBroken(f"what bears the sidecar's name is {_kind(found.st_mode)}")
    return _read(path)


def _content(path: bytes) -> bytes:
    with os.fdopen(os.open(path, _READ), "rb") as file:
        return file.read(LARGEST_BYTES + 1)


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a link, which is not followed"
    return "a folder" if stat.S_ISDIR(mode) else "no regular file"


def _own(fd: int, user: int, group: int) -> None:
    """Give a file an owner where that is allowed; the words matter more than the owner."""
    for uid, gid in ((-1, group), (user, -1)):
        try:
            os.fchown(fd, uid, gid)
        except OSError:
            continue


def _link_new(temp: bytes, sidecar: bytes) -> None:
    """Give the finished file its name; raises FileExistsError rather than overwriting."""
    try:
        os.link(temp, sidecar)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # No links on FAT and some shares: reserve the name, then rename over our reservation.
        os.close(os.open(sidecar, _NEW, 0o666))
        os.replace(temp, sidecar)


def _hold(sidecar: bytes, hold: bytes) -> bool:
    """Give the old file a second name; False where the disk knows no links."""
    _discard(hold)
    try:
        os.link(sidecar, hold)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return False
    return True


def _discard(path: bytes) -> None:
    """Remove a file of ours that may not be there."""
    if _lstat(path) is not None:
        os.unlink(path)


def _sync_folder(folder: bytes) -> None:
    """Put names on disk; some shares cannot, and keep them in order by themselves."""
    try:
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except PermissionError:
        return
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in _NO_FSYNC:
            raise
    finally:
        os.close(fd)
