"""A library without photos, seen as a whole: keeps the contracts of Overview and SavedSearches."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from phototagd.domain.asset import AssetId, Place
from phototagd.domain.gallery import Month, Sight
from phototagd.domain.likeness import Alike, Copy, LikeGroup, LikeGroups, Likeness
from phototagd.domain.overview import Anniversary, Facets, Glimpse, PlaceNode, Tally
from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder
from phototagd.rules.search.saving import kept_as

MUNICH = Place("Munich", "Bavaria", "Germany", "DE")
TAKEN_AT = datetime(2020, 2, 29, 12)  # noqa: DTZ001 -- wall-clock time of a photo


def a_group() -> LikeGroup:
    """Two sizes of one picture, one of them under two names."""
    large = Alike(AssetId(1), 4000, 3000, TAKEN_AT, (Copy(b"/p/\xff.jpg", 3_500_000),))
    small = Alike(AssetId(2), 0, 0, None, (Copy(b"/p/s.jpg", 900), Copy(b"/p/t.jpg", 900)))
    return LikeGroup(Likeness.SIMILAR, (large, small))


@dataclass
class FakeOverview:
    """Answers from its attributes, and remembers what it was asked."""

    months: list[Month] = field(
        default_factory=lambda: [Month("2026-05", 2, 3.0), Month("undated", 1, 1.5)]
    )
    tree: tuple[PlaceNode, ...] = (
        PlaceNode(
            "Germany",
            (Place(country="Germany", country_code="DE"),),
            3,
            AssetId(1),
            5,
            (PlaceNode("Munich", (MUNICH,), 1, AssetId(1), 5),),
        ),
    )
    found: Facets = field(
        default_factory=lambda: Facets((Tally("people", 3, AssetId(1), 'category:"people"'),))
    )
    groups: tuple[LikeGroup, ...] = field(default_factory=lambda: (a_group(),))
    asked: list[object] = field(default_factory=list)

    def timeline(self, sight: Sight) -> list[Month]:
        self.asked.append(sight)
        return self.months

    def on_this_day(self, day: date | None, *, most: int, sight: Sight) -> list[Anniversary]:
        self.asked.append((day, most, sight))
        photos = (Glimpse(AssetId(1), b"/p/\xff.jpg", "A dog", TAKEN_AT),)
        return [Anniversary(date(2020, 2, 29), 7, photos)]

    def places(self, language: str, sight: Sight) -> tuple[PlaceNode, ...]:
        self.asked.append((language, sight))
        return self.tree

    def at_places(self, wanted: Sequence[Place], sight: Sight) -> list[AssetId]:
        self.asked.append((tuple(wanted), sight))
        return [AssetId(1)]

    def facets(self, sight: Sight) -> Facets:
        self.asked.append(sight)
        return self.found

    def like_groups(
        self, likeness: Likeness | None, *, start: int, most: int, sight: Sight
    ) -> LikeGroups:
        self.asked.append((likeness, start, most, sight))
        return LikeGroups(self.groups, len(self.groups), 4)


class FakeSearches:
    """The port `SavedSearches` in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, SavedSearch] = {}

    def all(self) -> list[SavedSearch]:
        return sorted(self.kept.values(), key=lambda one: one.name)

    def save(self, name: str, query: str, order: HitOrder) -> SavedSearch:
        search = kept_as(name, query, order)
        self.kept[search.name] = search
        return search

    def remove(self, name: str) -> bool:
        return self.kept.pop(name, None) is not None
