"""Makes tiles before anybody looks, newest photos first, while the model lacks nothing."""

from collections import deque
from collections.abc import Callable

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.domain.gallery import Month, Sight
from phototagd.flow.showing.thumbnails import Thumbnails
from phototagd.ports import GalleryIndex, ThumbnailShelf

BUSY_SECONDS = 2.0
IDLE_SECONDS = 30.0
_PUBLIC = Sight()  # private photos get theirs when their owner looks


class ThumbnailsAhead:
    """One tile a step. `has_time` says whether the model has all the photos it can take.

    A photo is tried once in the life of the daemon: whoever looks at it tries again.
    """

    def __init__(
        self,
        *,
        gallery: GalleryIndex,
        thumbnails: Thumbnails,
        shelf: ThumbnailShelf,
        has_time: Callable[[], bool],
    ) -> None:
        self._gallery = gallery
        self._thumbnails = thumbnails
        self._shelf = shelf
        self._has_time = has_time
        self._months: list[Month] = []
        self._to_visit: deque[Month] = deque()
        self._to_make: deque[AssetId] = deque()
        self._tried = bytearray()  # one byte for each asset there ever was

    def step(self) -> float:
        """Make one tile that is missing; how many seconds to rest.

        Raises Unavailable when nothing can be read.
        """
        if not self._has_time():
            return BUSY_SECONDS
        asset = self._next() if self._shelf.has_room() else None
        if asset is None:
            return IDLE_SECONDS
        self._make(asset)
        return 0.0

    def _make(self, asset: AssetId) -> None:
        for tile in self._gallery.tiles([asset], _PUBLIC):
            try:
                self._thumbnails.make(tile)
            except Unavailable:
                raise
            except PhototagdError:
                return  # the job of this photo tells what is wrong with it

    def _next(self) -> AssetId | None:
        """The newest photo that was not tried yet."""
        if not (self._to_make or self._to_visit):
            self._look_again()
        while not self._to_make:
            if not self._to_visit:
                return None
            photos = self._gallery.month(self._to_visit.popleft().name, _PUBLIC)
            self._to_make.extend(asset for asset in photos.assets if self._is_new(asset))
        asset = self._to_make.popleft()
        self._tried[asset] = 1
        return asset

    def _look_again(self) -> None:
        """The months that have changed since the last look."""
        months = self._gallery.months(_PUBLIC)
        known = {month.name: month.count for month in self._months}
        self._to_visit.extend(m for m in months if known.get(m.name) != m.count)
        self._months = months

    def _is_new(self, asset: AssetId) -> bool:
        if asset >= len(self._tried):
            self._tried.extend(bytes(asset + 1024 - len(self._tried)))
        return not self._tried[asset]
