"""Search by meaning: who makes vectors, who keeps them, who finds near ones."""

from collections.abc import Sequence
from typing import Protocol

from phototagd.domain.asset import AssetId
from phototagd.domain.meaning import Embedding, Moved, Near, NotThis, Selection, Unembedded, Vector


class Embedder(Protocol):
    """A model that turns texts into vectors of length 1."""

    @property
    def name(self) -> str:
        """The endpoint for logs: its URL without credentials."""
        ...

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, all of the same length.

        Raises Unreadable when the model makes nonsense of one of the texts, ProcessKilled or
        BadReply when it may be the texts' fault, Unavailable when the server cannot serve.
        """
        ...

    def close(self) -> None:
        """Abandon the requests in flight, and close connections."""
        ...


class VectorStore(Protocol):
    """The vectors of photos on disk, of one space at a time; the truth that indexes follow.

    A space is a model with everything that changes its vectors; those of different spaces
    cannot be compared. Every method raises Unavailable when the store cannot be used.
    """

    def enter(self, space: str) -> None:
        """From now on vectors of this space are wanted; photos without one become due."""
        ...

    def due(self, limit: int) -> list[Unembedded]:
        """Some photos whose words have no vector yet."""
        ...

    def record(self, space: str, embeddings: Sequence[Embedding]) -> None:
        """Keep vectors; a photo whose words changed meanwhile stays due."""
        ...

    def counts(self, space: str) -> tuple[int, int, int]:
        """Photos with a vector, those that are due, and those that the model cannot do."""
        ...

    def moved(self, space: str, since: int, limit: int) -> list[Moved]:
        """What changed after a change, in order."""
        ...

    def last_change(self) -> int:
        """The number of the newest change; 0 when there is none."""
        ...

    def vectors(self, space: str, assets: Sequence[AssetId]) -> list[tuple[AssetId, bytes]]:
        """The vectors of photos that have one, in any order."""
        ...

    def refuse(self, given: NotThis) -> None:
        """Remember that a photo is not what a query meant."""
        ...

    def forgive(self, asset: AssetId, query: str) -> bool:
        """Forget it again; False when there was nothing to forget."""
        ...

    def refusals(self) -> list[NotThis]:
        """Everything that persons said was not meant."""
        ...


class VectorIndex(Protocol):
    """The vectors of a space, ready to be compared with one; follows a `VectorStore`."""

    def catch_up(self) -> None:
        """Take over what changed in the store; others are answered meanwhile."""
        ...

    def nearest(self, vector: Vector, count: int, among: Selection) -> Near:
        """The photos nearest to a vector among those selected, at most `count`.

        Empty while nothing is loaded, and for a vector of another length.
        """
        ...

    def vector_of(self, asset: AssetId) -> Vector | None:
        """The vector of a photo; None when it has none yet."""
        ...
