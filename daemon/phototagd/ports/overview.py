"""Ways into the library besides searching."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from phototagd.domain.asset import AssetId, Place
from phototagd.domain.gallery import Month, Sight
from phototagd.domain.likeness import LikeGroups, Likeness
from phototagd.domain.overview import Anniversary, Facets, Glimpse, PlaceCount, PlaceNode
from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder


class OverviewStore(Protocol):
    """Counts and lists from the search index; private photos by `sight` alone.

    Every method raises Unavailable when the store cannot be read.
    """

    def first_year(self, sight: Sight) -> int | None:
        """The year of the oldest photo; None without dated ones."""
        ...

    def taken_on(self, days: Sequence[date], sight: Sight) -> list[list[AssetId]]:
        """For each day its photos in their order."""
        ...

    def glimpses(self, assets: Sequence[AssetId], sight: Sight) -> list[Glimpse]:
        """Photos in the given order; those that are gone are left out."""
        ...

    def places(self, sight: Sight) -> list[PlaceCount]:
        """Every place that photos have."""
        ...

    def at_places(self, places: Sequence[Place], sight: Sight) -> list[AssetId]:
        """Photos that have exactly one of these places, newest first."""
        ...

    def facets(self, sight: Sight) -> Facets:
        """Categories, cameras and numbers of people."""
        ...


class SavedSearchStore(Protocol):
    """Keeps searches by their names. Every method raises Unavailable when it cannot."""

    def all(self) -> list[SavedSearch]:
        """All of them, by name."""
        ...

    def replace(self, searches: Sequence[SavedSearch]) -> None:
        """Keep exactly these."""
        ...


class Overview(Protocol):
    """What people ask of the library as a whole, by pages and commands, from several threads.

    Every method raises Unavailable when the store or the daemon is away.
    """

    def timeline(self, sight: Sight) -> list[Month]:
        """All months that have photos, newest first, as the gallery shows them."""
        ...

    def on_this_day(self, day: date | None, *, most: int, sight: Sight) -> list[Anniversary]:
        """Earlier years of a day (None: today), newest first, with at most so many photos each."""
        ...

    def places(self, language: str, sight: Sight) -> tuple[PlaceNode, ...]:
        """Countries, regions and cities, most photos first, named in `en` or `zh` where known."""
        ...

    def at_places(self, wanted: Sequence[Place], sight: Sight) -> list[AssetId]:
        """The photos in any of these places, newest first."""
        ...

    def facets(self, sight: Sight) -> Facets:
        """What there is much of."""
        ...

    def like_groups(
        self, likeness: Likeness | None, *, start: int, most: int, sight: Sight
    ) -> LikeGroups:
        """Photos that look alike, of one sort or all; `most` groups from `start` on."""
        ...


class SavedSearches(Protocol):
    """The searches that a person keeps. Every method raises Unavailable as those of `Overview`."""

    def all(self) -> list[SavedSearch]:
        """All of them, by name."""
        ...

    def save(self, name: str, query: str, order: HitOrder) -> SavedSearch:
        """Keep a query under a name, in place of another of that name.

        Raises ValueError for a name or a query that is empty or too long.
        """
        ...

    def remove(self, name: str) -> bool:
        """Forget it; False where there is none of that name."""
        ...
