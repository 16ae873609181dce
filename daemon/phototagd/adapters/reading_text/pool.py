"""Several reading processes behind one text reader."""

from collections.abc import Sequence

from phototagd.adapters.lending import Lender
from phototagd.domain.privacy import TextLine
from phototagd.ports.privacy import TextReader


class TextReaderPool(Lender[TextReader]):
    """A `TextReader` over others, at least one, each of which reads one picture at a time."""

    def __init__(self, *, readers: Sequence[TextReader]) -> None:
        super().__init__(readers)
        self._readers = tuple(readers)

    @property
    def name(self) -> str:
        """What they all are."""
        return self._readers[0].name

    def warm(self) -> None:
        """Start all processes without waiting for them."""
        for reader in self._readers:
            reader.warm()

    def read(self, jpeg: bytes) -> list[TextLine]:
        """See the port; waits for a free process first."""
        with self._borrowed() as reader:
            return reader.read(jpeg)

    def close(self) -> None:
        """End all processes; may be called twice."""
        for reader in self._readers:
            reader.close()
