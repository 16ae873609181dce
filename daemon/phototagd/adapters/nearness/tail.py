"""The vectors that came lately, or all of a small library, in full precision."""

from collections.abc import Sequence

import numpy as np

from phototagd.adapters.nearness.signs import Floats, Ids

_FIRST_ROOM = 256


class Tail:
    """Rows by asset; a row that goes is replaced by the last one, so there are no holes."""

    def __init__(self, dimensions: int) -> None:
        self._assets: Ids = np.empty(_FIRST_ROOM, dtype=np.int64)
        self._rows: Floats = np.empty((_FIRST_ROOM, dimensions), dtype=np.float32)
        self._place: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._place)

    @property
    def assets(self) -> Ids:
        """The assets, in the order of `rows`."""
        return self._assets[: len(self)]

    @property
    def rows(self) -> Floats:
        """The vectors."""
        return self._rows[: len(self)]

    def row(self, asset: int) -> Floats | None:
        """The vector of an asset."""
        place = self._place.get(asset)
        return None if place is None else self._rows[place]

    def places(self, assets: Sequence[int]) -> list[int]:
        """Where those of these assets that are here stand."""
        return [place for asset in assets if (place := self._place.get(int(asset))) is not None]

    def put(self, asset: int, row: Floats) -> None:
        """Take an asset in, or take its new vector."""
        place = self._place.setdefault(asset, len(self._place))
        if place == len(self._rows):
            self._grow()
        self._assets[place] = asset
        self._rows[place] = row

    def forget(self, asset: int) -> None:
        """This asset is gone."""
        place = self._place.pop(asset, None)
        last = len(self._place)
        if place is not None and place != last:
            moved = int(self._assets[last])
            self._assets[place], self._rows[place] = moved, self._rows[last]
            self._place[moved] = place

    def _grow(self) -> None:
        room = len(self._rows) + max(_FIRST_ROOM, len(self._rows) // 4)
        # Others may still read the old arrays: they are not changed in place.
        assets, rows = self._assets, self._rows
        self._assets = np.empty(room, dtype=np.int64)
        self._rows = np.empty((room, rows.shape[1]), dtype=np.float32)
        self._assets[: len(assets)], self._rows[: len(rows)] = assets, rows
