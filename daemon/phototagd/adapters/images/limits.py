"""What the decoding process may use, set by itself before it sees a photo."""

import contextlib
import math
import signal
import sys
from pathlib import Path

if sys.platform != "win32":
    import resource


def limit_memory(extra_bytes: int) -> None:
    """Let this process map `extra_bytes` more than it does now, and dump no core.

    Beyond that, allocations fail in here instead of pushing the machine into swap. Where the
    present size cannot be read (not Linux) only the core dump is switched off. Should memory
    get short all the same, the kernel is told to take this process before the daemon.
    """
    if sys.platform == "win32":
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("600")
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except OSError:
        return
    limit = pages * resource.getpagesize() + extra_bytes
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


class Alarm:
    """Ends this process in the middle of any C code when a photo takes far too long.

    The daemon kills earlier; this is for a child whose daemon was killed meanwhile. It is
    the kernel's default action, so it needs no Python to run. (PR_SET_PDEATHSIG would fire
    when the *thread* that started the child ends, which is not the daemon's end.)
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = math.ceil(seconds)

    def __enter__(self) -> None:
        if sys.platform != "win32":
            signal.alarm(self._seconds)

    def __exit__(self, *_: object) -> None:
        if sys.platform != "win32":
            signal.alarm(0)
