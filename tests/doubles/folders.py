"""A watched folder on a real disk, with everything that brings its photos into the store."""

import hashlib
import os
from pathlib import Path

from doubles import EventLog, FakeClock
from phototagd.adapters.hashing import ContentIdentifier
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.sqlite.store import Store
from phototagd.adapters.walking import ScandirWalker
from phototagd.domain.asset import Inspection, PhotoKind, Prepared, Stamp
from phototagd.domain.library import Hints
from phototagd.flow.arriving.intake import Intake
from phototagd.flow.arriving.scanner import Scanner
from phototagd.ports import Identifier, Mounts
from phototagd.rules.arriving.eligibility import IgnoreRules

QUIET_SECONDS = 5.0


def jpeg(content: str = "sunset") -> bytes:
    """Bytes that begin like a JPEG and are as distinct as `content`."""
    return b"\xff\xd8\xff\xe0" + content.encode() * 3


class PixelReader:
    """Decodes a made-up format: the pixels are what stands before the first zero byte."""

    def prepare(self, photo: bytes, *, long_side: int) -> Prepared:
        pixels = Path(os.fsdecode(photo)).read_bytes().partition(b"\0")[0]
        return Prepared(b"", 1, 1, 1, 1, PhotoKind.RAW, hashlib.sha256(pixels).hexdigest())

    def inspect(self, photo: bytes) -> Inspection:
        raise NotImplementedError

    def close(self) -> None:
        pass


class FakeHints:
    """A source of hints that says what the test tells it to."""

    def __init__(self) -> None:
        self.names: dict[bytes, frozenset[bytes]] = {}
        self.everything = False
        self.said_trouble = ""
        self.refusal: Exception | None = None
        self.is_running = False

    def start(self) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.is_running = True

    def drain(self) -> Hints:
        names, self.names = self.names, {}
        everything, self.everything = self.everything, False
        return Hints(names, everything)

    def trouble(self) -> str:
        return self.said_trouble

    def stop(self) -> None:
        self.is_running = False


class House:
    """A library of one folder, its store, scanner and intake, and short words for tests."""

    def __init__(
        self,
        folder: Path,
        *,
        store: Store,
        clock: FakeClock,
        mounts: Mounts | None = None,
        identifier: Identifier | None = None,
        ignore: tuple[str, ...] = (),
        mirror: Path | None = None,
        most_waiting: int = 10_000,
    ) -> None:
        self.folder = folder
        self.folder.mkdir(exist_ok=True)
        self.clock = clock
        self.events = EventLog()
        self.catalogue = store.catalogue
        self.queue = store.queue
        self.mounts = mounts or MountTable()
        self.ignore = IgnoreRules(ignore)
        self.walker = ScandirWalker(ignore=self.ignore)
        self.mirror = mirror
        self.arrivals = 0
        self.intake = Intake(
            catalogue=store.catalogue,
            walker=self.walker,
            identifier=identifier or ContentIdentifier(),
            reader=PixelReader(),
            clock=clock,
            emit=self.events,
            on_arrival=self._arrived,
            quiet_seconds=QUIET_SECONDS,
            most_waiting=most_waiting,
        )
        self.restart()

    def restart(self) -> None:
        """A scanner that remembers nothing but the store, as after a restart."""
        self.library = self.catalogue.open_library(os.fsencode(self.folder))
        self.scanner = Scanner(
            library=self.library,
            catalogue=self.catalogue,
            walker=self.walker,
            mounts=self.mounts,
            intake=self.intake,
            clock=self.clock,
            emit=self.events,
            ignore=self.ignore,
            mirror_root=None if self.mirror is None else os.fsencode(self.mirror),
        )

    def put(self, name: str, content: bytes | None = None) -> Path:
        """Write a file, making its folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(jpeg(name) if content is None else content)
        return path

    def scan(self, *, full: bool = True) -> None:
        """One whole scan; intake works whenever it has no room."""
        assert not self.scanner.why_offline()
        self.scanner.came_online()
        for progress in self.scanner.scan(full=full):
            if not progress:
                self.wait_quiet()

    def wait_quiet(self) -> None:
        """Let the quiet time pass and intake work until nothing waits."""
        for _ in range(50):
            self.intake.run_once()
            if self.intake.is_idle:
                return
            self.clock.advance(QUIET_SECONDS)
        raise AssertionError("intake never comes to rest")

    def scan_and_take_in(self, *, full: bool = True) -> None:
        self.scan(full=full)
        self.wait_quiet()

    def live(self) -> dict[bytes, Stamp]:
        """What the store believes to be there: stamps by relative path."""
        return {
            (folder + b"/" + file.name if folder else file.name): file.stamp
            for folder in self._recorded_folders()
            for file in self.catalogue.known_files(self.library.id, folder)
            if file.missing_scans == 0
        }

    def truth(self) -> dict[bytes, Stamp]:
        """What really is there."""
        found = {}
        for folder, _, names in os.walk(os.fsencode(self.folder)):
            for name in names:
                path = folder + b"/" + name
                stat = os.lstat(path)
                relative = os.path.relpath(path, os.fsencode(self.folder))
                found[relative] = Stamp(stat.st_size, stat.st_mtime_ns, stat.st_ino)
        return found

    def found(self) -> list[str]:
        """What photos were taken in, in order, and how."""
        return [
            f"{os.path.relpath(os.fsdecode(e.path), self.folder)} {e.how}"
            for e in self.events.named("photo.found")
        ]

    def _recorded_folders(self) -> set[bytes]:
        inside = {
            os.path.relpath(folder, os.fsencode(self.folder))
            for folder, _, _ in os.walk(os.fsencode(self.folder))
        }
        known = set(self.catalogue.folders(self.library.id)) | inside
        return {b"" if folder == b"." else folder for folder in known}

    def _arrived(self) -> None:
        self.arrivals += 1
