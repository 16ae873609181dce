"""The ledger in memory, for tests of one writer; keeps what `ports.Ledger` promises."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from phototagd.domain.amending import Orders, Origin, PersonsEdit, SidecarChange, UndoOrder
from phototagd.domain.asset import PathId
from phototagd.rules.sidecars.editing import folded


class FakeLedger:
    """Orders are put into `ordered`; every change that was intended is in `changes`."""

    def __init__(self) -> None:
        self.ordered: dict[PathId, Orders] = {}
        self.origins: dict[tuple[PathId, bytes], Origin] = {}
        self.changes: list[SidecarChange] = []

    def orders(self, path: PathId) -> Orders:
        return self.ordered.get(path, Orders())

    def origin(self, path: PathId, name: bytes) -> Origin | None:
        return self.origins.get((path, name))

    def intend(self, change: SidecarChange, origin: Origin | None) -> None:
        self.changes.append(change)
        if origin is not None:
            self.origins[change.path, change.name] = replace(
                origin, previous=change.digest_before, written=change.digest_after
            )

    def carry(self, source: PathId, target: PathId, names: Mapping[bytes, bytes]) -> None:
        for old, new in names.items():
            if (source, old) in self.origins:
                self.origins.setdefault((target, new), self.origins[source, old])
        if source in self.ordered:
            self.ordered.setdefault(target, self.ordered[source])

    def history(self, path: PathId) -> list[SidecarChange]:
        return [change for change in reversed(self.changes) if change.path == path]

    def tagged_paths(self, order: UndoOrder) -> list[PathId]:
        return sorted({change.path for change in self.changes})

    def withhold(self, paths: Collection[PathId]) -> int:
        fresh = [path for path in paths if not self.orders(path).is_withheld]
        self.ordered |= {path: Orders(is_withheld=True) for path in fresh}
        return len(fresh)

    def lift(self, paths: Collection[PathId]) -> int:
        lifted = [path for path in paths if self.orders(path).is_withheld]
        self.ordered |= {path: Orders() for path in lifted}
        return len(lifted)

    def record_edit(self, paths: Collection[PathId], edit: PersonsEdit) -> int:
        self.lift(paths)
        for path in paths:
            known = self.orders(path)
            number = known.last_edit + 1
            self.ordered[path] = Orders(folded([known.edit, edit]), last_edit=number)
        return len(paths)

    def outstanding(self) -> int:
        return 0

    def settle(self, path: PathId, orders: Orders) -> None:
        """What `Catalogue.record_sidecar` does for the orders that were obeyed."""
        if not orders.is_withheld and path in self.ordered:
            verdict = PersonsEdit(is_private=orders.edit.is_private)
            self.ordered[path] = Orders(edit=verdict)
