"""Words inside the photo file itself, for programs that read no sidecars."""

from dataclasses import dataclass

from phototagd.domain.asset import Stamp
from phototagd.domain.sidecar import SidecarFile


@dataclass(frozen=True, slots=True)
class EmbeddedPacket:
    """The XMP packet of a photo as it was read; `content` is empty where there is none.

    `stamp` is the photo's; `digest` the SHA-256 of the packet in hex, empty without one.
    """

    content: bytes
    stamp: Stamp
    digest: str = ""

    @property
    def as_sidecar(self) -> SidecarFile | None:
        """The packet as if it were a file of its own, None where there is none."""
        return SidecarFile(self.content, self.stamp, self.digest) if self.content else None


@dataclass(frozen=True, slots=True)
class PreparedPhoto:
    """A proven copy of a photo with another packet, on disk beside it and not yet in place."""

    photo: bytes
    copy: bytes
    expected: Stamp
    packet: bytes
