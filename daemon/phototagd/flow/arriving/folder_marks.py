"""Which folders of a library look just as they did when they agreed with the store."""

from phototagd import __version__
from phototagd.domain.asset import LibraryId
from phototagd.domain.library import FolderMark, Listing
from phototagd.ports import Catalogue
from phototagd.rules.arriving import reconciling

MOST_UNWRITTEN = 500


class FolderMarks:
    """Saves a scan from reading back what is remembered of every file.

    Marks are written in batches; one that is lost costs one comparison.
    """

    def __init__(self, *, library: LibraryId, catalogue: Catalogue) -> None:
        self._library = library
        self._catalogue = catalogue
        self._unwritten: dict[bytes, FolderMark] = {}

    def look(
        self, listing: Listing, sidecars: Listing | None, *, trust_inode: bool
    ) -> tuple[bool, FolderMark | None]:
        """Whether a folder is known to agree; if not, the mark it gets should it agree now.

        Look before reading what is remembered of its files: if that changes afterwards, the
        mark is of an older revision and does not count.
        """
        before = self._catalogue.folder_mark(self._library, listing.folder)
        if before is None or sidecars is None:
            return False, None
        seen = reconciling.fingerprint(
            listing.rows,
            () if sidecars is listing else sidecars.rows,
            trust_inode=trust_inode,
            version=__version__,
        )
        return before.seen == seen, FolderMark(seen, before.revision)

    def agreed(self, folder: bytes, mark: FolderMark) -> None:
        """A folder was compared, and nothing differed."""
        self._unwritten[folder] = mark
        if len(self._unwritten) >= MOST_UNWRITTEN:
            self.write()

    def write(self) -> None:
        """Hand all marks to the store; raises Unavailable when it does not take them."""
        marks, self._unwritten = self._unwritten, {}
        if marks:
            self._catalogue.record_marks(self._library, marks)
