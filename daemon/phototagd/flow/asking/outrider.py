"""Sees the first photo with coordinates coming, while the model is still to be asked."""

from collections.abc import Callable
from contextlib import suppress

from phototagd.domain.errors import NotYet, PhotoError, ProcessKilled
from phototagd.ports import PhotoReader

MOST_LOOKS = 20  # each costs milliseconds; who has coordinates has them in most photos


class Outrider:
    """Looks at the first photos until one has coordinates, and has the places made ready.

    `warm` must not wait. Libraries without coordinates never pay for places.
    """

    def __init__(self, *, reader: PhotoReader, warm: Callable[[], None]) -> None:
        self._reader = reader
        self._warm = warm
        self._looks_left = MOST_LOOKS

    def look(self, photo: bytes) -> None:
        """See whether the photo at an absolute path needs places; one that cannot be read not."""
        if not self._looks_left:
            return
        self._looks_left -= 1
        with suppress(NotYet, PhotoError, ProcessKilled):
            if self._reader.inspect(photo).facts.latitude is not None:
                self._looks_left = 0
                self._warm()
