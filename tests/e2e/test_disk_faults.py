"""Disks that are full, read-only, failing: nothing is lost, and work goes on by itself."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from doubles.pictures import make_jpeg
from e2e.processes import ModelServer, PhotoDaemon, until
from e2e.small_disks import SmallDisk, leave_the_world, may_mount

MOST_LINES = 10
needs_mounts = pytest.mark.skipif(
    not may_mount(), reason="mounting is not permitted here (run as root, or in a container)"
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[SmallDisk]:
    leave_the_world()
    disk = SmallDisk(tmp_path / "photos", options="size=2m,nr_inodes=100")
    yield disk
    disk.unmount()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[SmallDisk]:
    leave_the_world()
    disk = SmallDisk(tmp_path / "state", options="size=4m,nr_inodes=100")
    yield disk
    disk.unmount()


def put(daemon: PhotoDaemon, *seeds: int) -> None:
    for seed in seeds:
        make_jpeg(daemon.photos / f"{seed}.jpg", seed=seed, size=(160, 120))


def is_done(daemon: PhotoDaemon, count: int) -> Callable[[], bool]:
    return lambda: daemon.status()["done"] == count


def complaints(daemon: PhotoDaemon) -> list[str]:
    lines = daemon.log.read_text().splitlines()
    return [line for line in lines if '"level": "info"' not in line]


def whole(daemon: PhotoDaemon) -> int:
    """How many sidecars are there and end as they should."""
    return sum(
        sidecar.read_bytes().rstrip().endswith(b'<?xpacket end="w"?>')
        for sidecar in daemon.photos.glob("*.jpg.xmp")
    )


@needs_mounts
@pytest.mark.parametrize("fault", ["full", "no inodes", "read-only"])
def test_a_library_that_takes_no_sidecars_gets_them_when_it_does(
    library: SmallDisk, daemon: PhotoDaemon, model_server: ModelServer, fault: str
) -> None:
    """The answers are kept: nothing is asked twice, and the processor rests meanwhile."""
    put(daemon, 1, 2, 3)
    {
        "full": library.fill,
        "no inodes": library.use_up_inodes,
        "read-only": lambda: library.remount("ro"),
    }[fault]()
    daemon.start()
    until(lambda: len(daemon.events("photo.tagged")) == 3, "the answers")
    until(lambda: complaints(daemon), "the trouble to be told")
    busy = daemon.cpu_seconds()
    daemon.command("status")  # takes about a second
    assert daemon.cpu_seconds() - busy < 0.5, "it spins"
    library.remount("rw")
    library.free()

    until(is_done(daemon, 3), "all to be done")

    assert whole(daemon) == 3
    assert len(daemon.events("photo.tagged")) == 3
    assert len(complaints(daemon)) <= MOST_LINES
    assert [p.name for p in daemon.photos.iterdir() if p.name.startswith(".")] == []


@needs_mounts
def test_a_state_folder_that_takes_nothing_holds_the_work_up_and_loses_none(
    state: SmallDisk, daemon: PhotoDaemon
) -> None:
    """What cannot be promised is not asked; when there is room again, all is done once."""
    daemon.start()
    put(daemon, 1)
    until(is_done(daemon, 1), "the first")
    state.fill()
    put(daemon, 2, 3, 4)
    until(lambda: daemon.events("trouble"), "the trouble to be told")
    state.free()

    until(is_done(daemon, 4), "all to be done")

    assert whole(daemon) == 4
    tagged = [event["asset"] for event in daemon.events("photo.tagged")]
    assert len(tagged) == len(set(tagged)) == 4
    assert len(complaints(daemon)) <= MOST_LINES


@needs_mounts
def test_a_state_folder_that_cannot_be_written_is_named_at_the_start(
    state: SmallDisk, daemon: PhotoDaemon
) -> None:
    """Read-only, or no room for one more file: the exit code and the words say what it is."""
    state.remount("ro")
    refused = daemon.command("run", "--once")
    assert refused.returncode == 78
    assert "state_dir" in refused.stderr

    state.remount("rw")
    state.use_up_inodes()
    refused = daemon.command("run", "--once")
    assert refused.returncode == 75
    assert str(state.folder) in refused.stderr
    assert "Traceback" not in refused.stderr


@needs_mounts
def test_both_disks_full_at_once_end_as_well_as_one(
    library: SmallDisk, state: SmallDisk, daemon: PhotoDaemon
) -> None:
    daemon.start()
    put(daemon, 1, 2)
    library.fill()
    state.fill()
    until(lambda: daemon.events("trouble"), "the trouble to be told")
    library.free()
    state.free()

    until(is_done(daemon, 2), "all to be done")

    assert whole(daemon) == 2
    assert len(complaints(daemon)) <= MOST_LINES


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize(
    ("call", "error", "when"),
    [("fdatasync", "EIO", "1"), ("fsync", "EIO", "1..3"), ("pwrite64", "EDQUOT", "1")],
    ids=["database", "library", "quota"],
)
def test_a_disk_that_fails_for_a_while_is_named_and_tried_again(
    daemon: PhotoDaemon, call: str, error: str, when: str
) -> None:
    """From the database's disk (fdatasync), the library's (fsync); a quota of the database's.

    Every thread meets it for itself, and whoever looks at new files rests ten seconds after.
    """
    daemon.start()
    until(lambda: daemon.events("engine.ready"), "the model")
    daemon.inject(f"{call}:error={error}:when={when}")
    put(daemon, 1, 2, 3)

    until(is_done(daemon, 3), "all to be done")

    assert error in (daemon.home / "trace").read_text(), "the fault was not met"
    assert whole(daemon) == 3
    tagged = [event["asset"] for event in daemon.events("photo.tagged")]
    assert len(tagged) == len(set(tagged)) == 3
    assert len(complaints(daemon)) <= MOST_LINES


def test_a_damaged_database_is_set_aside_whole_and_the_work_goes_on(
    daemon: PhotoDaemon, model_server: ModelServer
) -> None:
    """The daemon starts, keeps the damaged files, and all photos end well again."""
    put(daemon, 1, 2)
    daemon.start()
    until(is_done(daemon, 2), "both to be done")
    daemon.terminate()
    sidecars = {p.name: p.read_bytes() for p in daemon.photos.glob("*.xmp")}
    database = daemon.state / "phototagd.db"
    damaged = bytearray(database.read_bytes())
    damaged[100:4000] = os.urandom(3900)
    database.write_bytes(damaged)

    daemon.start()
    until(is_done(daemon, 2), "both to be done again")

    (aside,) = daemon.state.glob("corrupt-*")
    assert (aside / "phototagd.db").read_bytes() == damaged
    assert {p.name for p in daemon.photos.glob("*.xmp")} == set(sidecars)
    assert whole(daemon) == 2


def test_a_database_that_another_program_holds_is_waited_for(daemon: PhotoDaemon) -> None:
    """A person's sqlite3 in a transaction: said, and then done."""
    daemon.start()
    until(lambda: daemon.events("engine.ready"), "the model")
    other = sqlite3.connect(daemon.state / "phototagd.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    put(daemon, 1)
    until(lambda: daemon.events("trouble"), "the trouble to be told")
    assert "another program holds the database" in json.dumps(daemon.events("trouble"))
    other.execute("ROLLBACK")
    other.close()

    until(is_done(daemon, 1), "the photo to be done")

    assert len(complaints(daemon)) <= MOST_LINES
