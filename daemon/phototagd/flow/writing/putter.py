"""Puts a draft on disk: what it replaces is kept first, so that nothing is lost on the way."""

from datetime import datetime
from hashlib import sha256

from phototagd.domain.amending import SidecarChange
from phototagd.domain.errors import SidecarRaced
from phototagd.domain.sidecar import SidecarFile
from phototagd.flow.writing.sheet import Action, Draft, Written
from phototagd.flow.writing.shelves import Shelves
from phototagd.ports import Clock, Ledger, SidecarFiles
from phototagd.rules.sidecars.changes import caption_in, keywords_changed
from phototagd.rules.sidecars.origins import origin_before


class SidecarPutter:
    """The only one who changes sidecar files for a draft."""

    def __init__(
        self, *, files: SidecarFiles, ledger: Ledger, shelves: Shelves, clock: Clock
    ) -> None:
        self._files = files
        self._ledger = ledger
        self._shelves = shelves
        self._clock = clock

    def put(self, draft: Draft) -> Written:
        """Do what the draft says; raises SidecarRaced when the file is not as it was read.

        The origin and the line of history are on disk before the file is touched.
        """
        sheet, name = draft.sheet, draft.sheet.target.name
        if draft.action is Action.NONE:
            return Written(name, sheet.old, sheet.found if sheet.old else None)
        origin = origin_before(
            sheet.origin,
            sheet.old,
            is_marked=sheet.found.record is not None,
            is_edited=sheet.evidence.orders.edit.has_words,
        )
        self._ledger.intend(change_of(draft, self._clock.now()), origin)
        return Written(name, self._write(draft), draft.after, draft.cause)

    def _write(self, draft: Draft) -> SidecarFile | None:
        sheet = draft.sheet
        if sheet.old is None:
            record = sheet.evidence.record
            self._shelves.make_folder(record)
            return self._files.create(sheet.path, draft.content, photo=record.absolute)
        if draft.action is not Action.REMOVE:
            return self._files.replace(sheet.path, draft.content, expected=sheet.old)
        if not self._files.remove(sheet.path, expected=sheet.old):
            raise SidecarRaced
        return None


def change_of(draft: Draft, at: datetime) -> SidecarChange:
    """The line of history that a draft leaves."""
    sheet = draft.sheet
    before = None if sheet.old is None else sheet.found
    added, removed = keywords_changed(before, draft.after)
    tagging = sheet.evidence.tagging
    is_gone = draft.action is Action.REMOVE
    return SidecarChange(
        path=sheet.evidence.record.id,
        name=sheet.target.name,
        at=at,
        cause=draft.cause,
        model="" if tagging is None else tagging.recipe.model,
        recipe="" if tagging is None else tagging.recipe.key,
        added=added,
        removed=removed,
        caption_before=caption_in(before),
        caption_after=caption_in(draft.after),
        digest_before="" if sheet.old is None else sheet.old.digest,
        digest_after="" if is_gone else sha256(draft.content).hexdigest(),
    )
