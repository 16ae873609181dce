"""What a process cost: CPU seconds and memory, as the kernel counts them."""

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Spent:
    """Seconds of wall clock and of CPU, kernel included."""

    wall: float
    cpu: float


def spent(work: Callable[[], object]) -> Spent:
    """What work in this process costs, all threads included."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def spent_by(command: Sequence[str | bytes | Path]) -> Spent:
    """What another program costs."""
    wall = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Spent(time.perf_counter() - wall, usage.ru_utime + usage.ru_stime)


def family(pid: int) -> list[int]:
    """A process and its children, as they are now."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(child) for file in children for child in file.read_text().split()]
    return [pid, *(one for child in found for one in family(child))]


def cpu_seconds(pids: Sequence[int]) -> float:
    """CPU time that living processes have used so far."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICK


def resident_mb(pid: int, what: str = "VmRSS") -> float:
    """Resident memory of a process; `VmHWM` for the highest so far."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith(f"{what}:"))
    return int(line.split()[1]) / 1024
