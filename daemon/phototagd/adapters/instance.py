"""One process per state folder, kept by a lock that the kernel drops when the process ends."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from phototagd.domain.errors import ConfigError
from phototagd.domain.library import Mount

LOCK_NAME = "lock"
SOCKET_NAME = "control.sock"


class InstanceLock:
    """The right to use a state folder alone; a context manager.

    Makes the folder, for its owner only. Raises ConfigError when another process has it,
    when it lies on a network file system (SQLite's log needs shared memory), or when it
    cannot be made. A child process must not inherit the lock: start children with `spawn`,
    because a forked one would keep it after the daemon was killed.
    """

    def __init__(self, *, state_dir: Path, mount_of: Callable[[bytes], Mount]) -> None:
        self._state_dir = state_dir
        self._mount_of = mount_of
        self._file: int | None = None

    def acquire(self) -> None:
        """Take it, or raise ConfigError."""
        self._make_folder()
        mount = self._mount_of(os.fsencode(self._state_dir))
        if mount.is_remote:
            raise ConfigError(
                f"state_dir = {str(self._state_dir)!r}: lies on {mount.filesystem}, where a "
                "database can be damaged; put it on a local disk (photos may stay where they are)"
            )
        file = os.open(self._state_dir / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(file, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(file)
            raise ConfigError(
                f"state_dir = {str(self._state_dir)!r}: is in use by another phototagd (process "
                f"{holder}, socket {self._state_dir / SOCKET_NAME}); stop it or name another folder"
            ) from error
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode("ascii"), 0)
        self._file = file

    def release(self) -> None:
        """Give it back; may be called twice or without acquire.

        The file stays: removing it would let two processes lock two files of one name.
        """
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _make_folder(self) -> None:
        try:
            self._state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not os.access(self._state_dir, os.W_OK | os.X_OK):
                raise PermissionError(13, "not writable")
        except OSError as error:
            raise ConfigError(
                f"state_dir = {str(self._state_dir)!r}: cannot be used: {error.strerror}"
            ) from error
