"""The port `VectorIndex`: few vectors are all compared, of many first their signs.

A million vectors of 768 numbers are 3 GB; their signs are 96 MB, and one query reads them in
some 40 ms. The nearest by signs are then fetched from the store and compared exactly.
"""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from phototagd.adapters.nearness.base import Base, write_base
from phototagd.adapters.nearness.signs import (
    Floats,
    Ids,
    Signs,
    distances,
    second_looks,
    signs_of,
    words_of,
)
from phototagd.adapters.nearness.tail import Tail
from phototagd.domain.asset import AssetId
from phototagd.domain.meaning import Moved, Near, Selection, Vector
from phototagd.domain.search import Ranked
from phototagd.ports.meaning import VectorStore

EXACT_UP_TO = 50_000
_EXACT_AMONG = 4000  # so few that a filter leaves are all fetched and compared
_CHUNK = 5000
_TAIL_LEAST, _TAIL_MOST = 5000, 20_000
_SAMPLE = 512
_LARGE = 100
_FAR = np.iinfo(np.uint16).max


class NumpyVectorIndex:
    """Follows the vectors of one space in a store.

    Args:
        store: Where the vectors are.
        space: Which of them.
        file: The cache of a large library; may be deleted at any time without harm.
        exact_up_to: From so many vectors on, signs are compared first.
    """

    def __init__(
        self, *, store: VectorStore, space: str, file: Path, exact_up_to: int = EXACT_UP_TO
    ) -> None:
        self._store = store
        self._space = space
        self._file = file
        self._exact_up_to = exact_up_to
        self._catching_up = threading.Lock()
        self._lock = threading.RLock()
        self._base: Base | None = None
        self._tail: Tail | None = None
        self._dimensions = 0
        self._change = 0
        self._is_loaded = False
        self._sample: Floats | None = None

    def catch_up(self) -> None:
        """Take over what changed in the store; others are answered meanwhile."""
        if not self._catching_up.acquire(blocking=False):
            return
        try:
            last = self._store.last_change()
            if not self._is_loaded:
                self._load(last)
            while last > self._change:
                moved = self._store.moved(self._space, self._change, _CHUNK)
                if not moved:
                    self._change = last
                    break
                self._take(moved)
        finally:
            self._catching_up.release()

    def nearest(self, vector: Vector, count: int, among: Selection) -> Near:
        """The photos nearest to a vector among those selected."""
        query = np.asarray(vector, dtype=np.float32)
        with self._lock:
            if self._tail is None or len(query) != self._dimensions:
                return Near()
            chosen = np.asarray(among.assets, dtype=np.int64)
            if not among.is_all_but and len(chosen) <= _EXACT_AMONG and self._base is not None:
                assets, scores = self._scored(chosen.tolist(), query)
            else:
                assets, scores = self._searched(query, count, chosen, among)
            usual = self._usual(query)
        best = np.argsort(-scores, kind="stable")[:count]
        ranked = Ranked(tuple(assets[best].tolist()), tuple(scores[best].tolist()))
        return Near(
            ranked,
            usual=_middle(usual),
            spread=float(usual.std()) if len(usual) else 0.0,
            sample=len(usual),
        )

    def vector_of(self, asset: AssetId) -> Vector | None:
        """The vector of a photo; None when it has none yet."""
        found = self._store.vectors(self._space, [asset])
        return tuple(_floats([found[0][1]])[0].tolist()) if found else None

    # --- finding -----------------------------------------------------------------------------

    def _searched(
        self, query: Floats, count: int, chosen: Ids, among: Selection
    ) -> tuple[Ids, Floats]:
        assert self._tail is not None
        assets, scores = self._in_tail(query, chosen, among)
        if self._base is None:
            return assets, scores
        looks = max(second_looks(self._dimensions), 2 * count)
        candidates = self._in_base(self._base, query, looks, chosen, among)
        more, exact = self._scored(candidates.tolist(), query)
        return np.concatenate([assets, more]), np.concatenate([scores, exact])

    def _in_tail(self, query: Floats, chosen: Ids, among: Selection) -> tuple[Ids, Floats]:
        assert self._tail is not None
        tail = self._tail
        scores = tail.rows @ query
        if among.is_all_but and not len(chosen):
            return tail.assets.copy(), scores
        is_chosen = np.isin(tail.assets, chosen, invert=among.is_all_but)
        return tail.assets[is_chosen], scores[is_chosen]

    def _in_base(self, base: Base, query: Floats, looks: int, chosen: Ids, among: Selection) -> Ids:
        """The assets nearest by their signs."""
        signs = signs_of(query[np.newaxis])[0]
        places = base.places(chosen)
        if among.is_all_but:
            far = distances(base.signs, signs)
            far[~base.alive] = _FAR
            far[places] = _FAR
            return base.assets[_smallest(far, looks)]
        if len(places) > len(base.assets) // 4:  # reading all is quicker than picking
            far = distances(base.signs, signs)[places]
        else:
            far = distances(base.signs[places], signs)
        return base.assets[places[_smallest(far, looks)]]

    def _scored(self, assets: Sequence[int], query: Floats) -> tuple[Ids, Floats]:
        """The exact nearness of assets that the store has a vector of."""
        found = self._store.vectors(self._space, [AssetId(asset) for asset in assets])
        if not found:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        ids, blobs = zip(*found, strict=True)
        return np.array(ids, dtype=np.int64), _floats(blobs) @ query

    def _usual(self, query: Floats) -> Floats:
        """How near some photos are, taken from the whole library."""
        assert self._tail is not None
        if self._base is None:
            return self._tail.rows @ query
        if self._sample is None:
            every = max(1, len(self._base.assets) // _SAMPLE)
            ids = [AssetId(asset) for asset in self._base.assets[::every].tolist()]
            blobs = [blob for _, blob in self._store.vectors(self._space, ids)]
            self._sample = _floats(blobs) if blobs else self._tail.rows.copy()
        return self._sample @ query

    # --- following ---------------------------------------------------------------------------

    def _load(self, last: int) -> None:
        """Begin with the cache, unless it is of another store."""
        base = Base.load(self._file, self._space)
        if base is not None and base.change <= last and len(base.assets):
            self._settle(base)
        elif base is not None or self._file.exists():
            self._file.unlink(missing_ok=True)
        self._is_loaded = True

    def _settle(self, base: Base) -> None:
        with self._lock:
            self._base, self._sample = base, None
            self._change = base.change
            self._dimensions = self._dimensions or self._kept_dimensions(base)
            self._tail = Tail(self._dimensions)

    def _kept_dimensions(self, base: Base) -> int:
        for asset in base.assets.tolist():
            found = self._store.vectors(self._space, [AssetId(asset)])
            if found:
                return len(_floats([found[0][1]])[0])
        return int(base.signs.shape[1]) * 64

    def _take(self, moved: Sequence[Moved]) -> None:
        with self._lock:
            for one in moved:
                self._take_one(one)
            self._change = moved[-1].change
        if self._tail is not None and len(self._tail) > self._tail_room():
            self._fold()

    def _take_one(self, moved: Moved) -> None:
        if self._base is not None:
            self._base.forget(moved.asset)
        if self._tail is not None:
            self._tail.forget(moved.asset)
        if moved.vector is None:
            return
        row = _floats([moved.vector])[0]
        if self._tail is None:
            self._dimensions = len(row)
            self._tail = Tail(len(row))
        if len(row) == self._dimensions:  # a server that changed its mind is not followed
            self._tail.put(moved.asset, row)

    def _tail_room(self) -> int:
        if self._base is None:
            return self._exact_up_to
        return min(max(_TAIL_LEAST, len(self._base.assets) // 20), _TAIL_MOST)

    def _fold(self) -> None:
        """Put the tail into the base."""
        base = write_base(
            self._file,
            space=self._space,
            change=self._change,
            words=words_of(self._dimensions),
            pieces=self._pieces(),
        )
        self._settle(base)

    def _pieces(self) -> Iterator[tuple[Ids, Signs]]:
        assert self._tail is not None
        if self._base is not None:
            for start in range(0, len(self._base.assets), _CHUNK):
                part = slice(start, start + _CHUNK)
                alive = self._base.alive[part]
                yield self._base.assets[part][alive], self._base.signs[part][alive]
        for start in range(0, len(self._tail), _CHUNK):
            rows = self._tail.rows[start : start + _CHUNK]
            yield self._tail.assets[start : start + _CHUNK], signs_of(rows)


def _middle(usual: Floats) -> float:
    if not len(usual):
        return 0.0
    return float(usual.mean() if len(usual) >= _LARGE else np.quantile(usual, 0.1))


def _floats(blobs: Sequence[bytes]) -> Floats:
    """Vectors as the store keeps them, as rows."""
    flat = np.frombuffer(b"".join(blobs), dtype="<f2")
    return flat.reshape(len(blobs), -1).astype(np.float32)


def _smallest(values: "np.ndarray[tuple[int, ...], np.dtype[np.uint16]]", count: int) -> Ids:
    """Where the smallest values stand, in any order; far ones are none."""
    if len(values) > count:
        places = np.argpartition(values, count)[:count]
    else:
        places = np.arange(len(values))
    return places[values[places] < _FAR]
