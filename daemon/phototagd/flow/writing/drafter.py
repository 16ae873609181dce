"""Decides what a sidecar shall become; the same for a write, a plan and a comparison."""

from phototagd.domain.amending import ChangeCause
from phototagd.domain.sidecar import SidecarEdit
from phototagd.flow.writing.retractor import Retractor
from phototagd.flow.writing.sheet import Action, Draft, Evidence, Sheet
from phototagd.flow.writing.wording import Wording, Words
from phototagd.ports import Clock, PacketEditor
from phototagd.rules.sidecars.embedded_words import embedded_hash, with_iptc
from phototagd.rules.sidecars.inside_words import not_ours
from phototagd.rules.sidecars.merging import Offer, merge, provenance_of


class Drafter:
    """Merges what is found with what is offered and ordered; touches no file."""

    def __init__(
        self, *, editor: PacketEditor, wording: Wording, clock: Clock, generator: str
    ) -> None:
        self._editor = editor
        self._wording = wording
        self._clock = clock
        self._generator = generator
        self._retractor = Retractor(editor=editor, clock=clock)

    def draft(self, sheet: Sheet) -> Draft:
        """What is to become of one sidecar; raises SidecarError where that cannot be had."""
        if sheet.evidence.orders.is_withheld:
            return self._retractor.draft(sheet)
        edit = merge(sheet.found, self._offer(sheet), sheet.evidence.orders.edit)
        if edit is None or (sheet.old is None and _is_idle(sheet, edit)):
            return Draft(sheet, Action.NONE)
        content = self._editor.edit(sheet.packet, edit, self._clock.now())
        if sheet.old is not None and content == sheet.old.content:
            return Draft(sheet, Action.NONE)
        action = Action.CREATE if sheet.old is None else Action.REPLACE
        return Draft(sheet, action, _cause(sheet), content, self._editor.read(content))

    def words(self, evidence: Evidence) -> Words:
        """What is offered to the sidecars of a photo."""
        return self._wording.words(evidence)

    def _offer(self, sheet: Sheet) -> Offer:
        evidence, found = sheet.evidence, sheet.found
        hashed = embedded_hash(evidence.inspection)
        known = "" if found.record is None else found.record.embedded_hash
        embedded: tuple[str, ...] = ()
        is_grown_from_photo = sheet.old is None and sheet.target.seed is None
        if evidence.inspection is not None and hashed != known and not is_grown_from_photo:
            seed = self._editor.read(self._editor.seed(evidence.inspection.xmp))
            embedded = not_ours(with_iptc(seed, evidence.inspection))
        words = self.words(evidence)
        return Offer(
            generator=self._generator,
            image_hash=evidence.record.content_hash,
            embedded_hash=hashed,
            tagging=evidence.tagging,
            keywords=words.keywords,
            caption=words.caption,
            place=evidence.place,
            embedded_keywords=embedded,
            is_new=sheet.old is None,
        )


def _is_idle(sheet: Sheet, edit: SidecarEdit) -> bool:
    """Whether a new sidecar would say nothing that the photo does not say."""
    evidence = sheet.evidence
    is_ordered = evidence.orders.last_edit > 0
    return evidence.tagging is None and edit.place is None and not is_ordered


def _cause(sheet: Sheet) -> ChangeCause:
    evidence, record = sheet.evidence, sheet.found.record
    if evidence.orders.last_edit:
        return ChangeCause.EDITED
    if evidence.tagging is None:
        return ChangeCause.MERGED
    is_known = record is not None and record.provenance == provenance_of(evidence.tagging)
    return ChangeCause.MERGED if is_known else ChangeCause.TAGGED
