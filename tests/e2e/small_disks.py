"""Small disks of one's own: file systems in memory, in a mount namespace nobody else sees."""

import ctypes
import os
import subprocess
from pathlib import Path

_CLONE_NEWNS = 0x00020000
_MS_REC, _MS_PRIVATE = 0x4000, 0x40000
_libc = ctypes.CDLL(None, use_errno=True)


def may_mount() -> bool:
    """Whether this process may mount anything in a namespace of its own."""
    probe = subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"],
        capture_output=True,
        check=False,
    )
    return probe.returncode == 0


def leave_the_world() -> None:
    """From here on, what this thread and its children mount is seen by them alone."""
    if _libc.unshare(_CLONE_NEWNS) or _libc.mount(b"none", b"/", None, _MS_REC | _MS_PRIVATE, None):
        raise OSError(ctypes.get_errno(), "a private mount namespace is not permitted")


class SmallDisk:
    """A file system of a few megabytes; `unmount` it in the end."""

    def __init__(self, folder: Path, *, options: str) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", folder], check=True)

    def fill(self) -> None:
        """Leave no byte free, and the file that takes them in `ballast`."""
        with self.ballast.open("ab", buffering=0) as file:
            for size in (1 << 16, 1 << 12):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue

    def use_up_inodes(self) -> None:
        """Leave no room for one more file."""
        try:
            while True:
                (self.folder / f".inode-{os.urandom(6).hex()}").touch()
        except OSError:
            return

    def free(self) -> None:
        """Undo `fill` and `use_up_inodes`."""
        self.ballast.unlink(missing_ok=True)
        for file in self.folder.glob(".inode-*"):
            file.unlink()

    def remount(self, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", self.folder], check=True)

    def unmount(self) -> None:
        subprocess.run(["umount", "-l", self.folder], check=True)

    @property
    def ballast(self) -> Path:
        return self.folder / ".ballast"
