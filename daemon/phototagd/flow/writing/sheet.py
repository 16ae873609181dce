"""What a sidecar is made from, what is to become of it, and what it is now."""

from dataclasses import dataclass
from enum import StrEnum

from phototagd.domain.asset import CaptureFacts, Inspection, Place
from phototagd.domain.record import PathRecord
from phototagd.domain.sidecar import SidecarFile, SidecarState
from phototagd.domain.tagging import Tagging
from phototagd.rules.sidecars.naming import Target


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a photo, whichever of its sidecars is written."""

    record: PathRecord
    inspection: Inspection | None
    facts: CaptureFacts | None
    tagging: Tagging | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything one sidecar is made from.

    `old` is the file as it stands, None where there is none; `packet` is what is edited: its
    content, or the seed of a new one. `found` is what the packet says, with the older IPTC
    words of the photo where the sidecar is new.
    """

    evidence: Evidence
    target: Target
    path: bytes
    old: SidecarFile | None
    packet: bytes
    found: SidecarState


class Action(StrEnum):
    """What is done to a sidecar file."""

    NONE = "none"
    CREATE = "create"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to become of a sidecar: `content` is for CREATE and REPLACE."""

    sheet: Sheet
    action: Action
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class Written:
    """A sidecar as it stands now; `file` is None when there is none."""

    name: bytes
    file: SidecarFile | None
    state: SidecarState | None
    changed: bool
