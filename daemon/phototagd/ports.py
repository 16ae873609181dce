"""Every seam of the house on one page: what flow and web need, whoever provides it.

Adapters implement these by shape. Errors that cross a seam are those of `domain.errors`.
Times are aware UTC datetimes; durations are timedeltas or, where a field says so, seconds.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from phototagd.domain.asset import (
    AssetId,
    CaptureFacts,
    FolderStamp,
    Identity,
    Inspection,
    LibraryId,
    Location,
    PathId,
    PathState,
    Place,
    Prepared,
    Stamp,
)
from phototagd.domain.engine import EngineFacts, EngineMemory
from phototagd.domain.events import Event
from phototagd.domain.job import (
    JobId,
    JobKind,
    JobState,
    JobView,
    Lease,
    Outcome,
    Priority,
    Tally,
)
from phototagd.domain.library import (
    Hints,
    KnownFile,
    Library,
    Listing,
    Mount,
    NotRead,
    RootIdentity,
    Sighting,
)
from phototagd.domain.sidecar import SidecarEdit, SidecarFile, SidecarState
from phototagd.domain.status import Finding, StatusReport, TagReport
from phototagd.domain.tagging import Question, Reply, Tagging


class Clock(Protocol):
    """Time, injected so that tests own it."""

    def now(self) -> datetime:
        """The wall time, aware UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that never jump."""
        ...

    def wait(self, wake: threading.Event, seconds: float) -> bool:
        """Wait until `wake` is set or `seconds` have passed; True when it was set."""
        ...


class Listener(Protocol):
    """Somebody who wants to know what happens; must not raise and must not block."""

    def __call__(self, event: Event, /) -> None:
        """Take note of one event."""
        ...


# --- the watched folders -------------------------------------------------------------------


class Mounts(Protocol):
    """What folders lie on, and whether a root is the one it was."""

    def mount_of(self, folder: bytes) -> Mount:
        """The mount that `folder` lies on."""
        ...

    def identify(self, root: bytes) -> RootIdentity | None:
        """The identity of a root that is there and readable, else None."""
        ...

    def is_empty(self, root: bytes) -> bool:
        """Whether the root holds no entry at all (as an empty mount point does)."""
        ...


class Walker(Protocol):
    """Reads folders; never follows links, never leaves the file system of the root."""

    def listing(self, root: bytes, folder: bytes) -> Listing | None:
        """One folder, or None when it is gone; raises NotYet when it cannot be read."""
        ...

    def sight(self, photo: bytes) -> Sighting | None:
        """A regular file at an absolute path as it is now, or None when there is none.

        Raises NotYet when that cannot be found out.
        """
        ...

    def walk(
        self,
        root: bytes,
        known: Mapping[bytes, tuple[FolderStamp, datetime]] | None,
    ) -> Iterator[Listing | NotRead]:
        """All folders below the root, parents first.

        With `known` (stamp and time of the last listing, by folder), folders whose stamp is
        unchanged and was not racy then are not read, but their known sub-folders still are
        visited. A folder that cannot be read is yielded as `NotRead`, and the walk goes on.
        """
        ...


class HintSource(Protocol):
    """Change hints for one library; never the truth, always backed by scans."""

    def start(self) -> None:
        """Begin; raises Unavailable when the kernel refuses (limits, no such folder)."""
        ...

    def drain(self) -> Hints:
        """What may have changed since the last call; never blocks."""
        ...

    def trouble(self) -> str:
        """Why the source can no longer be trusted; empty while it can."""
        ...

    def stop(self) -> None:
        """End; may be called twice or without start."""
        ...


# --- the photo -----------------------------------------------------------------------------


class Identifier(Protocol):
    """Reads a file once and says what its bytes are."""

    def identify(self, photo: bytes) -> Identity:
        """Kind and hashes of the file at an absolute path.

        Raises NotYet (unreadable now, empty, changed while read) or Vanished.
        """
        ...


class PhotoReader(Protocol):
    """Decodes photos in a process of its own, with limits on memory and time."""

    def prepare(self, photo: bytes, *, long_side: int) -> Prepared:
        """The photo as the model wants it: upright sRGB baseline JPEG.

        Raises NotYet (truncated, unreadable now), Unreadable (broken, unsupported, a bomb),
        Vanished, or ProcessKilled when decoding crashed, hung or ran out of memory.
        """
        ...

    def inspect(self, photo: bytes) -> Inspection:
        """Camera facts and embedded words; the same errors as `prepare`."""
        ...

    def close(self) -> None:
        """End the process; may be called twice."""
        ...


class Gazetteer(Protocol):
    """Coordinates to places, offline."""

    def place_at(self, latitude: float, longitude: float) -> Place | None:
        """The nearest named place in the configured language, None on the open sea."""
        ...


# --- the model -----------------------------------------------------------------------------


class Captioner(Protocol):
    """One endpoint that answers questions about pictures, one at a time per lane.

    Every method raises Unavailable when the server cannot serve.
    """

    @property
    def name(self) -> str:
        """The endpoint for logs: its URL without credentials."""
        ...

    def probe(self) -> str:
        """The server's version, quickly; says only that it lives."""
        ...

    def check(self) -> EngineFacts:
        """Version, model, digest, vision; refuses what cannot or must not work."""
        ...

    def preload(self) -> None:
        """Load the model and wait for it, however long that takes."""
        ...

    def ask(self, question: Question) -> Reply:
        """One finished answer within the time limit of the settings.

        Raises BadReply (cut, empty or silently ended answer), ProcessKilled (the server's
        model process died over it), Unreadable (the server cannot decode the picture).
        """
        ...

    def memory(self) -> EngineMemory | None:
        """What the loaded model occupies; None when nothing is loaded."""
        ...

    def close(self) -> None:
        """Abandon the request in flight, if any, and close connections."""
        ...


