"""Puts into the photo itself what its sidecar says, for programs that read no sidecars."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from phototagd.domain.amending import ChangeCause, Orders, SidecarChange
from phototagd.domain.asset import LibraryId, PhotoKind, Stamp
from phototagd.domain.embedding import EmbeddedPacket, PreparedPhoto
from phototagd.domain.errors import EmbedRefused
from phototagd.domain.events import EmbeddingRefused, WordsEmbedded
from phototagd.domain.record import PathRecord
from phototagd.domain.sidecar import SidecarState
from phototagd.flow.writing.drafter import Drafter
from phototagd.flow.writing.putter import change_of
from phototagd.flow.writing.sheet import Action, Draft, Evidence, Sheet
from phototagd.ports import Clock, Ledger, Listener, PacketEditor, PhotoPackets
from phototagd.rules.arriving.reconciling import same_content
from phototagd.rules.sidecars.editing import folded
from phototagd.rules.sidecars.embedded_words import with_iptc
from phototagd.rules.sidecars.inside_words import told_by_photo, told_to_photo
from phototagd.rules.sidecars.naming import Target
from phototagd.rules.sidecars.origins import origin_before

KINDS = (PhotoKind.JPEG, PhotoKind.PNG)


@dataclass(frozen=True, slots=True)
class Inside:
    """A photo's own packet as it was found, and what it says."""

    file: EmbeddedPacket
    sheet: Sheet
    written_caption: str | None


@dataclass(frozen=True, slots=True)
class Ready:
    """A packet that is to be put into the photo: a proven copy lies beside it."""

    draft: Draft
    prepared: PreparedPhoto


@dataclass(frozen=True, slots=True)
class Embedded:
    """The packet of a photo as it stands now; `cause` is None where it was not changed."""

    name: bytes
    digest: str
    stamp: Stamp
    cause: ChangeCause | None = None


class Embedder:
    """Knows the libraries whose photos bear words themselves.

    The sidecar stays the truth: what a person changed in the photo is told to it first, and
    then the photo is made to say the same.
    """

    def __init__(
        self,
        *,
        packets: PhotoPackets,
        libraries: Collection[LibraryId],
        editor: PacketEditor,
        drafter: Drafter,
        ledger: Ledger,
        clock: Clock,
        emit: Listener,
    ) -> None:
        self._packets = packets
        self._libraries = frozenset(libraries)
        self._editor = editor
        self._drafter = drafter
        self._ledger = ledger
        self._clock = clock
        self._emit = emit

    def serves(self, record: PathRecord) -> bool:
        """Whether words go into this photo: other kinds have their sidecar alone."""
        return record.location.library in self._libraries and record.kind in KINDS

    def look(self, evidence: Evidence) -> Inside | None:
        """The photo's packet; None where no words can be put into it now.

        A photo that is not as it was taken in is left alone: it will be taken in again.
        """
        record = evidence.record
        if evidence.inspection is None:
            return None
        try:
            file = self._packets.read(record.absolute)
            if not same_content(file.stamp, record.stamp, trust_inode=False):
                return None
            return self._inside(evidence, file)
        except EmbedRefused as error:
            self._refuse(record, error)
            return None

    def told(self, evidence: Evidence, inside: Inside, beside: SidecarState) -> Evidence:
        """The evidence with what a person changed in the photo, as if it had been ordered."""
        if evidence.orders.is_withheld:
            return evidence
        told = told_by_photo(inside.sheet.found, beside, inside.written_caption)
        edit = folded([told, evidence.orders.edit]) if told.has_words else evidence.orders.edit
        return replace(evidence, orders=replace(evidence.orders, edit=edit))

    def prepare(self, inside: Inside, beside: SidecarState) -> Ready | None:
        """A copy of the photo that says what the sidecar will; None when it does already."""
        sheet = self._ordered(inside, beside)
        record = sheet.evidence.record
        draft = self._drafter.draft(sheet)
        if draft.action is Action.NONE:
            return None
        content = b"" if draft.action is Action.REMOVE else draft.content
        try:
            prepared = self._packets.prepare(
                record.absolute, content, expected=inside.file, content_hash=record.content_hash
            )
        except EmbedRefused as error:
            self._refuse(record, error)
            return None
        return Ready(draft, prepared)

    def commit(self, ready: Ready, known: Orders) -> Embedded:
        """Put the copy into the photo's place; its origin and history are on disk before.

        `known` is what persons ordered. Raises SidecarRaced when the photo changed meanwhile.
        """
        sheet = ready.draft.sheet
        origin = origin_before(
            sheet.origin,
            sheet.old,
            is_marked=sheet.found.record is not None,
            is_edited=known.edit.has_words,
        )
        change: SidecarChange = change_of(ready.draft, self._clock.now())
        self._ledger.intend(change, origin)
        file = self._packets.commit(ready.prepared)
        record, cause = sheet.evidence.record, ready.draft.cause
        self._emit(WordsEmbedded(path=record.absolute, cause=cause.value))
        return Embedded(record.location.name, file.digest, file.stamp, cause)

    def discard(self, ready: Ready) -> None:
        """The sidecar has become another than the photo was prepared for."""
        self._packets.discard(ready.prepared)

    def _inside(self, evidence: Evidence, file: EmbeddedPacket) -> Inside:
        record = evidence.record
        name, old = record.location.name, file.as_sidecar
        packet = file.content or self._editor.seed(None)
        found = self._editor.read(packet)
        if old is None:
            found = with_iptc(found, evidence.inspection)
        origin = self._ledger.origin(record.id, name)
        # The packet is no sidecar of the photo: what the photo says is what it says itself.
        alone = replace(evidence, inspection=None)
        target = Target(name, exists=old is not None)
        sheet = Sheet(alone, target, record.absolute, old, packet, found, origin)
        last = next((c for c in self._ledger.history(record.id) if c.name == name), None)
        return Inside(file, sheet, None if last is None else last.caption_after)

    def _ordered(self, inside: Inside, beside: SidecarState) -> Sheet:
        sheet = inside.sheet
        orders = sheet.evidence.orders
        if orders.is_withheld:
            return sheet
        edit = told_to_photo(beside, sheet.found, inside.written_caption)
        ordered = replace(orders, edit=edit)
        return replace(sheet, evidence=replace(sheet.evidence, orders=ordered))

    def _refuse(self, record: PathRecord, error: EmbedRefused) -> None:
        self._emit(EmbeddingRefused(path=record.absolute, reason=str(error)))
