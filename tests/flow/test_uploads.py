"""However a photo arrives, it is taken in once, when it is finished."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.folders import House, jpeg
from phototagd.adapters.hints import WatchdogHintSource
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.flow.arriving.watcher import ScanSchedule, Watcher

SCHEDULE = ScanSchedule(rescan=timedelta(minutes=5), full_scan=timedelta(hours=6))


class Inbox:
    """A watched folder with real hints, and photos outside that are to get in."""

    def __init__(self, house: House, outside: Path) -> None:
        self.house = house
        self.folder = house.folder
        self.outside = outside
        outside.mkdir()
        self.watcher = Watcher(
            library=house.library,
            watch="native",
            scanner=house.scanner,
            new_hints=lambda: WatchdogHintSource(root=os.fsencode(house.folder), clock=house.clock),
            catalogue=house.catalogue,
            clock=house.clock,
            emit=house.events,
            schedule=SCHEDULE,
        )
        self.wait(3)

    def wait(self, seconds: int) -> None:
        """Seconds by the clock; a moment of real time lets hints come in."""
        for _ in range(seconds):
            threading.Event().wait(0.005)
            self.watcher.run_once()
            self.house.intake.run_once()
            self.house.clock.advance(1)

    def photo(self, name: str) -> Path:
        path = self.outside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(jpeg(name * 100))
        return path

    def assert_taken_once(self, *names: str) -> None:
        for _ in range(40):
            self.wait(5)
            if self.house.intake.is_idle and self.house.live() == self.house.truth():
                break
        self.wait(30)
        assert len(self.house.events.named("scan.finished")) == 1
        assert sorted(self.house.found()) == sorted(f"{name} new" for name in names)
        assert self.house.events.named("photo.refused") == []
        assert self.house.live() == self.house.truth()


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    clock = FakeClock(start=datetime.now(UTC))
    with Store.open(tmp_path / "phototagd.db", clock=clock) as store:
        house = House(
            tmp_path / "photos",
            store=store,
            clock=clock,
            mounts=MountTable(read=lambda: b""),
        )
        inbox = Inbox(house, tmp_path / "outside")
        yield inbox
        inbox.watcher.stop()


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)


def test_cp(inbox: Inbox) -> None:
    run("cp", inbox.photo("a.jpg"), inbox.folder)
    run("cp", "-p", inbox.photo("b.jpg"), inbox.folder)

    inbox.assert_taken_once("a.jpg", "b.jpg")


def test_mv(inbox: Inbox) -> None:
    run("mv", inbox.photo("a.jpg"), inbox.folder)

    inbox.assert_taken_once("a.jpg")


def test_cp_of_a_tree(inbox: Inbox) -> None:
    for number in range(5):
        inbox.photo(f"trip/day{number % 2}/{number}.jpg")
    run("cp", "-r", inbox.outside / "trip", inbox.folder)

    inbox.assert_taken_once(*(f"trip/day{n % 2}/{n}.jpg" for n in range(5)))


def test_mv_of_a_tree(inbox: Inbox) -> None:
    for number in range(5):
        inbox.photo(f"trip/day{number % 2}/{number}.jpg")
    run("mv", inbox.outside / "trip", inbox.folder)

    inbox.assert_taken_once(*(f"trip/day{n % 2}/{n}.jpg" for n in range(5)))


@pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
@pytest.mark.parametrize("how", ["--times", "--inplace"])
def test_rsync(inbox: Inbox, how: str) -> None:
    inbox.photo("trip/a.jpg")
    inbox.photo("trip/b.jpg")
    run("rsync", "-a", how, inbox.outside / "trip", inbox.folder)

    inbox.assert_taken_once("trip/a.jpg", "trip/b.jpg")


def test_a_temporary_name_and_then_the_final_one(inbox: Inbox) -> None:
    (inbox.folder / "a.jpg.part").write_bytes(jpeg("a"))
    inbox.wait(20)
    assert inbox.house.found() == []
    (inbox.folder / "a.jpg.part").rename(inbox.folder / "a.jpg")

    inbox.assert_taken_once("a.jpg")


def test_a_slow_upload_in_place(inbox: Inbox) -> None:
    """Samba, scp and FTP write under the final name; the file is closed only at the end."""
    with (inbox.folder / "a.jpg").open("wb", buffering=0) as file:
        for _ in range(6):
            file.write(jpeg("part"))
            inbox.wait(3)
        assert inbox.house.found() == []

    inbox.assert_taken_once("a.jpg")


def test_an_upload_that_broke_off_and_was_resumed_soon(inbox: Inbox) -> None:
    photo = inbox.folder / "a.jpg"
    photo.write_bytes(jpeg("half"))
    inbox.wait(4)
    with photo.open("ab") as file:
        file.write(b"the rest")

    inbox.assert_taken_once("a.jpg")


def test_an_upload_resumed_later_is_read_again(inbox: Inbox) -> None:
    """Half a photo may have been taken in; the whole one replaces it."""
    photo = inbox.folder / "a.jpg"
    photo.write_bytes(jpeg("half"))
    inbox.assert_taken_once("a.jpg")
    inbox.house.events.events.clear()
    with photo.open("ab") as file:
        file.write(b"the rest")
    inbox.watcher.rescan(full=True)
    inbox.wait(30)

    assert inbox.house.found() == ["a.jpg changed"]
    assert inbox.house.live() == inbox.house.truth()


def test_a_restored_backup_keeps_its_old_time(inbox: Inbox) -> None:
    photo = inbox.photo("a.jpg")
    os.utime(photo, (0, 0))
    run("cp", "-a", photo, inbox.folder)

    inbox.assert_taken_once("a.jpg")


def test_a_time_in_the_future_does_not_matter(inbox: Inbox) -> None:
    photo = inbox.photo("a.jpg")
    os.utime(photo, (2**33, 2**33))
    run("cp", "-p", photo, inbox.folder)

    inbox.assert_taken_once("a.jpg")


def test_a_hard_link(inbox: Inbox) -> None:
    (inbox.folder / "a.jpg").hardlink_to(inbox.photo("a.jpg"))

    inbox.assert_taken_once("a.jpg")
