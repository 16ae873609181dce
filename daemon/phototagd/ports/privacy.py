"""How private photos are: the text in their pictures, and what is known of it."""

from typing import Protocol

from phototagd.domain.asset import AssetId
from phototagd.domain.privacy import Privacy, PrivacyCheck, TextLine


class TextReader(Protocol):
    """Reads the text in pictures, offline, in processes with limits on memory and time."""

    @property
    def name(self) -> str:
        """What reads, with its version: a photo is read once by each."""
        ...

    def warm(self) -> None:
        """Start whatever is needed without waiting for it, so that no photo is slow."""
        ...

    def read(self, jpeg: bytes) -> list[TextLine]:
        """The lines in an upright picture, from top to bottom.

        Raises Unreadable for no picture, ProcessKilled when reading crashed, hung or ran out
        of memory, and Unavailable when nothing can read.
        """
        ...

    def close(self) -> None:
        """End what was started; may be called twice."""
        ...


class PrivacyStore(Protocol):
    """What is known of how private photos are; raises Unavailable when it cannot be written."""

    def privacy(self, asset: AssetId) -> Privacy:
        """A person's verdict and the check of the text in the photo."""
        ...

    def record_check(self, asset: AssetId, check: PrivacyCheck) -> None:
        """One transaction: the check, and where it proves the photo private, all words gone.

        Those of answers, history, vectors and the search index go at once, those in sidecars
        by the `write` jobs that this queues. A person's verdict is stronger.
        """
        ...

    def unchecked(self, reader: str, after: AssetId, limit: int) -> list[AssetId]:
        """Answered assets above a number that this reader has not checked and nobody judged."""
        ...
