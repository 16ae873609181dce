"""Several decoding processes behind one photo reader, lent out in the order of asking."""

from collections.abc import Sequence

from phototagd.adapters.lending import Lender
from phototagd.domain.asset import Inspection, Prepared
from phototagd.ports import PhotoReader


class PhotoReaderPool(Lender[PhotoReader]):
    """A `PhotoReader` over others, each of which works on one photo at a time.

    A photo is alone in its process, so whatever it does there is its own fault and nobody
    else's. Who came first is served first: neither the photos for the model nor those that
    intake compares can keep the other waiting for more than one photo of everybody else.
    """

    def __init__(self, *, readers: Sequence[PhotoReader]) -> None:
        super().__init__(readers)
        self._readers = tuple(readers)

    def warm(self) -> None:
        """Start all processes without waiting for them."""
        for reader in self._readers:
            reader.warm()

    def prepare(self, photo: bytes, *, long_side: int) -> Prepared:
        """See the port; waits for a free process first."""
        with self._borrowed() as reader:
            return reader.prepare(photo, long_side=long_side)

    def inspect(self, photo: bytes) -> Inspection:
        """See the port; waits for a free process first."""
        with self._borrowed() as reader:
            return reader.inspect(photo)

    def close(self) -> None:
        """End all processes; who waits for one gets it closed. May be called twice."""
        for reader in self._readers:
            reader.close()
