"""Brings a sidecar to where its photo has moved to."""

from datetime import timedelta

from phototagd.domain.events import SidecarFollowed
from phototagd.domain.job import Lease, Outcome, Snooze
from phototagd.domain.record import PathRecord
from phototagd.domain.sidecar import SidecarFile
from phototagd.flow.writing.shelves import Shelves
from phototagd.ports import Catalogue, Ledger, Listener, SidecarFiles
from phototagd.rules.sidecars.naming import Target

REST = timedelta(minutes=1)
MOST_RESTS = 120  # then the old folder is believed unreachable, and the photo gets a sidecar


class SidecarFollower:
    """Copies what was left behind, verifies it, and removes the old one if it was ours."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        ledger: Ledger,
        files: SidecarFiles,
        shelves: Shelves,
        emit: Listener,
    ) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._files = files
        self._shelves = shelves
        self._emit = emit

    def follow(self, record: PathRecord, lease: Lease) -> Outcome | None:
        """Bring the sidecar of a moved photo along; Snooze while the move is not certain.

        Nothing is overwritten: a person who moved the sidecar too is left alone, and so is an
        old one that was changed since our last write (it is copied, and stays).
        """
        left = None if record.moved_from is None else self._catalogue.path(record.moved_from)
        if left is None or self._files.has_file(left.absolute):
            return None  # not moved, or back again: then this one is a copy
        targets = self._shelves.targets(record)
        if not left.is_gone:
            if lease.snoozes >= MOST_RESTS or all(target.exists for target in targets):
                self._carry(left, record, targets)
                return None
            return Snooze(REST, "the photo was moved: its sidecar follows when that is certain")
        names = [old.name for old in self._shelves.targets(left) if old.exists]
        for name, target in zip(names, targets, strict=False):
            self._bring(left, self._shelves.path(left, name), record, target)
        self._carry(left, record, targets)
        return None

    def _carry(self, left: PathRecord, record: PathRecord, targets: tuple[Target, ...]) -> None:
        """What was remembered of the old sidecars is remembered of those here now."""
        old = [target.name for target in self._shelves.targets(left)]
        names = dict(zip(old, (target.name for target in targets), strict=False))
        names[left.location.name] = record.location.name  # its own packet
        if left.sidecar_name is not None and targets:
            names[left.sidecar_name] = targets[0].name
        self._ledger.carry(left.id, record.id, names)

    def _bring(self, left: PathRecord, source: bytes, record: PathRecord, target: Target) -> None:
        goal = self._shelves.path(record, target.name)
        old = self._files.read(source)
        if old is None:
            return
        if not target.exists:
            self._shelves.make_folder(record)
            self._files.create(goal, old.content, photo=record.absolute)
        copied = self._files.read(goal)
        if copied is None or copied.digest != old.digest:
            return  # a person's own sidecar of the same name: both stay
        if self._is_ours(left, source, old):
            self._files.remove(source, expected=old)
        self._emit(SidecarFollowed(path=goal, source=source))

    def _is_ours(self, left: PathRecord, source: bytes, old: SidecarFile) -> bool:
        """Whether the old file is as we last wrote it."""
        if left.sidecar_name is None or source != self._shelves.path(left, left.sidecar_name):
            return False
        return old.digest == left.sidecar_digest
