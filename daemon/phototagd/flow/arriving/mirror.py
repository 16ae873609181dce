"""The tree that holds the sidecars of a library which may not be written to."""

from collections.abc import Iterator
from dataclasses import replace

from phototagd.domain.errors import NotYet
from phototagd.domain.library import Listing, NotRead
from phototagd.flow.arriving.folder_memory import FolderMemory
from phototagd.ports import Clock, Mounts, Walker


class Mirror:
    """Lists the sidecars of a folder of the library, wherever they lie.

    `root` is None for a library that holds its sidecars itself.
    """

    def __init__(self, *, root: bytes | None, walker: Walker, mounts: Mounts, clock: Clock) -> None:
        self._root = root
        self._walker = walker
        self._mounts = mounts
        self._clock = clock
        self._seen = FolderMemory({})

    def sidecars(self, listing: Listing) -> Listing | None:
        """Where this folder's sidecars are among the files; None when that cannot be read."""
        if self._root is None:
            return listing
        if self._mounts.is_empty(self._root):
            return None  # nothing written yet, or the disk with the mirror is away
        try:
            mirrored = self._walker.listing(self._root, listing.folder)
        except NotYet:
            return None
        return replace(listing, rows=()) if mirrored is None else mirrored

    def touched(self) -> Iterator[bytes]:
        """The folders where sidecars came or went since the last call.

        A scan that skips unchanged folders of the library would not look at their sidecars.
        """
        if self._root is None or self._mounts.is_empty(self._root):
            return
        at = self._clock.now()
        for found in self._walker.walk(self._root, self._seen.snapshot()):
            if not isinstance(found, NotRead):
                self._seen.remember(found.folder, (found.stamp, at))
                yield found.folder
            at = self._clock.now()
