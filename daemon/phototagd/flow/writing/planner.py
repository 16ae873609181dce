"""Says what a write would do, without doing it."""

from dataclasses import replace

from phototagd.domain.amending import Comparison, Orders, PhotoPlan, SidecarPlan
from phototagd.domain.errors import NotYet, SidecarError
from phototagd.domain.record import PathRecord
from phototagd.flow.writing.drafter import Drafter
from phototagd.flow.writing.sheet import Action, Draft, Evidence, Sheet
from phototagd.flow.writing.sheet_reader import MOST_PATIENT_SNOOZES, SheetReader
from phototagd.flow.writing.shelves import Shelves
from phototagd.rules.sidecars.changes import caption_in, keywords_changed
from phototagd.rules.sidecars.embedded_words import paths_in
from phototagd.rules.sidecars.keyword_merging import by_key


class Planner:
    """Drafts as the writer does, beside it and at any time; `sheets` only look at files."""

    def __init__(self, *, sheets: SheetReader, drafter: Drafter, shelves: Shelves) -> None:
        self._sheets = sheets
        self._drafter = drafter
        self._shelves = shelves

    def plan(self, record: PathRecord, orders: Orders | None = None) -> PhotoPlan:
        """What the next write does to the sidecars of a photo, were `orders` in force.

        Without `orders` those that are.
        """
        try:
            return _plan(record, self._drafts(record, orders))
        except (SidecarError, NotYet) as error:
            return PhotoPlan(record.absolute, reason=str(error))

    def compare(self, record: PathRecord) -> Comparison:
        """A photo's principal sidecar beside what the model said."""
        try:
            drafts = self._drafts(record, None)
        except (SidecarError, NotYet) as error:
            return Comparison(PhotoPlan(record.absolute, reason=str(error)))
        if not drafts:
            return Comparison(PhotoPlan(record.absolute, reason="it can have no sidecar"))
        sheet = drafts[0].sheet
        return self._comparison(_plan(record, drafts), sheet)

    def _comparison(self, plan: PhotoPlan, sheet: Sheet) -> Comparison:
        evidence = sheet.evidence
        said = by_key(self._drafter.words(evidence).keywords if evidence.tagging else ())
        here = by_key(() if sheet.old is None else paths_in(sheet.found.lists))
        leaves = {key[-1] for key in here}
        offered = {key[-1] for key in said}
        record = sheet.found.record
        return Comparison(
            plan=plan,
            model="" if evidence.tagging is None else evidence.tagging.recipe.model,
            said=tuple(said.values()),
            caption="" if evidence.tagging is None else evidence.tagging.answer.caption,
            missing=tuple(path for key, path in said.items() if key[-1] not in leaves),
            beyond=tuple(path for key, path in here.items() if key[-1] not in offered),
            rejected=() if record is None else record.keywords.rejected,
            is_withheld=evidence.orders.is_withheld,
        )

    def _drafts(self, record: PathRecord, orders: Orders | None) -> list[Draft]:
        targets = self._shelves.targets(record)
        if record.asset is None or not targets:
            return []
        evidence: Evidence = self._sheets.evidence(record, targets, snoozes=MOST_PATIENT_SNOOZES)
        if orders is not None:
            evidence = replace(evidence, orders=orders)
        return [self._drafter.draft(self._sheets.sheet(evidence, target)) for target in targets]


def _plan(record: PathRecord, drafts: list[Draft]) -> PhotoPlan:
    return PhotoPlan(record.absolute, sidecars=tuple(map(_sidecar_plan, drafts)))


def _sidecar_plan(draft: Draft) -> SidecarPlan:
    sheet = draft.sheet
    if draft.action is Action.NONE:
        return SidecarPlan(sheet.path, draft.action.value)
    before = None if sheet.old is None else sheet.found
    added, removed = keywords_changed(before, draft.after)
    return SidecarPlan(
        path=sheet.path,
        action=draft.action.value,
        cause=draft.cause.value,
        added=added,
        removed=removed,
        caption_before=caption_in(before),
        caption_after=caption_in(draft.after),
    )
