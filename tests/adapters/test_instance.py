"""A state folder belongs to one process at a time."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from doubles import FakeClock
from phototagd.adapters.instance import InstanceLock
from phototagd.domain.errors import ConfigError, Unavailable
from phototagd.domain.library import Mount

HOLDER = """
import sys
from pathlib import Path
from phototagd.adapters.clock import SystemClock
from phototagd.adapters.instance import InstanceLock
from phototagd.domain.library import Mount
mount = lambda folder: Mount(b"/", "ext4", 1, is_remote=False)
with InstanceLock(state_dir=Path(sys.argv[1]), mount_of=mount, clock=SystemClock()):
    print("held", flush=True)
    sys.stdin.read()
"""


def local(folder: bytes) -> Mount:
    return Mount(b"/", "ext4", 1, is_remote=False)


def test_a_second_process_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    """The lock goes with its process, even when that is killed."""
    state = tmp_path / "state"
    lock = InstanceLock(state_dir=state, mount_of=local, clock=FakeClock())
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(state)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"

        with pytest.raises(Unavailable, match=rf"process {other.pid}, socket .*control\.sock"):
            lock.acquire()
        other.send_signal(signal.SIGKILL)
        other.wait()

    with lock:
        assert (state / "lock").read_text() == f"{os.getpid()}\n"
    lock.release()


def test_a_command_that_holds_the_lock_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    """A daemon that starts while somebody asks for `status` must not be refused."""

    class MomentLater(FakeClock):
        """Waiting gives the other one time to finish."""

        def wait(self, wake: threading.Event, seconds: float) -> bool:
            other.release()
            return super().wait(wake, seconds)

    other = InstanceLock(state_dir=tmp_path, mount_of=local, clock=FakeClock())
    other.acquire()

    with InstanceLock(state_dir=tmp_path, mount_of=local, clock=MomentLater()):
        assert (tmp_path / "lock").read_text() == f"{os.getpid()}\n"


def test_the_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """It holds captions of private photos."""
    state = tmp_path / "a" / "b"

    with InstanceLock(state_dir=state, mount_of=local, clock=FakeClock()):
        assert state.stat().st_mode & 0o777 == 0o700


def test_a_network_disk_is_refused_with_the_reason(tmp_path: Path) -> None:
    """Before anything is written there."""

    def remote(folder: bytes) -> Mount:
        assert folder == os.fsencode(tmp_path)
        return Mount(b"/", "nfs4", 1, is_remote=True)

    with pytest.raises(ConfigError, match=r"state_dir = .* lies on nfs4, .* local disk"):
        InstanceLock(state_dir=tmp_path, mount_of=remote, clock=FakeClock()).acquire()
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    """With the reason of the system."""
    (tmp_path / "file").touch()

    with pytest.raises(ConfigError, match="cannot be used"):
        InstanceLock(state_dir=tmp_path / "file", mount_of=local, clock=FakeClock()).acquire()
