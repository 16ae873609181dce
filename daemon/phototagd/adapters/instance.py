"""One process per state folder, kept by a lock that the kernel drops when the process ends."""

import fcntl
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from phototagd.domain.errors import ConfigError, Unavailable
from phototagd.domain.library import Mount
from phototagd.ports import Clock

LOCK_NAME = "lock"
SOCKET_NAME = "control.sock"
PATIENCE_SECONDS = 10.0
RETRY_SECONDS = 0.1


class InstanceLock:
    """The right to use a state folder alone; a context manager.

    Makes the folder, for its owner only. Raises ConfigError when it lies on a network file
    system (SQLite's log needs shared memory) or cannot be made, and Unavailable when its disk
    takes no file, or another process has it for longer than `patience_seconds`: commands hold it
    for moments only.

    A child process must not inherit the lock: start children with `spawn`, because a forked
    one would keep it after the daemon was killed.
    """

    def __init__(
        self,
        *,
        state_dir: Path,
        mount_of: Callable[[bytes], Mount],
        clock: Clock,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._state_dir = state_dir
        self._mount_of = mount_of
        self._clock = clock
        self._patience_seconds = patience_seconds
        self._file: int | None = None

    def acquire(self) -> None:
        """Take it; raises ConfigError or Unavailable."""
        self._make_folder()
        mount = self._mount_of(os.fsencode(self._state_dir))
        if mount.is_remote:
            raise ConfigError(
                f"state_dir = {str(self._state_dir)!r}: lies on {mount.filesystem}, where a "
                "database can be damaged; put it on a local disk (photos may stay where they are)"
            )
        file = self._open()
        try:
            self._lock(file)
        except OSError as error:
            holder = os.pread(file, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(file)
            raise Unavailable(
                f"state_dir = {str(self._state_dir)!r}: is in use by another phototagd (process "
                f"{holder}, socket {self._state_dir / SOCKET_NAME})",
                remedy="stop it, or name another folder",
            ) from error
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()}\n".encode("ascii"), 0)
        self._file = file

    def _open(self) -> int:
        try:
            return os.open(
                self._state_dir / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
            )
        except OSError as error:  # no byte or no inode is left, or the disk fails
            raise Unavailable(
                f"state_dir = {str(self._state_dir)!r}: cannot be used: {error.strerror}",
                remedy="free some space, or some files (df -i), on its disk",
            ) from error

    def _lock(self, file: int) -> None:
        """Lock the file; a command that holds it lets go within moments, so wait a little."""
        until = self._clock.monotonic() + self._patience_seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if self._clock.monotonic() >= until:
                    raise
                self._clock.wait(threading.Event(), RETRY_SECONDS)
            else:
                return

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
