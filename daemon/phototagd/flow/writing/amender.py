"""Takes what persons order: undo, edits, and questions about what was and will be written."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from phototagd.domain.amending import (
    Amendment,
    Comparison,
    Orders,
    PersonsEdit,
    PhotoPlan,
    SidecarChange,
    UndoOrder,
)
from phototagd.domain.asset import PathId
from phototagd.domain.record import PathRecord
from phototagd.flow.writing.planner import Planner
from phototagd.flow.writing.sheet import Action
from phototagd.ports import Catalogue, Ledger
from phototagd.rules.sidecars.editing import cleaned, folded

MOST_PLANS = 20
"""So many photos are planned for an order that names none: to plan is to read sidecars."""

UNKNOWN = "nothing is known of it"
UNDONE = "it was undone before"
NOT_OURS = "nothing of ours stands there"


class Amender:
    """Puts orders on disk and rings for the writer; the model is never asked.

    `find` says what is known of a file; `known` takes it in if it was never seen.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        ledger: Ledger,
        planner: Planner,
        find: Callable[[bytes], PathRecord | None],
        known: Callable[[bytes], PathRecord | None],
        on_order: Callable[[], None],
    ) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._planner = planner
        self._find = find
        self._known = known
        self._on_order = on_order

    def undo(self, order: UndoOrder, *, dry_run: bool) -> Amendment:
        """Take our words out of the sidecars that fit the order, and write none there again.

        An order that says nothing means no photo.
        """
        if order.is_empty:
            return Amendment(0, is_done=not dry_run)
        plans: dict[PathId, PhotoPlan] = {}
        refused: list[PhotoPlan] = []
        if order.files:
            plans, refused = self._plan_files(order, self._find if dry_run else self._known)
            chosen = list(plans)
        else:
            fitting = self._ledger.tagged_paths(order)
            chosen = [path for path in fitting if not self._ledger.orders(path).is_withheld]
            plans = self._plan_some(chosen[:MOST_PLANS])
        shown = (*plans.values(), *refused)
        if dry_run or not chosen:
            return Amendment(len(chosen), is_done=not dry_run, plans=shown)
        count = self._ledger.withhold(chosen)
        self._on_order()
        return Amendment(count, is_done=True, plans=shown)

    def edit(self, files: Sequence[bytes], edit: PersonsEdit, *, dry_run: bool) -> Amendment:
        """Change the words of photos, in the sidecar of every live copy.

        What a person adds is the person's from then on; what one takes out is never offered
        again. A photo that was undone has words again.
        """
        wanted = cleaned(edit)
        look_up = self._find if dry_run else self._known
        records = {file: look_up(file) for file in files}
        found = [one for one in records.values() if one is not None and one.asset is not None]
        refused = [
            PhotoPlan(file, reason=UNKNOWN)
            for file, one in records.items()
            if one is None or one.asset is None
        ]
        plans = [self._planner.plan(one, self._after(one, wanted)) for one in found]
        if not dry_run and found and wanted != PersonsEdit():
            self._ledger.record_edit([one.id for one in found], wanted)
            self._on_order()
        return Amendment(len(found), is_done=not dry_run, plans=(*plans, *refused))

    def history(self, file: bytes) -> list[SidecarChange] | None:
        """Every write that changed its sidecars, newest first; None for an unknown photo."""
        record = self._find(file)
        return None if record is None else self._ledger.history(record.id)

    def compare(self, file: bytes) -> Comparison | None:
        """A photo's sidecar beside what the model said and the next write does."""
        record = self._find(file)
        if record is None or record.asset is None:
            return None
        return self._planner.compare(record)

    def outstanding(self) -> int:
        """How many sidecars still wait for what was ordered."""
        return self._ledger.outstanding()

    def _after(self, record: PathRecord, edit: PersonsEdit) -> Orders:
        """The orders as they are once this edit is recorded."""
        now = self._ledger.orders(record.id)
        edits = [PersonsEdit(remove=now.rejected), now.edit, edit]
        return Orders(edit=folded(edits), last_edit=now.last_edit + 1)

    def _plan_files(
        self, order: UndoOrder, look_up: Callable[[bytes], PathRecord | None]
    ) -> tuple[dict[PathId, PhotoPlan], list[PhotoPlan]]:
        """The photos to undo with their plans, and why not the others."""
        only = replace(order, files=())
        fitting = None if only.is_empty else set(self._ledger.tagged_paths(only))
        plans: dict[PathId, PhotoPlan] = {}
        refused: list[PhotoPlan] = []
        for file in order.files:
            record = look_up(file)
            if record is None or record.asset is None:
                refused.append(PhotoPlan(file, reason=UNKNOWN))
            elif self._ledger.orders(record.id).is_withheld:
                refused.append(PhotoPlan(file, reason=UNDONE))
            elif fitting is None or record.id in fitting:
                plan = self._planner.plan(record, Orders(is_withheld=True))
                if plan.reason or _does_nothing(plan):
                    refused.append(replace(plan, reason=plan.reason or NOT_OURS))
                else:
                    plans[record.id] = plan
        return plans, refused

    def _plan_some(self, paths: Sequence[PathId]) -> dict[PathId, PhotoPlan]:
        records = [(path, self._catalogue.path(path)) for path in paths]
        return {
            path: self._planner.plan(record, Orders(is_withheld=True))
            for path, record in records
            if record is not None
        }


def _does_nothing(plan: PhotoPlan) -> bool:
    return all(one.action == Action.NONE.value for one in plan.sidecars)
