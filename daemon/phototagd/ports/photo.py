"""The photo: what its bytes are, how it looks, where it was taken."""

from typing import Protocol

from phototagd.domain.asset import (
    Identity,
    Inspection,
    Place,
    Prepared,
)


class Identifier(Protocol):
    """Reads a file once and says what its bytes are."""

    def identify(self, photo: bytes) -> Identity:
        """Kind and hashes of the file at an absolute path.

        Raises NotYet (unreadable now, empty, changed while read) or Vanished.
        """
        ...


class PhotoReader(Protocol):
    """Decodes photos in processes of their own, with limits on memory and time."""

    def warm(self) -> None:
        """Start whatever is needed without waiting for it, so that no photo is slow."""
        ...

    def prepare(self, photo: bytes, *, long_side: int) -> Prepared:
        """The photo as the model wants it: upright sRGB baseline JPEG.

        Raises NotYet (truncated, unreadable now), Unreadable (broken, unsupported, a bomb),
        Vanished, or ProcessKilled when decoding crashed, hung or ran out of memory.
        """
        ...

    def inspect(self, photo: bytes) -> Inspection:
        """Camera facts and embedded words; the same errors as `prepare`."""
        ...

    def close(self) -> None:
        """End what was started; may be called twice."""
        ...


class Gazetteer(Protocol):
    """Coordinates to places, offline."""

    def place_at(self, latitude: float, longitude: float) -> Place | None:
        """The nearest named place in the configured language, None on the open sea."""
        ...
