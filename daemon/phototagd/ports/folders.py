"""The watched folders: mounts, walks and hints."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Protocol

from phototagd.domain.asset import (
    FolderStamp,
)
from phototagd.domain.library import (
    Hints,
    Listing,
    Mount,
    NotRead,
    RootIdentity,
    Sighting,
)


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
