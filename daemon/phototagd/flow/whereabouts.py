"""Which library a file that a person names lies in, and what is known of it."""

import os

from phototagd.domain.asset import Location
from phototagd.domain.library import Library
from phototagd.domain.record import PathRecord
from phototagd.ports import Catalogue


class Whereabouts:
    """Finds files inside the libraries and anywhere else; paths are absolute.

    `profile` is that of folders outside the libraries.
    """

    def __init__(self, *, catalogue: Catalogue, profile: str | None = None) -> None:
        self._catalogue = catalogue
        self._profile = profile

    def locate(self, file: bytes) -> tuple[Library, Location]:
        """The library that a file lies in; its folder is adopted when it lies in none."""
        folder, _ = os.path.split(file)
        inside = [
            library
            for library in self._catalogue.libraries()
            if library.is_configured and _is_below(folder, library.root)
        ]
        if inside:
            library = max(inside, key=_nearness)
        else:
            library = self._catalogue.open_library(
                folder, is_configured=False, profile=self._profile
            )
        return library, _location(library, file)

    def find(self, file: bytes) -> PathRecord | None:
        """What is known of a file; None when it was never seen."""
        folder, _ = os.path.split(file)
        around = [one for one in self._catalogue.libraries() if _is_below(folder, one.root)]
        for library in sorted(around, key=_nearness, reverse=True):
            at = _location(library, file)
            found = self._catalogue.find_path(at.library, at.folder, at.name)
            if found is not None:
                return found
        return None


def _is_below(folder: bytes, root: bytes) -> bool:
    return folder == root or folder.startswith(root.rstrip(b"/") + b"/")


def _nearness(library: Library) -> tuple[bool, int]:
    """Orders the libraries around a file: watched ones before adopted ones, the inner last."""
    return library.is_configured, len(library.root)


def _location(library: Library, file: bytes) -> Location:
    folder, name = os.path.split(file)
    relative = os.path.relpath(folder, library.root)
    return Location(library.id, b"" if relative == b"." else relative, name)
