"""The sidecar as a file and as a packet."""

from datetime import datetime
from typing import Protocol

from phototagd.domain.sidecar import SidecarEdit, SidecarFile, SidecarState


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
        one that changes while it is read. What a crash of ours left beside it is cleared, so
        only who writes may call it.
        """
        ...

    def look(self, sidecar: bytes) -> SidecarFile | None:
        """As `read`, for everybody else: nothing is cleared, whoever writes at this moment."""
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

    def says_more(self, packet: bytes, than: bytes) -> bool:
        """Whether a packet says anything that another does not, but for what `edit` writes.

        Raises SidecarBroken.
        """
        ...
