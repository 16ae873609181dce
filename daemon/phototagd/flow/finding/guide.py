"""Shows ways into the library besides searching."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, tzinfo

from phototagd.domain.asset import AssetId, Place
from phototagd.domain.errors import Unavailable
from phototagd.domain.gallery import Month, Sight
from phototagd.domain.likeness import Alike, LikeGroup, LikeGroups, Likeness
from phototagd.domain.overview import Anniversary, Facets, PlaceNode
from phototagd.flow.finding.place_names import PlaceNames
from phototagd.ports import Clock, GalleryIndex, SearchIndex
from phototagd.ports.likeness import SketchStore
from phototagd.ports.overview import OverviewStore
from phototagd.rules.likeness.grouping import Group, alike
from phototagd.rules.photo.place_tree import is_within, place_tree
from phototagd.rules.search.anniversaries import days_looked_back_on

_CATCH_UP = 500


class Guide:
    """The port `Overview`; `zone` says which day it is for the person who asks."""

    def __init__(
        self,
        *,
        store: OverviewStore,
        gallery: GalleryIndex,
        sketches: SketchStore,
        index: SearchIndex,
        names: PlaceNames,
        clock: Clock,
        zone: tzinfo | None = None,
    ) -> None:
        self._store = store
        self._gallery = gallery
        self._sketches = sketches
        self._index = index
        self._names = names
        self._clock = clock
        self._zone = zone
        self._groups: dict[Sight, tuple[object, list[Group]]] = {}

    def timeline(self, sight: Sight) -> list[Month]:
        """All months that have photos, newest first, as the gallery shows them."""
        self._catch_up()
        return self._gallery.months(sight)

    def on_this_day(self, day: date | None, *, most: int, sight: Sight) -> list[Anniversary]:
        """Earlier years of a day, newest first."""
        self._catch_up()
        today = day or self._clock.now().astimezone(self._zone).date()
        first_year = self._store.first_year(sight)
        if first_year is None:
            return []
        days = list(days_looked_back_on(today, first_year))
        return [
            Anniversary(day, len(photos), tuple(self._store.glimpses(photos[:most], sight)))
            for day, photos in zip(days, self._store.taken_on(days, sight), strict=True)
            if photos
        ]

    def places(self, language: str, sight: Sight) -> tuple[PlaceNode, ...]:
        """Countries, regions and cities, most photos first."""
        self._catch_up()
        counts = self._store.places(sight)
        return place_tree((count, self._names.named(count, language)) for count in counts)

    def at_places(self, wanted: Sequence[Place], sight: Sight) -> list[AssetId]:
        """The photos in any of these places, newest first."""
        known = (count.place for count in self._store.places(sight))
        there = [place for place in known if any(is_within(place, want) for want in wanted)]
        return self._store.at_places(there, sight)

    def facets(self, sight: Sight) -> Facets:
        """What there is much of."""
        self._catch_up()
        return self._store.facets(sight)

    def like_groups(
        self, likeness: Likeness | None, *, start: int, most: int, sight: Sight
    ) -> LikeGroups:
        """Photos that look alike."""
        self._catch_up()
        found = [one for one in self._all_groups(sight) if likeness in {None, one[0]}]
        shown = [self._shown(group, sight) for group in found[start : start + most]]
        return LikeGroups(
            groups=tuple(group for group in shown if group is not None),
            total=len(found),
            not_compared=self._sketches.not_sketched(sight),
        )

    def _all_groups(self, sight: Sight) -> list[Group]:
        """Counted once for each state of the store: comparing all photos takes seconds."""
        state = self._sketches.state(sight)
        known = self._groups.get(sight)
        if known is None or known[0] != state:
            groups = alike(self._sketches.sketched(sight))
            grouped = {
                asset for kind, members in groups if kind is not Likeness.BURST for asset in members
            }
            copies = [
                (Likeness.COPIES, (asset,))
                for asset in self._sketches.several_copies(sight)
                if asset not in grouped
            ]
            known = self._groups[sight] = (state, [*copies, *groups])
        return known[1]

    def _shown(self, group: Group, sight: Sight) -> LikeGroup | None:
        likeness, assets = group
        photos = self._sketches.alike(assets, sight)
        if likeness is not Likeness.BURST:
            photos.sort(key=_largest_first)
        is_whole = len(photos) > 1 or any(len(photo.copies) > 1 for photo in photos)
        return LikeGroup(likeness, tuple(photos)) if is_whole else None

    def _catch_up(self) -> None:
        with suppress(Unavailable):  # the newest photos may be a little late, no more
            self._index.catch_up(_CATCH_UP)


def _largest_first(photo: Alike) -> tuple[int, int, AssetId]:
    size = max((copy.size for copy in photo.copies), default=0)
    return -photo.width * photo.height, -size, photo.asset
