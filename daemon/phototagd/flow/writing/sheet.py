"""What a sidecar is made from, what is to become of it, and what it is now."""

from dataclasses import dataclass, field
from enum import StrEnum

from phototagd.domain.amending import ChangeCause, Orders, Origin
from phototagd.domain.asset import CaptureFacts, Inspection, Place
from phototagd.domain.record import PathRecord
from phototagd.domain.sidecar import SidecarFile, SidecarState
from phototagd.domain.tagging import Tagging
from phototagd.rules.sidecars.naming import Target


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a photo and ordered for it, whichever of its sidecars is written."""

    record: PathRecord
    inspection: Inspection | None
    facts: CaptureFacts | None
    tagging: Tagging | None
    place: Place | None
    orders: Orders = field(default_factory=Orders)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one sidecar is made from.

    `old` is the file as it stands, None where there is none; `packet` is what is edited: its
    content, or the seed of a new one. `found` is what the packet says, with the older IPTC
    words of the photo where the sidecar is new. `origin` is the file before we ever wrote.
    """

    evidence: Evidence
    target: Target
    path: bytes
    old: SidecarFile | None
    packet: bytes
    found: SidecarState
    origin: Origin | None = None


class Action(StrEnum):
    """What is done to a sidecar file."""

    NONE = "none"
    CREATE = "create"
    REPLACE = "replace"
    RESTORE = "restore"  # the very bytes that we found
    REMOVE = "remove"  # we made it, and nothing of others is in it


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to become of a sidecar, and why; `after` is what `content` says.

    There is no content where nothing is done and where the file is removed.
    """

    sheet: Sheet
    action: Action
    cause: ChangeCause = ChangeCause.MERGED
    content: bytes = b""
    after: SidecarState | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A sidecar as it stands now, and why it was changed; `file` is None when there is none."""

    name: bytes
    file: SidecarFile | None
    state: SidecarState | None
    cause: ChangeCause | None = None

    @property
    def changed(self) -> bool:
        """Whether it was written at all."""
        return self.cause is not None
