"""A watched folder: what it is, how it is watched, and whether it is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from phototagd.domain.asset import FolderStamp, LibraryId, PathId, PathState, Stamp


class WatchMode(StrEnum):
    """How changes are noticed; every mode but `off` is backed by scans."""

    NATIVE = "native"  # hints from the kernel, and scans
    SCAN = "scan"  # scans alone
    OFF = "off"  # only what a person names


class LibraryState(StrEnum):
    """Whether a library can be believed; nothing in an offline library counts as deleted."""

    ONLINE = "online"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class RootIdentity:
    """What makes a root the one it was: device, inode, and kind of file system."""

    device: int
    inode: int
    filesystem: str


@dataclass(frozen=True, slots=True)
class Library:
    """A library as the store remembers it.

    `identity` is None until the root was first seen healthy. `is_configured` is False for
    folders adopted because a person tagged a single file in them.
    """

    id: LibraryId
    root: bytes
    identity: RootIdentity | None
    is_configured: bool
    first_scan_done: bool


@dataclass(frozen=True, slots=True)
class Mount:
    """What a folder lies on; `is_remote` when other machines may change it unseen."""

    point: bytes
    filesystem: str
    device: int
    is_remote: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One regular file in a folder listing."""

    name: bytes
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Sighting:
    """One regular file as it is now; `touched_ns` is the later of its mtime and ctime."""

    stamp: Stamp
    touched_ns: int


FileRow = tuple[bytes, int, int, int]
"""A regular file as plain values, for millions of them: name, size, mtime in ns, inode."""


def stamp_of(row: FileRow) -> Stamp:
    """The stamp among the plain values."""
    return Stamp(row[1], row[2], row[3])


@dataclass(frozen=True, slots=True)
class Listing:
    """One folder as it was read: its own stamp (taken before reading) and its entries.

    `rows` are its regular files in the order of their names; `folders` holds the names of the
    sub-folders that may be entered; `markers` the names of opt-out files (`.nomedia`, `.noai`)
    found in it.
    """

    folder: bytes
    stamp: FolderStamp
    rows: Sequence[FileRow]
    folders: tuple[bytes, ...]
    markers: frozenset[bytes]

    @property
    def files(self) -> tuple[Entry, ...]:
        """The regular files, made anew at each call."""
        return tuple(Entry(row[0], stamp_of(row)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class FolderMark:
    """What a folder looked like when it agreed with the store, and the store's revision of it.

    `seen` is a fingerprint (`rules.reconciling`), empty when the store has changed since. The
    revision counts every change of what is remembered of the folder's files.
    """

    seen: bytes
    revision: int


@dataclass(frozen=True, slots=True)
class NotRead:
    """A folder that a walk could not read: nothing in it may be believed gone."""

    folder: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the store remembers of one name in a folder.

    `sidecar` is the stamp of the sidecar as we last read or wrote it, None if there was none.
    `missing_scans` counts the scans in a row that did not find the photo.
    """

    path: PathId
    name: bytes
    stamp: Stamp
    state: PathState
    sidecar_name: bytes | None
    sidecar: Stamp | None
    missing_scans: int


@dataclass(frozen=True, slots=True)
class Losses:
    """What is missing in a library.

    `held` paths were missing in two scans and are not believed gone yet. `lost` photos are missing
    or went within the hour, and were neither moved nor confirmed by a person. It `is_mass` when
    they are too large a part of the `known` ones (lost ones included; counted when many are lost).
    """

    held: int
    lost: int
    known: int
    is_mass: bool


@dataclass(frozen=True, slots=True)
class Hints:
    """Names that may have changed, by folder, since the last call.

    `everything` asks for a full scan: the kernel or the watcher lost something.
    """

    names: dict[bytes, frozenset[bytes]]
    everything: bool = False


@dataclass(frozen=True, slots=True)
class LibraryReport:
    """A library as `status` and `check` show it; `why` explains mode and state.

    `is_degraded` when hints were wanted and could not be had: scans alone find what is new.
    `held_losses` photos are missing, too many at once to be believed gone before a person says so.
    """

    root: bytes
    watch: WatchMode
    state: LibraryState
    why: str
    last_scan_at: datetime | None
    is_degraded: bool = False
    held_losses: int = 0
