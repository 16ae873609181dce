"""Listings of folders in which nothing was missing: recorded many at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from phototagd.domain.asset import LibraryId
from phototagd.domain.library import Listing
from phototagd.ports import Catalogue

MOST_UNWRITTEN = 200


class PlainListings:
    """Saves a first scan one sync of the disk per folder.

    Whatever else is told to the store of a folder comes after `write`, or the older listing
    would overwrite it. `on_gone` hears how many photos were gone for good.
    """

    def __init__(
        self, *, library: LibraryId, catalogue: Catalogue, on_gone: Callable[[int], None]
    ) -> None:
        self._library = library
        self._catalogue = catalogue
        self._on_gone = on_gone
        self._unwritten: list[tuple[Listing, datetime]] = []

    def add(self, listing: Listing, at: datetime) -> None:
        """Record a folder soon; raises Unavailable when the store takes nothing."""
        self._unwritten.append((replace(listing, rows=()), at))
        if len(self._unwritten) >= MOST_UNWRITTEN:
            self.write()

    def write(self) -> None:
        """Record all that wait; raises Unavailable, and they wait on."""
        if self._unwritten:
            self._on_gone(self._catalogue.record_listings(self._library, self._unwritten))
            self._unwritten = []