# --- the store -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arrival:
    """A stable file that intake has read, about to be recorded."""

    location: Location
    identity: Identity
    priority: Priority
    same_pixels_as: AssetId | None = None  # only its metadata changed (decoded-pixel hash)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What recording an arrival did; `how` as in `events.PhotoFound`.

    `moved_from` is the vanished path that this one seems to be the new name of.
    """

    path: PathId
    asset: AssetId
    how: str
    moved_from: PathId | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A stable file that is no photo, or cannot be read (yet)."""

    location: Location
    stamp: Stamp
    state: PathState
    reason: str
    retry_at: datetime | None


@dataclass(frozen=True, slots=True)
class PathRecord:
    """Everything the store knows of one path."""

    id: PathId
    location: Location
    root: bytes
    stamp: Stamp
    state: PathState
    reason: str
    asset: AssetId | None
    kind: str
    content_hash: str
    facts: CaptureFacts | None
    place: Place | None
    sidecar_name: bytes | None
    sidecar: Stamp | None
    sidecar_digest: str
    is_gone: bool
    moved_from: PathId | None

    @property
    def absolute(self) -> bytes:
        """The path of the photo on this machine."""
        return self.root.rstrip(b"/") + b"/" + self.location.relative


@dataclass(frozen=True, slots=True)
class SidecarRecord:
    """What a write job leaves in the store: the sidecar as it is now, and what it says.

    `digest` is the hash of the bytes we last wrote or accepted, empty when there is no file.
    `words` is a JSON-ready summary (caption, keywords, rejected) for `show` and search.
    """

    path: PathId
    name: bytes | None
    stamp: Stamp | None
    digest: str
    facts: CaptureFacts | None
    place: Place | None
    words: Mapping[str, object]


