"""What we know of libraries, folders, paths, assets and taggings."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from phototagd.domain.asset import (
    AssetId,
    FolderStamp,
    LibraryId,
    PathId,
    Prepared,
)
from phototagd.domain.job import (
    Lease,
)
from phototagd.domain.library import (
    FolderMark,
    KnownFile,
    Library,
    Listing,
    Losses,
    RootIdentity,
)
from phototagd.domain.record import Arrival, Arrived, PathRecord, Refusal, SidecarRecord
from phototagd.domain.tagging import Tagging


class Catalogue(Protocol):
    """What we know of libraries, folders, paths, assets and taggings.

    Every method is one transaction and is on disk when it returns. Raises Unavailable when
    the store cannot be written.
    """

    def open_library(
        self, root: bytes, *, is_configured: bool = True, profile: str | None = None
    ) -> Library:
        """The library of a root, created on first sight.

        With another `profile` than before, questions that wait are asked in its words.
        """
        ...

    def libraries(self) -> list[Library]:
        """All libraries ever opened."""
        ...

    def record_identity(self, library: LibraryId, identity: RootIdentity) -> None:
        """Remember what makes the root the one it is."""
        ...

    def record_scan(self, library: LibraryId, at: datetime, *, full: bool) -> None:
        """A scan went through; a full one ends the first scan."""
        ...

    def last_scan(self, library: LibraryId) -> datetime | None:
        """When the library was last compared with the store."""
        ...

    def folders(self, library: LibraryId) -> dict[bytes, tuple[FolderStamp, datetime]]:
        """Stamp and time of the last listing, by folder."""
        ...

    def known_files(self, library: LibraryId, folder: bytes) -> Iterator[KnownFile]:
        """What is remembered of one folder, by name, read little by little: it may be huge."""
        ...

    def folder_mark(self, library: LibraryId, folder: bytes) -> FolderMark | None:
        """How a folder looked when it last agreed with the store; None for an unknown one."""
        ...

    def record_marks(self, library: LibraryId, marks: Mapping[bytes, FolderMark]) -> None:
        """These folders agree with the store as it was at the revision of each mark."""
        ...

    def record_listing(
        self,
        library: LibraryId,
        folder: bytes,
        stamp: FolderStamp,
        at: datetime,
        *,
        missing: Collection[PathId] = (),
        back: Collection[PathId] = (),
        sidecars_changed: Collection[PathId] = (),
        subfolders: Collection[bytes] | None = None,
    ) -> int:
        """A folder was read: count what is missing, forget that for what is back.

        Returns how many photos are believed gone from now on. A path missing in two scans is:
        its jobs are cancelled; but not while so many are that a person is asked (`losses`).
        Changed sidecars get a `write` job. Folders no longer among `subfolders` are dropped and
        their paths counted missing too.
        """
        ...

    def record_listings(
        self, library: LibraryId, listings: Sequence[tuple[Listing, datetime]]
    ) -> int:
        """Folders were read, and nothing was missing in them or back; all in one transaction.

        Returns as `record_listing` does: folders below may have been dropped.
        """
        ...

    def losses(self, library: LibraryId) -> Losses:
        """What is missing, and whether a person is to be asked about it."""
        ...

    def confirm_losses(self, library: LibraryId, at: datetime) -> None:
        """A person says that what went until now was meant to go."""
        ...

    def believe_losses(self, library: LibraryId) -> int:
        """Believe gone what two scans did not find; how many photos."""
        ...

    def opt_out(self, library: LibraryId, folder: bytes) -> int:
        """A folder carries `.nomedia` or `.noai` now: cancel what it queued; how many."""
        ...

    def take_in(self, arrivals: Sequence[Arrival]) -> list[Arrived]:
        """Record stable photos, with the jobs they need, in one transaction.

        A new asset gets a `tag` job; an asset that has a tagging gets `write` jobs only; an
        asset whose `tag` job was cancelled gets it queued again, and a dead one stays dead
        until a person retries it. Every path gets a `write` job: at once when there are
        words, else late enough for words to come first.
        """
        ...

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Record files that are no photos, or not readable."""
        ...

    def due_refusals(self, now: datetime, limit: int) -> list[PathRecord]:
        """Waiting paths whose time to be read again has come."""
        ...

    def path(self, path: PathId) -> PathRecord | None:
        """One path."""
        ...

    def find_path(self, library: LibraryId, folder: bytes, name: bytes) -> PathRecord | None:
        """One path by its name."""
        ...

    def asset_with(self, content_hash: str) -> AssetId | None:
        """The asset that has this content, or had it in one of its files."""
        ...

    def paths_of(self, asset: AssetId, *, include_gone: bool = False) -> list[PathRecord]:
        """The copies of an asset, oldest first."""
        ...

    def namesakes(self, path: PathId) -> list[PathRecord]:
        """The other live photos of its folder that differ from it in their suffix alone."""
        ...

    def with_sidecar(self, after: PathId, limit: int) -> list[PathRecord]:
        """Live paths above a number that have a sidecar, in order of their numbers."""
        ...

    def words_of(self, path: PathId) -> Mapping[str, object]:
        """What the sidecar said when we last read or wrote it (`SidecarRecord.words`)."""
        ...

    def record_pixels(self, asset: AssetId, prepared: Prepared) -> None:
        """Remember size and pixel hash of an asset."""
        ...

    def pixel_hash(self, asset: AssetId) -> str:
        """The remembered pixel hash, empty when unknown."""
        ...

    def stored_tagging(self, asset: AssetId, recipe: str) -> Tagging | None:
        """The answer for exactly this asset and recipe, if there is one."""
        ...

    def latest_tagging(self, asset: AssetId, profile: str | None = None) -> Tagging | None:
        """The newest answer; with a profile, the newest by one of its recipes."""
        ...

    def tagging_for(self, path: PathId) -> Tagging | None:
        """The newest answer by the profile of the path's library: its words are the path's."""
        ...

    def profile_of(self, path: PathId) -> str:
        """The profile of the library that a path lies in."""
        ...

    def record_tagging(self, lease: Lease, tagging: Tagging, now: datetime) -> bool:
        """One transaction: the tagging, the job done, a `write` job per live path.

        False, and nothing recorded, when the lease was lost.
        """
        ...

    def photo_count(self) -> int:
        """How many files are known as photos and not believed gone."""
        ...

    def unanswered(self, after: AssetId, limit: int) -> list[AssetId]:
        """Assets above a number with a live copy and no answer, in order of their numbers."""
        ...

    def adopt(self, answers: Sequence[Tagging], now: datetime) -> int:
        """One transaction: answers that sidecars held, their waiting `tag` jobs done, writes.

        An asset that was answered meanwhile, or is asked about just now, is passed over;
        returns how many were not.
        """
        ...

    def record_sidecar(self, lease: Lease, record: SidecarRecord, now: datetime) -> bool:
        """One transaction: the sidecar's state, and the `write` job done."""
        ...
