"""Gathers what a sidecar is made from: the photo, the answer, the place, the old sidecar."""

from collections.abc import Callable
from datetime import UTC, datetime

from phototagd.domain.asset import Inspection
from phototagd.domain.errors import NotYet, PhotoError, ProcessKilled, SidecarBroken
from phototagd.domain.record import PathRecord
from phototagd.domain.sidecar import SidecarFile
from phototagd.flow.writing.sheet import Evidence, Sheet
from phototagd.flow.writing.shelves import Shelves
from phototagd.ports import (
    Catalogue,
    Clock,
    Gazetteer,
    Ledger,
    PacketEditor,
    PhotoReader,
)
from phototagd.rules.sidecars.embedded_words import with_iptc
from phototagd.rules.sidecars.naming import Target

MOST_PATIENT_SNOOZES = 3  # for a photo whose own words cannot be read yet
YOUNG_SECONDS = 60.0  # a broken file of this age may still be being written


class SheetReader:
    """Reads; changes nothing. `read` is how sidecars are: the writer clears what a crash left."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        read: Callable[[bytes], SidecarFile | None],
        editor: PacketEditor,
        reader: PhotoReader,
        gazetteer: Gazetteer,
        ledger: Ledger,
        shelves: Shelves,
        clock: Clock,
    ) -> None:
        self._catalogue = catalogue
        self._read = read
        self._editor = editor
        self._reader = reader
        self._gazetteer = gazetteer
        self._ledger = ledger
        self._shelves = shelves
        self._clock = clock

    def evidence(
        self,
        record: PathRecord,
        targets: tuple[Target, ...],
        *,
        snoozes: int,
        is_embedding: bool = False,
    ) -> Evidence:
        """What is known of a photo; raises NotYet for one that cannot be read yet.

        `snoozes` counts how often that was said before: some times it is, then no more.
        """
        orders = self._ledger.orders(record.id)
        # What the photo says is not ours to take out, so it must be known for that too.
        is_known = record.facts is not None and all(target.exists for target in targets)
        must_look = is_embedding or orders.is_withheld or not is_known
        inspection = self._inspect(record, snoozes) if must_look else None
        facts = record.facts if inspection is None else inspection.facts
        place = None
        if facts is not None and facts.latitude is not None and facts.longitude is not None:
            place = self._gazetteer.place_at(facts.latitude, facts.longitude)
        return Evidence(
            record=record,
            inspection=inspection,
            facts=facts,
            tagging=self._catalogue.tagging_for(record.id),
            place=place,
            orders=orders,
        )

    def sheet(self, evidence: Evidence, target: Target) -> Sheet:
        """One sidecar of the photo as it stands now.

        Raises SidecarRaced for one that changes while it is read, SidecarBroken for one that
        is malformed, and NotYet while a malformed one is young.
        """
        path = self._shelves.path(evidence.record, target.name)
        old = None
        try:
            old = self._read(path)
            packet = old.content if old is not None else self._seed(evidence, target)
            found = self._editor.read(packet)
        except SidecarBroken as error:
            self._excuse_young(old, error)
            raise
        if old is None:
            found = with_iptc(found, evidence.inspection)
        origin = self._ledger.origin(evidence.record.id, target.name)
        return Sheet(evidence, target, path, old, packet, found, origin)

    def _inspect(self, record: PathRecord, snoozes: int) -> Inspection | None:
        """What the photo itself says.

        A photo that cannot be read still gets what the model said about it; one that cannot
        be read yet is given some time, because its own words belong into the new sidecar.
        """
        try:
            return self._reader.inspect(record.absolute)
        except NotYet:
            if snoozes < MOST_PATIENT_SNOOZES:
                raise
        except (PhotoError, ProcessKilled):
            pass
        return None

    def _seed(self, evidence: Evidence, target: Target) -> bytes:
        other = None
        if target.seed is not None:
            other = self._read(self._shelves.path(evidence.record, target.seed))
        if other is not None:
            self._editor.read(other.content)  # a broken one must not be hidden by a new one
            return self._editor.seed(other.content)
        inspection = evidence.inspection
        return self._editor.seed(None if inspection is None else inspection.xmp)

    def _excuse_young(self, file: SidecarFile | None, error: SidecarBroken) -> None:
        """Programs like darktable write in place: a file may be seen half-written."""
        if file is None:
            return
        changed_at = datetime.fromtimestamp(file.stamp.mtime_ns / 1e9, tz=UTC)
        if abs((self._clock.now() - changed_at).total_seconds()) < YOUNG_SECONDS:
            raise NotYet(f"the sidecar may still be being written: {error}") from error
