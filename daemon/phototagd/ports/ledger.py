"""What was written beside photos, what stood there before, and what persons ordered."""

from collections.abc import Collection, Mapping
from typing import Protocol

from phototagd.domain.amending import Orders, Origin, PersonsEdit, SidecarChange, UndoOrder
from phototagd.domain.asset import PathId


class Ledger(Protocol):
    """The memory that undo, history and persons' edits rest on.

    Every method is one transaction and is on disk when it returns. Raises Unavailable when
    the store cannot be written. What was ordered is settled by `Catalogue.record_sidecar`.
    """

    def orders(self, path: PathId) -> Orders:
        """What persons ordered for a path."""
        ...

    def origin(self, path: PathId, name: bytes) -> Origin | None:
        """A sidecar as it was before we first touched it; None when that is not known."""
        ...

    def intend(self, change: SidecarChange, origin: Origin | None) -> None:
        """A sidecar is about to be written: keep its origin and a line of its history.

        What was intended before and never happened is forgotten.
        """
        ...

    def carry(self, source: PathId, target: PathId, names: Mapping[bytes, bytes]) -> None:
        """A photo moved: what is known of its old path holds for the new one too.

        `names` are the sidecars that moved along, old name to new.
        """
        ...

    def history(self, path: PathId) -> list[SidecarChange]:
        """Every write that changed a sidecar of a path, newest first."""
        ...

    def tagged_paths(self, order: UndoOrder) -> list[PathId]:
        """Live paths whose sidecar holds words of ours and fits the order, but for its files."""
        ...

    def withhold(self, paths: Collection[PathId]) -> int:
        """Nothing of ours shall stand beside these from now on; queues their writes; how many.

        Paths that are withheld already are not counted.
        """
        ...

    def lift(self, paths: Collection[PathId]) -> int:
        """Words may be written beside these again; queues their writes; how many were lifted."""
        ...

    def record_edit(self, paths: Collection[PathId], edit: PersonsEdit) -> int:
        """A person's edit for every live copy of the photos; lifts and queues; how many copies.

        What the model had said of each photo is kept beside it.
        """
        ...

    def outstanding(self) -> int:
        """How many paths wait for what persons ordered to be written."""
        ...
