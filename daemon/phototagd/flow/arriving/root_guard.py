"""Says whether a library's root is there and is the one it was, before anything is believed."""

from phototagd.domain.errors import NotYet
from phototagd.domain.library import Library, RootIdentity
from phototagd.ports import Catalogue, Mounts, Walker
from phototagd.rules.arriving import watching


class RootGuard:
    """Guards one library; remembers the identity of its root in the store."""

    def __init__(
        self, *, library: Library, catalogue: Catalogue, walker: Walker, mounts: Mounts
    ) -> None:
        self._library = library
        self._identity = library.identity
        self._catalogue = catalogue
        self._walker = walker
        self._mounts = mounts

    def why_offline(self) -> str:
        """Why nothing in the library can be believed now; empty when it is online.

        An unmounted share is gone, or an empty folder, or whatever lies below the mount point.
        In none of these cases has anybody deleted a photo.
        """
        root = self._library.root
        now = self._mounts.identify(root)
        if now is None:
            return "the folder is gone or cannot be read"
        if self._mounts.is_empty(root):
            if self._known_names():
                return "the folder is empty, though it held photos: is the disk mounted?"
        elif self._identity is not None and not self._is_the_same(now, self._identity):
            return "another folder or disk is in its place: what it held is not there"
        if now != self._identity:
            self._catalogue.record_identity(self._library.id, now)
            self._identity = now
        return ""

    def _is_the_same(self, now: RootIdentity, known: RootIdentity) -> bool:
        root = self._library.root
        is_remote = self._mounts.mount_of(root).is_remote
        if watching.same_root(now, known, is_remote=is_remote):
            return True
        try:
            listing = self._walker.listing(root, b"")
        except NotYet:
            return False
        if listing is None:
            return False
        names = {row[0] for row in listing.rows} | set(listing.folders)
        return watching.holds_the_same(names, self._known_names())

    def _known_names(self) -> set[bytes]:
        """The names that lay in the root: photos, and first parts of folder paths."""
        known = self._catalogue.known_files(self._library.id, b"")
        names = {file.name for file in known if file.missing_scans == 0}
        folders = self._catalogue.folders(self._library.id)
        return names | {folder.partition(b"/")[0] for folder in folders if folder}
