"""Looking for photos in what the store knows of them."""

from collections.abc import Sequence
from typing import Protocol

from phototagd.domain.asset import AssetId
from phototagd.domain.meaning import Selection
from phototagd.domain.search import HitOrder, LibraryNames, Page, PhotoFacts, Query, Ranked


class SearchIndex(Protocol):
    """The words and facts of all photos with a live copy; always as new as the last write.

    Private photos are found by queries that ask for them, and by no others.
    """

    def names(self) -> LibraryNames:
        """The places and cameras of the library, folded."""
        ...

    def with_all_words(self, query: Query, order: HitOrder, limit: int) -> Page:
        """The first photos that meet the conditions and have all the terms, and how many do.

        Without terms every photo that meets the conditions, newest first.
        """
        ...

    def with_some_words(self, query: Query, limit: int) -> Ranked:
        """Photos that meet the conditions and have some of the terms, best first."""
        ...

    def with_words_among(self, query: Query, assets: Sequence[AssetId]) -> frozenset[AssetId]:
        """Those of these photos that have all the terms; conditions do not count here."""
        ...

    def selection(self, query: Query) -> Selection:
        """All photos that meet the conditions, whatever their words."""
        ...

    def newest_first(self, assets: Sequence[AssetId]) -> list[AssetId]:
        """The same photos by the time they were taken; undated ones last."""
        ...

    def facts(self, assets: Sequence[AssetId]) -> list[PhotoFacts]:
        """What is known of photos, in the given order; those that went meanwhile are left out."""
        ...

    def undated(self, query: Query) -> int:
        """How many photos fit in everything but the times, and have no date."""
        ...

    def not_indexed(self) -> int:
        """How many photos of the library have no words of a model in the index yet."""
        ...

    def catch_up(self, limit: int) -> int:
        """Index some photos that changed, or that an older phototagd left; how many."""
        ...
