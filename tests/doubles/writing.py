"""What a sidecar writer works with: a real folder, real files, a catalogue in memory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from doubles import EventLog, FakeClock
from doubles.ledger import FakeLedger
from phototagd.adapters.sidecars import DiskSidecars
from phototagd.adapters.xmp import XmpEditor
from phototagd.domain.asset import (
    AssetId,
    CaptureFacts,
    Inspection,
    LibraryId,
    Location,
    PathId,
    PathState,
    Place,
    Prepared,
    Stamp,
)
from phototagd.domain.job import JobId, JobKind, Lease, Priority
from phototagd.domain.record import PathRecord, SidecarRecord
from phototagd.domain.sidecar import SidecarPolicy, SidecarState
from phototagd.domain.tagging import Tagging
from phototagd.flow.writing.drafter import Drafter
from phototagd.flow.writing.follower import SidecarFollower
from phototagd.flow.writing.putter import SidecarPutter
from phototagd.flow.writing.sheet import Evidence
from phototagd.flow.writing.sheet_reader import SheetReader
from phototagd.flow.writing.shelves import Shelves
from phototagd.flow.writing.wording import Words
from phototagd.flow.writing.writer import SidecarWriter
from phototagd.rules.sidecars.merging import keywords_of

OSLO = Place("Oslo", "Oslo", "Norway", "NO")
IN_OSLO = CaptureFacts(latitude=59.91, longitude=10.75)


class ShelfCatalogue:
    """The part of the catalogue that the writer uses; keeps what `ports.Catalogue` promises."""

    def __init__(self, ledger: FakeLedger) -> None:
        self._ledger = ledger
        self.paths: dict[PathId, PathRecord] = {}
        self.tagging: Tagging | None = None
        self.recorded: list[SidecarRecord] = []

    def path(self, path: PathId) -> PathRecord | None:
        return self.paths.get(path)

    def tagging_for(self, path: PathId) -> Tagging | None:
        return self.tagging

    def record_sidecar(self, lease: Lease, record: SidecarRecord, now: datetime) -> bool:
        self.recorded.append(record)
        self._ledger.settle(record.path, record.orders)
        self.paths[record.path] = replace(
            self.paths[record.path],
            sidecar_name=record.name,
            sidecar=record.stamp,
            sidecar_digest=record.digest,
            facts=record.facts,
            place=record.place,
            moved_from=None,
        )
        return True


class ScriptedReader:
    """Says of every photo what the test wants it to say."""

    def __init__(self) -> None:
        self.says: Inspection | Exception = Inspection(CaptureFacts())
        self.asked = 0

    def inspect(self, photo: bytes) -> Inspection:
        self.asked += 1
        if isinstance(self.says, Exception):
            raise self.says
        return self.says

    def prepare(self, photo: bytes, *, long_side: int) -> Prepared:
        raise NotImplementedError

    def close(self) -> None:
        """Nothing is open."""


class OsloGazetteer:
    """Every photo was taken in Oslo."""

    def place_at(self, latitude: float, longitude: float) -> Place | None:
        return OSLO


class PlainWording:
    """Offers the words of the answer as they are."""

    def words(self, evidence: Evidence) -> Words:
        return Words(keywords_of(evidence.tagging))


class Desk:
    """A writer and all it needs, on a real folder."""

    def __init__(
        self,
        root: Path,
        policy: SidecarPolicy | None = None,
        step: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.root = root
        self.clock = FakeClock()
        self.events = EventLog()
        self.ledger = FakeLedger()
        self.catalogue = ShelfCatalogue(self.ledger)
        self.reader = ScriptedReader()
        self.editor = XmpEditor()
        files = DiskSidecars(step=step)
        self.shelves = shelves = Shelves(
            files=files, policies={}, default=policy or SidecarPolicy()
        )
        catalogue: Any = self.catalogue  # the part that is used
        self.sheets = SheetReader(
            catalogue=catalogue,
            read=files.read,
            editor=self.editor,
            reader=self.reader,
            gazetteer=OsloGazetteer(),
            ledger=self.ledger,
            shelves=shelves,
            clock=self.clock,
        )
        self.drafter = Drafter(
            editor=self.editor,
            wording=PlainWording(),
            clock=self.clock,
            generator="phototagd 0.1.0",
        )
        self.writer = SidecarWriter(
            catalogue=catalogue,
            files=files,
            shelves=shelves,
            follower=SidecarFollower(
                catalogue=catalogue,
                ledger=self.ledger,
                files=files,
                shelves=shelves,
                emit=self.events,
            ),
            sheets=self.sheets,
            drafter=self.drafter,
            putter=SidecarPutter(
                files=files, ledger=self.ledger, shelves=shelves, clock=self.clock
            ),
            clock=self.clock,
            emit=self.events,
        )

    def photo(
        self, relative: str = "IMG_1.jpg", *, path: int = 1, kind: str = "jpeg", **more: object
    ) -> PathRecord:
        """Put a photo down and into the catalogue."""
        file = self.root / relative
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"photo")
        folder, _, name = relative.rpartition("/")
        record = PathRecord(
            id=PathId(path),
            location=Location(LibraryId(1), folder.encode(), name.encode()),
            root=str(self.root).encode(),
            stamp=Stamp(5, 1, 1),
            state=PathState.KNOWN,
            reason="",
            asset=AssetId(1),
            kind=kind,
            content_hash="h1",
            facts=None,
            place=None,
            sidecar_name=None,
            sidecar=None,
            sidecar_digest="",
            is_gone=False,
            moved_from=None,
        )
        self.catalogue.paths[record.id] = replace(record, **more)  # type: ignore[arg-type]
        return record

    def lease(self, path: int = 1, *, snoozes: int = 0) -> Lease:
        return Lease(
            job=JobId(7),
            kind=JobKind.WRITE,
            asset=AssetId(1),
            path=PathId(path),
            recipe="",
            priority=Priority.NEW,
            attempt=1,
            snoozes=snoozes,
            suspect=False,
            generation=1,
            owner="writer",
            until=self.clock.now() + timedelta(minutes=5),
            queued_at=self.clock.now(),
        )

    def state(self, relative: str = "IMG_1.jpg.xmp") -> SidecarState:
        """What a sidecar says."""
        return self.editor.read((self.root / relative).read_bytes())

    def names(self, folder: str = ".") -> list[str]:
        return sorted(entry.name for entry in (self.root / folder).iterdir())
