"""An embedder whose work the other models of the house know of."""

from collections.abc import Sequence

from phototagd.domain.meaning import Vector
from phototagd.flow.asking.kin import Kin
from phototagd.ports.meaning import Embedder


class KinEmbedder:
    """Keeps the `Embedder` contract of the one it stands for."""

    def __init__(self, *, embedder: Embedder, kin: Kin) -> None:
        self._embedder = embedder
        self._kin = kin

    @property
    def name(self) -> str:
        """The endpoint for logs: its URL without credentials."""
        return self._embedder.name

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text."""
        with self._kin.asking():
            return self._embedder.embed(texts)

    def close(self) -> None:
        """Abandon the requests in flight, and close connections."""
        self._embedder.close()