class Catalogue(Protocol):
    """What we know of libraries, folders, paths, assets and taggings.

    Every method is one transaction and is on disk when it returns. Raises Unavailable when
    the store cannot be written.
    """

    def open_library(self, root: bytes, *, is_configured: bool = True) -> Library:
        """The library of a root, created on first sight."""
        ...

    def libraries(self) -> list[Library]:
        """All libraries ever opened."""
        ...

    def record_identity(self, library: LibraryId, identity: RootIdentity) -> None:
        """Remember what makes the root the one it is."""
        ...

    def record_scan(self, library: LibraryId, at: datetime, *, full: bool) -> None:
        """A scan went through; a full one ends the first scan."""
        ...

    def last_scan(self, library: LibraryId) -> datetime | None:
        """When the library was last compared with the store."""
        ...

    def folders(self, library: LibraryId) -> dict[bytes, tuple[FolderStamp, datetime]]:
        """Stamp and time of the last listing, by folder."""
        ...

    def known_files(self, library: LibraryId, folder: bytes) -> list[KnownFile]:
        """What is remembered of one folder."""
        ...

    def record_listing(
        self,
        library: LibraryId,
        folder: bytes,
        stamp: FolderStamp,
        at: datetime,
        *,
        missing: Collection[PathId] = (),
        back: Collection[PathId] = (),
        sidecars_changed: Collection[PathId] = (),
        subfolders: Collection[bytes] | None = None,
    ) -> None:
        """A folder was read: count what is missing, forget that for what is back.

        A path missing in two scans is gone: its jobs are cancelled. Changed sidecars get a
        `write` job. Folders no longer among `subfolders` are dropped and their paths counted
        missing too.
        """
        ...

    def opt_out(self, library: LibraryId, folder: bytes) -> int:
        """A folder carries `.nomedia` or `.noai` now: cancel what it queued; how many."""
        ...

    def take_in(self, arrivals: Sequence[Arrival]) -> list[Arrived]:
        """Record stable photos, with the jobs they need, in one transaction.

        A new asset gets a `tag` job; an asset that has a tagging gets `write` jobs only; an
        asset whose `tag` job was cancelled gets it queued again, and a dead one stays dead
        until a person retries it. Every path gets a `write` job: at once when there are
        words, else late enough for words to come first.
        """
        ...

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Record files that are no photos, or not readable."""
        ...

    def due_refusals(self, now: datetime, limit: int) -> list[PathRecord]:
        """Waiting paths whose time to be read again has come."""
        ...

    def path(self, path: PathId) -> PathRecord | None:
        """One path."""
        ...

    def find_path(self, library: LibraryId, folder: bytes, name: bytes) -> PathRecord | None:
        """One path by its name."""
        ...

    def paths_of(self, asset: AssetId, *, include_gone: bool = False) -> list[PathRecord]:
        """The copies of an asset, oldest first."""
        ...

    def words_of(self, path: PathId) -> Mapping[str, object]:
        """What the sidecar said when we last read or wrote it (`SidecarRecord.words`)."""
        ...

    def record_pixels(self, asset: AssetId, prepared: Prepared) -> None:
        """Remember size and pixel hash of an asset."""
        ...

    def pixel_hash(self, asset: AssetId) -> str:
        """The remembered pixel hash, empty when unknown."""
        ...

    def stored_tagging(self, asset: AssetId, recipe: str) -> Tagging | None:
        """The answer for exactly this asset and recipe, if there is one."""
        ...

    def latest_tagging(self, asset: AssetId) -> Tagging | None:
        """The newest answer."""
        ...

    def record_tagging(self, lease: Lease, tagging: Tagging, now: datetime) -> bool:
        """One transaction: the tagging, the job done, a `write` job per live path.

        False, and nothing recorded, when the lease was lost.
        """
        ...

    def record_sidecar(self, lease: Lease, record: SidecarRecord, now: datetime) -> bool:
        """One transaction: the sidecar's state, and the `write` job done."""
        ...


class Queue(Protocol):
    """The persistent queue; claims are fenced by owner and generation."""

    def enqueue_tag(self, asset: AssetId, recipe: str, priority: Priority, now: datetime) -> JobId:
        """Ask (again) about an asset; a queued or running job of the same recipe is reused."""
        ...

    def enqueue_write(self, path: PathId, priority: Priority, run_after: datetime) -> JobId:
        """Write (again) a path's sidecar; one job per path, the earlier time wins."""
        ...

    def claim(
        self,
        kind: JobKind,
        priority: Priority,
        owner: str,
        now: datetime,
        ttl: timedelta,
    ) -> Lease | None:
        """The next due job of one kind and class, or None."""
        ...

    def extend(self, leases: Iterable[Lease], until: datetime) -> None:
        """Keep working on these for longer."""
        ...

    def settle(self, lease: Lease, outcome: Outcome, now: datetime) -> bool:
        """Write the end of a run; False when the lease was lost."""
        ...

    def reclaim(self, now: datetime, *, everything: bool = False) -> int:
        """Queue again what dead workers held: expired leases, or all at start."""
        ...

    def jobs(self, state: JobState | None, limit: int) -> list[JobView]:
        """Jobs and unreadable paths, newest change first."""
        ...

    def jobs_of(self, asset: AssetId, path: PathId) -> list[JobView]:
        """The newest `tag` job of an asset and the `write` job of one of its paths."""
        ...

    def retry(self, ids: Collection[JobId] | None, now: datetime) -> int:
        """Queue dead jobs again, all of them when `ids` is None; how many."""
        ...

    def tally(self, now: datetime) -> Tally:
        """How many photos stand where."""
        ...

    def oldest_queued(self) -> datetime | None:
        """When the longest waiting due job was queued."""
        ...

    def next_due(self, kind: JobKind, now: datetime) -> datetime | None:
        """When the next queued job of a kind becomes due; None when none is queued."""
        ...

    def unsettled(self, assets: Collection[AssetId]) -> set[AssetId]:
        """Those of the assets that still have a queued or running job."""
        ...


