"""Writes the sidecars of a photo, and its own packet where the library wants that."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from phototagd.domain.errors import PhototagdError, SidecarBroken, SidecarRaced
from phototagd.domain.sidecar import SidecarState
from phototagd.flow.writing.drafter import Drafter
from phototagd.flow.writing.embedder import Embedded, Embedder, Ready
from phototagd.flow.writing.sheet import Action, Evidence, Written
from phototagd.flow.writing.sheet_reader import SheetReader
from phototagd.rules.sidecars.naming import Target


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands beside a photo now, and in it."""

    evidence: Evidence
    beside: list[Written]
    inside: Embedded | None = None


class BothPlaces:
    """First the copy of the photo is proven, then the sidecars are written, then it is put.

    So nothing that the photo refuses costs the sidecar, and what a person changed in the photo
    stands in the sidecar before the photo forgets it.
    """

    def __init__(
        self,
        *,
        sheets: SheetReader,
        drafter: Drafter,
        embedder: Embedder,
        write_one: Callable[[Evidence, Target], Written],
    ) -> None:
        self._sheets = sheets
        self._drafter = drafter
        self._embedder = embedder
        self._write_one = write_one

    def write(self, known: Evidence, targets: tuple[Target, ...]) -> Outcome:
        """Write all; raises SidecarRaced when somebody else wrote in between."""
        evidence, ready, wanted = self._prepared(known, targets[0])
        if ready is None:
            return Outcome(evidence, [self._write_one(evidence, target) for target in targets])
        try:
            beside = [self._write_one(evidence, target) for target in targets]
        except PhototagdError:
            self._embedder.discard(ready)
            raise
        if _says(beside[0].state) != _says(wanted):
            self._embedder.discard(ready)
            raise SidecarRaced  # the sidecar has become another: begin anew
        return Outcome(evidence, beside, self._embedder.commit(ready, known.orders))

    def _prepared(
        self, evidence: Evidence, target: Target
    ) -> tuple[Evidence, Ready | None, SidecarState | None]:
        """What to write beside the photo, and the copy that goes into its place, if one does."""
        inside = self._embedder.look(evidence)
        if inside is None:
            return evidence, None, None
        try:
            found = self._sheets.sheet(evidence, target).found
        except SidecarBroken:
            return evidence, None, None  # whoever writes it says so
        told = self._embedder.told(evidence, inside, found)
        draft = self._drafter.draft(self._sheets.sheet(told, target))
        wanted = _outcome(draft.action, draft.after, found)
        ready = self._embedder.prepare(inside, wanted)
        if ready is None or told.inspection is None:
            return told, None, None
        packet = ready.prepared.packet or None
        return replace(told, inspection=replace(told.inspection, xmp=packet)), ready, wanted


def _outcome(action: Action, after: SidecarState | None, found: SidecarState) -> SidecarState:
    if action is Action.REMOVE:
        return SidecarState()
    return found if after is None else after


def _says(state: SidecarState | None) -> tuple[object, ...]:
    """What of a sidecar goes into the photo."""
    if state is None:
        return (SidecarState().lists, None)
    return (state.lists, state.caption)
