"""Sees the first photo with coordinates coming, while the model is still to be asked."""

from collections.abc import Callable
from contextlib import suppress

from phototagd.domain.errors import NotYet, PhotoError, ProcessKilled
from phototagd.ports import PhotoReader


class Outrider:
    """Looks at photos until one has coordinates, and has the places made ready for it.

    `warm` must not wait. Libraries without coordinates never pay for places.
    """

    def __init__(self, *, reader: PhotoReader, warm: Callable[[], None]) -> None:
        self._reader = reader
        self._warm = warm
        self._is_done = False

    def look(self, photo: bytes) -> None:
        """See whether the photo at an absolute path needs places; one that cannot be read not."""
        if self._is_done:
            return
        with suppress(NotYet, PhotoError, ProcessKilled):
            if self._reader.inspect(photo).facts.latitude is not None:
                self._is_done = True
                self._warm()
