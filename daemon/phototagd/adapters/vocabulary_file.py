"""The vocabulary as a text file in the state folder."""

import os
from pathlib import Path

from phototagd.domain.errors import Unavailable

_LARGEST = 64 << 20


class VocabularyTextFile:
    """The port `VocabularyFile` on one file, replaced as a whole."""

    def __init__(self, *, path: Path) -> None:
        self._path = path

    def read(self) -> str | None:
        """Its text; what is no UTF-8 in it is replaced."""
        try:
            with self._path.open("rb") as file:
                return file.read(_LARGEST).decode("utf-8", "replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unavailable(f"{self._path} cannot be read: {error.strerror}") from error

    def stamp(self) -> object:
        """Its time, size and number."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Unavailable(f"{self._path} cannot be read: {error.strerror}") from error
        return status.st_mtime_ns, status.st_size, status.st_ino

    def write(self, text: str) -> None:
        """Replace it in one step, on disk when it returns."""
        unfinished = self._path.with_name(self._path.name + ".part")
        try:
            with unfinished.open("wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self._path)
        except OSError as error:
            raise Unavailable(f"{self._path} cannot be written: {error.strerror}") from error
