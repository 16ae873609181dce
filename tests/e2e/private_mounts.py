"""Mounts that only one test and the processes it starts can see; needs root, else it skips."""

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_CLONE_NEWNS = 0x00020000  # <linux/sched.h>


@contextmanager
def private_mounts() -> Iterator[None]:
    """A mount namespace of its own for this thread and what it starts."""
    libc = ctypes.CDLL(None, use_errno=True)
    here, before = Path.cwd(), os.open("/proc/thread-self/ns/mnt", os.O_RDONLY)
    try:
        if libc.unshare(_CLONE_NEWNS) != 0:
            reason = os.strerror(ctypes.get_errno())
            pytest.skip(f"mounting takes a privilege that is not there: {reason}")
        try:
            _run("mount", "--make-rprivate", "/")
            yield
        finally:
            libc.setns(before, _CLONE_NEWNS)
            os.chdir(here)
    finally:
        os.close(before)


def tmpfs(folder: Path, *options: str) -> Path:
    """A new, empty file system in memory on a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", "tmpfs", *(f"-o{o}" for o in options), "none", str(folder))
    return folder


def bind(source: Path, folder: Path, *, read_only: bool = False) -> None:
    """What lies in `source` is seen in `folder` too."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", "--bind", *(["-o", "ro"] if read_only else []), str(source), str(folder))


def overlay(folder: Path, *, lower: Path, upper: Path, work: Path) -> None:
    """`upper` over `lower`, seen in `folder`."""
    for one in (folder, lower, upper, work):
        one.mkdir(parents=True, exist_ok=True)
    layers = f"lowerdir={lower},upperdir={upper},workdir={work}"
    _run("mount", "-t", "overlay", "-o", layers, "none", str(folder))


def unmount(folder: Path) -> None:
    """As when a share goes away: at once, whoever uses it."""
    _run("umount", "--lazy", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
