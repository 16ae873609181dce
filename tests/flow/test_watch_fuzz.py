"""Random changes under real hints, with overflows: in the end nothing is missed."""

import os
import random
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.folders import House, jpeg
from phototagd.adapters.hashing import ContentIdentifier
from phototagd.adapters.hints import WatchdogHintSource
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.flow.arriving.watcher import ScanSchedule, Watcher

OPERATIONS = 400
SCHEDULE = ScanSchedule(rescan=timedelta(minutes=5), full_scan=timedelta(hours=1))


class Vandal:
    """Changes a tree, and one outside that things are moved to and from, at random."""

    def __init__(self, inside: Path, outside: Path, seed: int) -> None:
        self.inside = inside
        self.outside = outside
        outside.mkdir(exist_ok=True)
        self.random = random.Random(seed)
        self.count = 0
        self._operations = [
            (35, self.create),
            (10, self.make_folders),
            (15, self.move_file),
            (15, self.move_folder),
            (10, self.remove_file),
            (5, self.remove_tree),
            (5, self.append),
            (5, self.link),
        ]

    def act(self) -> None:
        weights, operations = zip(*self._operations, strict=True)
        (operation,) = self.random.choices(operations, weights)
        try:
            operation()
        except (OSError, shutil.Error):
            return  # into itself, onto a folder, of a folder that is gone: fuzz

    def create(self) -> None:
        self.count += 1
        target = self._folder() / f"f{self.random.randrange(200)}.jpg"
        target.write_bytes(jpeg(str(self.count)))

    def make_folders(self) -> None:
        name = f"d{self.random.randrange(9)}/e{self.random.randrange(9)}"
        (self._folder() / name).mkdir(parents=True, exist_ok=True)

    def move_file(self) -> None:
        self._file().rename(self._folder() / f"r{self.random.randrange(200)}.jpg")

    def move_folder(self) -> None:
        folder = self._folder()
        if folder not in (self.inside, self.outside):
            folder.rename(self._folder() / f"m{self.random.randrange(30)}")

    def remove_file(self) -> None:
        self._file().unlink()

    def remove_tree(self) -> None:
        folder = self._folder()
        if folder not in (self.inside, self.outside):
            shutil.rmtree(folder)

    def append(self) -> None:
        with self._file().open("ab") as file:
            file.write(b"y")

    def link(self) -> None:
        (self._folder() / f"l{self.random.randrange(300)}.jpg").hardlink_to(self._file())

    def _folder(self) -> Path:
        base = self.random.choice([self.inside, self.inside, self.inside, self.outside])
        return Path(self.random.choice([base, *sorted(p for p in base.rglob("*") if p.is_dir())]))

    def _file(self) -> Path:
        files = sorted(p for p in self._folder().rglob("*") if p.is_file())
        if not files:
            raise FileNotFoundError
        return Path(self.random.choice(files))


class Watch:
    """A watcher with real hints, driven by hand."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.sources: list[WatchdogHintSource] = []
        self.watcher = Watcher(
            library=house.library,
            watch="native",
            scanner=house.scanner,
            new_hints=self._new_hints,
            catalogue=house.catalogue,
            clock=house.clock,
            emit=house.events,
            schedule=SCHEDULE,
        )

    def step(self, seconds: float = 1.0) -> None:
        """One turn of both loops; a moment of real time lets hints come in."""
        threading.Event().wait(0.005)
        self.watcher.run_once()
        self.house.intake.run_once()
        self.house.clock.advance(seconds)

    def lose_everything(self) -> None:
        """As when the kernel's queue runs over."""
        self.sources[-1]._dirty.lose()

    def _new_hints(self) -> WatchdogHintSource:
        source = WatchdogHintSource(root=os.fsencode(self.house.folder), clock=self.house.clock)
        self.sources.append(source)
        return source


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    clock = FakeClock(start=datetime.now(UTC))
    with Store.open(tmp_path / "phototagd.db", clock=clock) as store:
        yield House(
            tmp_path / "photos",
            store=store,
            clock=clock,
            mounts=MountTable(read=lambda: b""),
        )


@pytest.fixture
def watch(house: House) -> Iterator[Watch]:
    watch = Watch(house)
    yield watch
    watch.watcher.stop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_nothing_is_missed_in_the_end(
    house: House, watch: Watch, seed: int, tmp_path: Path
) -> None:
    """The reader of watchdog may die on the way (KeyError); scans must make up for it."""
    vandal = Vandal(house.folder, tmp_path / "outside", seed)
    house.put("first.jpg")
    for number in range(OPERATIONS):
        vandal.act()
        if number % 5 == 0:
            watch.step()
        if number % 150 == 149:
            watch.lose_everything()
    house.put("last.jpg")
    for _ in range(60):
        watch.step()
    for _ in range(130):  # more than an hour: the scans that are due in any case
        watch.step(30)

    assert house.live() == house.truth()
    assert house.intake.is_idle
    _assert_contents(house)


def test_only_hints_are_enough_on_a_good_day(house: House, watch: Watch) -> None:
    """No scan is due in this time: what is found, hints have brought."""
    house.put("first.jpg")
    for _ in range(10):
        watch.step()
    for number in range(20):
        house.put(f"2026/{number % 3}/{number}.jpg")
        watch.step()
    (house.folder / "2026" / "0" / "0.jpg").rename(house.folder / "moved.jpg")
    (house.folder / "first.jpg").unlink()
    for _ in range(400):
        watch.step(0.5)
        if house.intake.is_idle and house.live() == house.truth():
            break

    assert len(house.events.named("scan.finished")) == 1
    assert house.live() == house.truth()
    _assert_contents(house)


def _assert_contents(house: House) -> None:
    """Every path stands for the bytes that lie there now."""
    for relative in house.truth():
        folder, _, name = relative.rpartition(b"/")
        record = house.catalogue.find_path(house.library.id, folder, name)
        assert record is not None
        identity = ContentIdentifier().identify(record.absolute)
        assert record.content_hash == identity.content_hash