class StoreCare(Protocol):
    """Housekeeping of the store."""

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database."""
        ...

    def prune(self, before: datetime) -> int:
        """Forget gone paths and finished jobs older than that; how many."""
        ...

    def size(self) -> Mapping[str, int]:
        """Bytes of the database and of its log, by name."""
        ...


# --- the sidecar ---------------------------------------------------------------------------


class SidecarFiles(Protocol):
    """Sidecars as files: found, read, and written so that nothing is lost or half there.

    Paths are absolute. Every method raises NotYet when a file or folder cannot be used at the
    moment, and Unavailable when the disk does not allow it (full, read-only, failing).
    """

    def names(self, folder: bytes, photo: bytes) -> frozenset[bytes]:
        """The names in a folder with the photo's stem, in any case; empty without a folder."""
        ...

    def has_file(self, path: bytes) -> bool:
        """Whether anything of that name is there."""
        ...

    def read(self, sidecar: bytes) -> SidecarFile | None:
        """A sidecar, or None where there is none.

        Raises SidecarBroken for what is no regular file or too large, and SidecarRaced for
        one that changes while it is read. What a crash of ours left beside it is cleared.
        """
        ...

    def make_folder(self, root: bytes, folder: bytes) -> None:
        """Make a folder below an existing root, with those above it."""
        ...

    def create(self, sidecar: bytes, content: bytes, *, photo: bytes) -> SidecarFile:
        """Write a new file, on disk when it returns; SidecarRaced when there is one already."""
        ...

    def replace(self, sidecar: bytes, content: bytes, *, expected: SidecarFile) -> SidecarFile:
        """Replace a file in one step, on disk when it returns.

        Raises SidecarRaced, with the other's edit in place, when the file is no longer as
        expected.
        """
        ...

    def remove(self, sidecar: bytes, *, expected: SidecarFile) -> bool:
        """Remove a file if it is still as expected; whether it was."""
        ...


class PacketEditor(Protocol):
    """What stands in a sidecar; touches nothing but what it is told to."""

    def read(self, packet: bytes) -> SidecarState:
        """What a packet says; raises SidecarBroken."""
        ...

    def seed(self, embedded: bytes | None) -> bytes:
        """A new packet that says what another one (inside a photo, beside it) says."""
        ...

    def edit(self, packet: bytes, edit: SidecarEdit, now: datetime) -> bytes:
        """The packet with the edit made; the very same bytes when nothing changes.

        Raises SidecarBroken, or SidecarError when anything else would change with it.
        """
        ...


# --- the world around ----------------------------------------------------------------------


class ServiceManager(Protocol):
    """Whoever supervises the daemon (systemd, or nobody)."""

    def ready(self, status: str) -> None:
        """The daemon serves."""
        ...

    def alive(self) -> None:
        """All loops make progress."""
        ...

    def status(self, text: str) -> None:
        """One line for a person."""
        ...

    def reloading(self) -> AbstractContextManager[None]:
        """Settings are being read again."""
        ...

    def stopping(self) -> None:
        """The daemon ends."""
        ...


# --- the face ------------------------------------------------------------------------------


class Control(Protocol):
    """What a person can ask of the daemon; called from several threads at once.

    Paths are absolute. Every method raises Unavailable when the store or the daemon is away.
    """

    def status(self) -> StatusReport:
        """How far everything is."""
        ...

    def jobs(self, state: JobState | None, limit: int) -> list[JobView]:
        """Jobs and unreadable paths, newest change first."""
        ...

    def retry(self, ids: Collection[JobId] | None) -> int:
        """Queue dead jobs again, all of them when `ids` is None; how many."""
        ...

    def pause(self) -> None:
        """Ask the model nothing more until `resume`; survives no restart."""
        ...

    def resume(self) -> None:
        """Go on after `pause`."""
        ...

    def rescan(self, *, full: bool) -> None:
        """Compare all libraries with the store soon; returns at once."""
        ...

    def tag(self, files: Sequence[bytes]) -> list[TagReport]:
        """Take these photos in before all others, and say how far each is; does not wait.

        Asking again for the same photos is harmless: no work is done twice.
        """
        ...

    def tagged(self, files: Sequence[bytes]) -> list[TagReport]:
        """How far photos are that `tag` was given."""
        ...

    def show(self, file: bytes) -> Mapping[str, object] | None:
        """Everything known of one photo, JSON-ready; None when nothing is."""
        ...

    def check(self) -> list[Finding]:
        """Look at everything that can be wrong; takes as long as it takes."""
        ...


class Health(Protocol):
    """What supervisors ask of the daemon; quick, and called from several threads at once."""

    def stuck(self) -> Sequence[str]:
        """The loops that make no progress; empty while all is alive."""
        ...

    def unready(self) -> Sequence[str]:
        """Why no work can be taken: store not writable, no library up. A missing model is not."""
        ...

    def status(self) -> StatusReport:
        """How far everything is."""
        ...

    def metrics(self) -> bytes:
        """The counters in the Prometheus text format."""
        ...


StepHook = Callable[[str], None]
"""Called with the name of each durable step; tests crash there, production does nothing."""
