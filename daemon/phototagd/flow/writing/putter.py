"""Puts a draft on disk, so that nothing is lost on the way."""

from phototagd.flow.writing.sheet import Action, Draft, Written
from phototagd.flow.writing.shelves import Shelves
from phototagd.ports import PacketEditor, SidecarFiles


class SidecarPutter:
    """The only one who changes sidecar files for a draft."""

    def __init__(self, *, files: SidecarFiles, editor: PacketEditor, shelves: Shelves) -> None:
        self._files = files
        self._editor = editor
        self._shelves = shelves

    def put(self, draft: Draft) -> Written:
        """Do what the draft says; raises SidecarRaced when the file is not as it was read."""
        sheet, name = draft.sheet, draft.sheet.target.name
        if draft.action is Action.NONE:
            return Written(name, sheet.old, sheet.found if sheet.old else None, changed=False)
        if sheet.old is not None:
            file = self._files.replace(sheet.path, draft.content, expected=sheet.old)
        else:
            record = sheet.evidence.record
            self._shelves.make_folder(record)
            file = self._files.create(sheet.path, draft.content, photo=record.absolute)
        return Written(name, file, self._editor.read(draft.content), changed=True)
