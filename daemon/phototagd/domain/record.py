"""What goes into the store and comes out of it about a path."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from phototagd.domain.amending import Orders
from phototagd.domain.asset import (
    AssetId,
    CaptureFacts,
    Identity,
    Location,
    PathId,
    PathState,
    Place,
    Stamp,
)
from phototagd.domain.job import (
    Priority,
)


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
    """Everything the store knows of one path.

    `moved_from` may still be there: a renamed photo is often taken in before its old name is
    missed, so whoever brings the sidecar along looks first.
    """

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
    `digests` are those of all sidecars of the path by name, empty where there is no file;
    `orders` were obeyed; `verdict` is the person's that stands in the sidecar; `photo` is the
    photo itself where words were put into it just now.
    """

    path: PathId
    name: bytes | None
    stamp: Stamp | None
    digest: str
    facts: CaptureFacts | None
    place: Place | None
    words: Mapping[str, object]
    digests: Mapping[bytes, str] = field(default_factory=dict)
    orders: Orders = field(default_factory=Orders)
    verdict: bool | None = None
    photo: Stamp | None = None
