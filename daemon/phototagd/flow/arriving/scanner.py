"""Compares one library's folders with the store, and brings what differs to intake."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from phototagd.domain.asset import Location
from phototagd.domain.errors import NotYet
from phototagd.domain.events import PhotosGone, ScanFinished, Trouble
from phototagd.domain.job import Priority
from phototagd.domain.library import FileRow, Library, Listing, Mount, NotRead, stamp_of
from phototagd.flow.arriving.agenda import Agenda
from phototagd.flow.arriving.candidates import Found
from phototagd.flow.arriving.folder_marks import FolderMarks
from phototagd.flow.arriving.folder_memory import FolderMemory, below
from phototagd.flow.arriving.halves import Halves
from phototagd.flow.arriving.intake import Intake
from phototagd.flow.arriving.loss_keeper import LossKeeper
from phototagd.flow.arriving.losses import Losses
from phototagd.flow.arriving.mirror import Mirror
from phototagd.flow.arriving.plain_listings import PlainListings
from phototagd.flow.arriving.root_guard import RootGuard
from phototagd.ports import Catalogue, Clock, Listener, Mounts, Walker
from phototagd.rules.arriving import eligibility, reconciling
from phototagd.rules.arriving.eligibility import IgnoreRules
from phototagd.rules.arriving.reconciling import Difference
from phototagd.rules.wire import showing

MOST_FOLDERS_AT_ONCE = 200
CONFIRM_AFTER = timedelta(seconds=12)
NO_ROOM_PAUSE = timedelta(seconds=1)


@dataclass(slots=True)
class _Tally:
    folders: int = 0
    files: int = 0
    appeared: int = 0
    changed: int = 0
    gone: int = 0
    is_complete: bool = True


class Scanner:
    """Scans one library, or looks into single folders of it; used by one thread.

    Files that intake has no room for are left for later, and so is their folder: the store
    never believes a folder compared before intake has taken over everything new in it.
    `mirror_root` is the tree that holds the sidecars when they do not lie beside the photos.
    """

    def __init__(
        self,
        *,
        library: Library,
        catalogue: Catalogue,
        walker: Walker,
        mounts: Mounts,
        intake: Intake,
        clock: Clock,
        emit: Listener,
        ignore: IgnoreRules,
        mirror_root: bytes | None = None,
    ) -> None:
        self._library = library
        self._catalogue = catalogue
        self._walker = walker
        self._mounts = mounts
        self._intake = intake
        self._clock = clock
        self._emit = emit
        self._ignore = ignore
        self._mirror = Mirror(root=mirror_root, walker=walker, mounts=mounts, clock=clock)
        self._guard = RootGuard(library=library, catalogue=catalogue, walker=walker, mounts=mounts)
        self._folders = FolderMemory(catalogue.folders(library.id))
        self._marks = FolderMarks(library=library.id, catalogue=catalogue)
        self._agenda = Agenda(clock=clock)
        self._losses = Losses(clock=clock)
        self._keeper = LossKeeper(
            library=library, catalogue=catalogue, guard=self._guard, clock=clock, emit=emit
        )
        self._plain = PlainListings(
            library=library.id, catalogue=catalogue, on_gone=self._losses.add
        )
        self._opted_out: set[bytes] = set()
        self._halves = Halves(bring=self._bring)
        self._troubles: set[tuple[bytes, str]] = set()
        self._first_scan_done = library.first_scan_done
        self._trust_inode = True

    def why_offline(self) -> str:
        """Why nothing in the library can be believed now; empty when it is online."""
        return self._guard.why_offline()

    def came_online(self) -> Mount:
        """The root is there (again); returns what it lies on now."""
        mount = self._mounts.mount_of(self._library.root)
        self._trust_inode = not mount.is_remote
        return mount

    @property
    def has_urgent_visits(self) -> bool:
        """Whether a folder waits to be listed because intake had no room, or it was slow."""
        return self._agenda.has_urgent

    @property
    def held_losses(self) -> int:
        """How many photos are missing that a person is asked about."""
        return self._keeper.held

    def confirm_losses(self) -> int:
        """Believe them gone; how many. Raises Unavailable while the library is away."""
        return self._keeper.confirm()

    def scan(self, *, full: bool) -> Iterator[bool]:
        """Compare the whole library, a folder at a time; call only while it is online.

        Yields True after each folder, and False when intake has no room and the caller should
        come back later. A scan that is not `full` skips folders that prove unchanged.
        """
        started = self._clock.monotonic()
        tally = _Tally()
        priority = Priority.NEW if self._first_scan_done else Priority.BACKLOG
        at = self._clock.now()
        for found in self._walker.walk(
            self._library.root, None if full else self._folders.snapshot()
        ):
            if isinstance(found, NotRead):
                self._report_unread(found)
                tally.is_complete &= found.folder != b""
            else:
                while not self._intake.has_room:
                    yield False
                difference = self._reconcile(found, at, priority)
                if difference is None:
                    return
                _count(tally, found, difference)
                yield True
            at = self._clock.now()
        for folder in () if full else self._mirror.touched():
            self._visit(folder)
            yield True
        self._finish(tally, full=full, seconds=self._clock.monotonic() - started)

    def look(self, names: Mapping[bytes, frozenset[bytes]]) -> None:
        """Look into folders where these names may have changed; no names: anything may have."""
        for folder, hinted in names.items():
            if hinted and not any(_matters(name) for name in hinted):
                continue
            if self._ignore.hides_folder(folder) or self._is_below_opted_out(folder):
                continue
            self._visit(folder)
        self._plain.write()

    def revisit(self) -> None:
        """Look into the folders whose time has come: to confirm, or put off before."""
        for folder in self._agenda.due(MOST_FOLDERS_AT_ONCE):
            self._visit(folder)
        self._plain.write()
        self._keeper.look()
        if count := self._losses.settled():
            self._emit(PhotosGone(root=self._library.root, count=count))

    def visit_hot(self) -> None:
        """Look into the folders that changed lately; a substitute for hints."""
        for folder in self._agenda.hot():
            self._visit(folder)
        self._plain.write()

    def _visit(self, start: bytes) -> None:
        """Compare one folder, and what is new or replaced below it."""
        if pause := self._pause_before(start):
            self._agenda.put_off(start, pause)
            return
        pending, visited = [start], 0
        while pending:
            folder = pending.pop()
            if visited >= MOST_FOLDERS_AT_ONCE or not self._intake.has_room:
                self._agenda.put_off(folder, timedelta(0))
                continue
            visited += 1
            pending.extend(self._visit_one(folder))

    def _pause_before(self, folder: bytes) -> timedelta:
        """How long a folder must wait; one that intake took half of is not made to wait longer."""
        if folder not in self._halves:
            pause = self._agenda.pause_before(folder)
            return pause if self._intake.has_room else max(pause, NO_ROOM_PAUSE)
        is_time = self._halves.go_on(folder) and self._intake.has_much_room
        return timedelta(0) if is_time else NO_ROOM_PAUSE

    def _visit_one(self, folder: bytes) -> list[bytes]:
        """Compare one folder; returns the sub-folders that must be visited too."""
        at, started = self._clock.now(), self._clock.monotonic()
        try:
            listing = self._walker.listing(self._library.root, folder)
        except NotYet as error:
            self._report_unread(NotRead(folder, str(error)))
            self._forget(folder)
            return []
        if listing is None:
            self._forget(folder)
            parent = folder.rpartition(b"/")[0]
            return [parent] if folder in self._folders and folder else []
        self._agenda.took(folder, timedelta(seconds=self._clock.monotonic() - started))
        before = self._folders.get(folder)
        if self._reconcile(listing, at, self._halves.priority(folder)) is None:
            return []
        is_other = before is None or before[0].inode != listing.stamp.inode
        children = [below(folder, name) for name in listing.folders]
        return [child for child in children if is_other or child not in self._folders]

    def _reconcile(self, listing: Listing, at: datetime, priority: Priority) -> Difference | None:
        """Compare one listing with the store, and act on what differs.

        None, and nothing done, when the library turns out to be away: it may have vanished
        since it was last looked after, and what lies below a mount point is no news of it.
        """
        if listing.markers:
            return self._opt_out(listing.folder)
        self._opted_out.discard(listing.folder)
        sidecars = self._mirror.sidecars(listing)
        agrees, mark = self._marks.look(listing, sidecars, trust_inode=self._trust_inode)
        if agrees and self._is_settled(listing):
            return Difference()
        difference = reconciling.compare(
            listing.rows,
            self._catalogue.known_files(self._library.id, listing.folder),
            sidecars=None if sidecars is None else sidecars.rows,
            trust_inode=self._trust_inode,
        )
        if mark is not None and difference == Difference():
            self._marks.agreed(listing.folder, mark)
        lost = self._folders.lost_children(listing.folder, listing.folders)
        is_telling = listing.folder == b"" or difference.missing or lost
        if is_telling and self._guard.why_offline():
            return None
        is_taken = self._offer(listing.folder, difference, priority)
        if difference.appeared or difference.changed:
            self._agenda.heat(listing.folder)
        if is_taken:
            self._record(listing, at, self._agenda.without_early(listing.folder, difference))
        return difference

    def _offer(self, folder: bytes, difference: Difference, priority: Priority) -> bool:
        """Bring what is new to intake; a folder with more than it has room for comes again."""
        is_taken = self._halves.offer(
            folder,
            (*difference.appeared, *difference.changed),
            priority,
            has_more=difference.has_more,
        )
        if not is_taken:
            self._agenda.put_off(folder, NO_ROOM_PAUSE)
        return is_taken

    def _bring(self, folder: bytes, row: FileRow, priority: Priority) -> bool:
        """Bring one file to intake; False when there was no room."""
        library = self._library
        location, stamp = Location(library.id, folder, row[0]), stamp_of(row)
        found = Found(location, library.root, stamp, priority, self._trust_inode)
        return self._intake.offer([found])

    def _record(self, listing: Listing, at: datetime, difference: Difference) -> None:
        """Tell the store what was missing or back, and forget sub-folders that are gone."""
        folder = listing.folder
        lost = self._folders.lost_children(folder, listing.folders)
        is_confirming = self._agenda.is_confirming(folder)
        news = difference.missing or difference.back or difference.sidecars_changed
        if not (news or lost or is_confirming) and self._is_recorded(listing):
            return
        is_early = self._agenda.is_too_early(folder) and not lost
        if not (news or lost or is_confirming or is_early):
            self._plain.add(listing, at)
            self._folders.remember(folder, (listing.stamp, at))
            return
        self._plain.write()
        gone = self._catalogue.record_listing(
            self._library.id,
            folder,
            listing.stamp,
            at,
            missing=difference.missing,
            back=difference.back,
            sidecars_changed=difference.sidecars_changed,
            subfolders=None if is_early else listing.folders,
        )
        self._losses.add(gone)
        self._folders.remember(folder, (listing.stamp, at))
        for name in lost:
            self._folders.forget(below(folder, name))
        self._agenda.confirmed(folder)
        if lost or difference.missing:
            self._agenda.confirm(folder, CONFIRM_AFTER)

    def _is_recorded(self, listing: Listing) -> bool:
        """Whether the store holds this very listing, and in a way that proves something."""
        before = self._folders.get(listing.folder)
        return before is not None and reconciling.proves_unchanged(listing.stamp, *before)

    def _is_settled(self, listing: Listing) -> bool:
        """Whether nothing is to be told of a folder whose files agree with the store."""
        folder = listing.folder
        is_confirming = self._agenda.is_confirming(folder)
        lost = self._folders.lost_children(folder, listing.folders)
        return self._is_recorded(listing) and not is_confirming and not lost

    def _opt_out(self, folder: bytes) -> Difference | None:
        if folder not in self._opted_out:
            if self._guard.why_offline():
                return None
            self._plain.write()
            self._catalogue.opt_out(self._library.id, folder)
            self._opted_out.add(folder)
            self._folders.forget(folder)
        self._forget(folder)
        return Difference()

    def _forget(self, folder: bytes) -> None:
        """A folder is not to be visited any more: scans see to it when it can be."""
        self._agenda.forget(folder)
        self._halves.forget(folder)

    def _is_below_opted_out(self, folder: bytes) -> bool:
        while folder:
            folder = folder.rpartition(b"/")[0]
            if folder in self._opted_out:
                return True
        return False

    def _report_unread(self, unread: NotRead) -> None:
        """Say once that a folder is left out; what is known in it stays as it is."""
        if (unread.folder, unread.reason) in self._troubles:
            return
        self._troubles.add((unread.folder, unread.reason))
        path = below(self._library.root.rstrip(b"/"), unread.folder)
        self._emit(
            Trouble(
                what=f"the folder {showing.shown(path)} is left out",
                reason=unread.reason,
                remedy="let the daemon read it, or add it as a library of its own",
            )
        )

    def _finish(self, tally: _Tally, *, full: bool, seconds: float) -> None:
        """A scan went through, unless the library vanished below it."""
        self._plain.write()
        self._marks.write()
        if not tally.is_complete or self._guard.why_offline():
            return
        self._catalogue.record_scan(self._library.id, self._clock.now(), full=full)
        self._first_scan_done |= full
        self._emit(
            ScanFinished(
                root=self._library.root,
                kind="full" if full else "pruned",
                seconds=seconds,
                folders=tally.folders,
                files=tally.files,
                appeared=tally.appeared,
                changed=tally.changed,
                gone=tally.gone,
            )
        )


def _matters(name: bytes) -> bool:
    return (
        eligibility.may_be_photo(name)
        or eligibility.is_sidecar(name)
        or name in eligibility.OPT_OUT_MARKERS
    )


def _count(tally: _Tally, listing: Listing, difference: Difference) -> None:
    tally.folders += 1
    tally.files += len(listing.rows)
    tally.appeared += len(difference.appeared)
    tally.changed += len(difference.changed)
    tally.gone += len(difference.missing)
