"""An embedding model in memory: keeps the `Embedder` contract, and fails where it is told to."""

from collections.abc import Sequence

from doubles.ollama.embedding import vector_of
from phototagd.domain.errors import PhototagdError  # noqa: TC001 -- as everywhere
from phototagd.domain.meaning import Vector


class FakeEmbedder:
    """`faults` are parts of texts that fail a whole request; `error` fails every one."""

    name = "http://fake:11434"

    def __init__(self) -> None:
        self.faults: dict[str, PhototagdError] = {}
        self.error: PhototagdError | None = None
        self.asked: list[list[str]] = []
        self.is_closed = False

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        self.asked.append(list(texts))
        if self.error is not None:
            raise self.error
        for part, error in self.faults.items():
            if any(part in text for text in texts):
                raise error
        return [vector_of(text) for text in texts]

    def close(self) -> None:
        self.is_closed = True
