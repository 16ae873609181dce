"""Decides what a sidecar shall become; the same for a write, a plan and a comparison."""

from phototagd.flow.writing.sheet import Action, Draft, Sheet
from phototagd.flow.writing.wording import Wording
from phototagd.ports import Clock, PacketEditor
from phototagd.rules.sidecars.embedded_words import embedded_hash, paths_in, with_iptc
from phototagd.rules.sidecars.merging import Offer, merge


class Drafter:
    """Merges what is found with what is offered; touches no file."""

    def __init__(
        self, *, editor: PacketEditor, wording: Wording, clock: Clock, generator: str
    ) -> None:
        self._editor = editor
        self._wording = wording
        self._clock = clock
        self._generator = generator

    def draft(self, sheet: Sheet) -> Draft:
        """What is to become of one sidecar; raises SidecarError where that cannot be had."""
        edit = merge(sheet.found, self._offer(sheet))
        is_new = sheet.old is None
        is_idle = is_new and sheet.evidence.tagging is None and edit and edit.place is None
        if edit is None or is_idle:
            return Draft(sheet, Action.NONE)
        content = self._editor.edit(sheet.packet, edit, self._clock.now())
        if sheet.old is None:
            return Draft(sheet, Action.CREATE, content)
        if content == sheet.old.content:
            return Draft(sheet, Action.NONE)
        return Draft(sheet, Action.REPLACE, content)

    def _offer(self, sheet: Sheet) -> Offer:
        evidence, found = sheet.evidence, sheet.found
        hashed = embedded_hash(evidence.inspection)
        known = "" if found.record is None else found.record.embedded_hash
        embedded: tuple[str, ...] = ()
        is_grown_from_photo = sheet.old is None and sheet.target.seed is None
        if evidence.inspection is not None and hashed != known and not is_grown_from_photo:
            seed = self._editor.read(self._editor.seed(evidence.inspection.xmp))
            embedded = paths_in(with_iptc(seed, evidence.inspection).lists)
        words = self._wording.words(evidence)
        return Offer(
            generator=self._generator,
            image_hash=evidence.record.content_hash,
            embedded_hash=hashed,
            tagging=evidence.tagging,
            keywords=words.keywords,
            caption=words.caption,
            place=evidence.place,
            embedded_keywords=embedded,
        )
