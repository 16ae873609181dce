"""The same, loaded with numpy only when there is something to compare.

numpy takes 12 MB, and many have no embedding model.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

from phototagd.domain.asset import AssetId
from phototagd.domain.meaning import Near, Selection, Vector
from phototagd.ports.meaning import VectorIndex, VectorStore


class LateVectorIndex:
    """The port `VectorIndex`: nothing is near until the store has a first vector.

    Args:
        store: Where the vectors are.
        space: Which of them.
        file: The cache of a large library; may be deleted at any time without harm.
    """

    def __init__(self, *, store: VectorStore, space: str, file: Path) -> None:
        self._store = store
        self._space = space
        self._file = file
        self._lock = threading.Lock()
        self._index: VectorIndex | None = None

    def catch_up(self) -> None:
        """Take over what changed in the store; others are answered meanwhile."""
        if index := self._loaded():
            index.catch_up()

    def nearest(self, vector: Vector, count: int, among: Selection) -> Near:
        """The photos nearest to a vector among those selected."""
        index = self._loaded()
        return index.nearest(vector, count, among) if index else Near()

    def vector_of(self, asset: AssetId) -> Vector | None:
        """The vector of a photo; None when it has none yet."""
        index = self._loaded()
        return index.vector_of(asset) if index else None

    def _loaded(self) -> VectorIndex | None:
        with self._lock:
            if self._index is None and self._store.last_change():
                from phototagd.adapters.nearness.index import (  # noqa: PLC0415 - see above
                    NumpyVectorIndex,
                )

                self._index = NumpyVectorIndex(
                    store=self._store, space=self._space, file=self._file
                )
            return self._index


def near_pairs(vectors: Sequence[Vector], at_least: float) -> list[tuple[int, int, float]]:
    """As `pairs.near_pairs`."""
    from phototagd.adapters.nearness import pairs  # noqa: PLC0415 - see above

    return pairs.near_pairs(vectors, at_least)
