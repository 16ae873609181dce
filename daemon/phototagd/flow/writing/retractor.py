"""Decides how our words leave a sidecar: the old bytes back, our part out, or the file gone."""

from dataclasses import replace

from phototagd.domain.amending import ChangeCause
from phototagd.flow.writing.sheet import Action, Draft, Sheet
from phototagd.ports import Clock, PacketEditor
from phototagd.rules.sidecars.embedded_words import with_iptc
from phototagd.rules.sidecars.made import Made
from phototagd.rules.sidecars.origins import can_restore
from phototagd.rules.sidecars.retracting import is_left_empty, retract


class Retractor:
    """Drafts an undo; touches no file."""

    def __init__(self, *, editor: PacketEditor, clock: Clock) -> None:
        self._editor = editor
        self._clock = clock

    def draft(self, sheet: Sheet) -> Draft:
        """What is to become of one sidecar; raises SidecarError where that cannot be had.

        Where nobody else has written since, the bytes are what they were before us; else only
        our part goes. The sidecar alone is enough for that.
        """
        nothing = Draft(sheet, Action.NONE, ChangeCause.UNDONE)
        old, origin = sheet.old, sheet.origin
        if old is None or sheet.found.record is None:
            return nothing
        if origin is not None and can_restore(origin, old):
            if origin.content is None:
                return replace(nothing, action=Action.REMOVE)
            after = self._editor.read(origin.content)
            return Draft(sheet, Action.RESTORE, ChangeCause.UNDONE, origin.content, after)
        edit = retract(sheet.found)
        if edit is None:
            return nothing
        content = self._editor.edit(old.content, edit, self._clock.now())
        if self._is_only_ours(sheet, content):
            return replace(nothing, action=Action.REMOVE)
        after = self._editor.read(content)
        return Draft(sheet, Action.REPLACE, ChangeCause.UNDONE, content, after)

    def _is_only_ours(self, sheet: Sheet, content: bytes) -> bool:
        """Whether we made the file, and what is left says nothing that the photo does not."""
        record, inspection = sheet.found.record, sheet.evidence.inspection
        if record is None or Made.SIDECAR not in record.made:
            return False
        seed = self._editor.seed(None if inspection is None else inspection.xmp)
        photo = with_iptc(self._editor.read(seed), inspection)
        says_more = self._editor.says_more(content, seed)
        return not says_more and is_left_empty(self._editor.read(content), photo)
