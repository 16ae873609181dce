"""What folders lie on, from `/proc/self/mountinfo` (format: proc_pid_mountinfo(5)).

Where there is no such file (macOS, Windows) every folder counts as lying on a local disk.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

from phototagd.domain.library import Mount, RootIdentity

_REMOTE = frozenset(
    b"9p afs beegfs ceph cifs coda davfs glusterfs lustre ncpfs smb3 smbfs vboxsf virtiofs".split()
)
_REMOTE_STARTS = (b"nfs", b"fuse")
_OCTAL = re.compile(rb"\\([0-7]{3})")


def read_mountinfo() -> bytes:
    """The mounts of this process; empty where the system does not tell."""
    try:
        return Path("/proc/self/mountinfo").read_bytes()
    except OSError:
        return b""


class MountTable:
    """The mounts of the machine; `read` gives the text of mountinfo."""

    def __init__(self, *, read: Callable[[], bytes] = read_mountinfo) -> None:
        self._read = read

    def mount_of(self, folder: bytes) -> Mount:
        """The mount that `folder` lies on; links in the path are followed."""
        real = os.path.realpath(folder)
        point, filesystem = b"/", b""
        for candidate, kind in _mounts(self._read()):
            if _is_below(real, candidate) and len(candidate) >= len(point):
                point, filesystem = candidate, kind  # of mounts on one point the last is seen
        return Mount(
            point=point,
            filesystem=os.fsdecode(filesystem),
            device=_device(real),
            is_remote=filesystem in _REMOTE or filesystem.startswith(_REMOTE_STARTS),
        )

    def identify(self, root: bytes) -> RootIdentity | None:
        """The identity of a root that is there and readable, else None."""
        try:
            found = os.lstat(root.rstrip(b"/") + b"/.")  # the dot follows links
            with os.scandir(root) as entries:
                next(entries, None)
        except OSError:
            return None
        return RootIdentity(
            device=found.st_dev,
            inode=found.st_ino,
            filesystem=self.mount_of(root).filesystem,
        )

    def is_empty(self, root: bytes) -> bool:
        """Whether nothing can be seen in the root, as in an empty mount point."""
        try:
            with os.scandir(root) as entries:
                return next(entries, None) is None
        except OSError:
            return True


def _mounts(mountinfo: bytes) -> list[tuple[bytes, bytes]]:
    """Mount point and file system type of each line; lines of another shape are skipped."""
    found = []
    for line in mountinfo.splitlines():
        fields, separator, rest = line.partition(b" - ")
        parts = fields.split(b" ")
        if separator and len(parts) > 4 and rest:  # noqa: PLR2004 - the fifth field is the point
            point = _OCTAL.sub(lambda octal: bytes([int(octal[1], 8) & 0xFF]), parts[4])
            found.append((point, rest.split(b" ")[0]))
    return found


def _is_below(folder: bytes, point: bytes) -> bool:
    return folder == point or folder.startswith(point.rstrip(b"/") + b"/")


def _device(folder: bytes) -> int:
    try:
        return os.lstat(folder).st_dev
    except OSError:
        return 0
