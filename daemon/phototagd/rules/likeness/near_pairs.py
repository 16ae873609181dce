"""Which of very many sketches are near each other?

Two hashes that differ in at most four of 64 bits agree in one of four bands of 16 bits, or
differ by exactly one bit in each. So photos are compared that share a band, and photos whose
first band differs by one bit: nothing is missed, and a million photos take seconds.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from phototagd.domain.likeness import Sketched
from phototagd.rules.likeness.nearness import NEAR_ASPECT, NEAR_DHASH, NEAR_PHASH

_BANDS = 4
_BAND_BITS = 16
_LARGEST_BUCKET = 4000  # so many photos in a band share what says nothing: margins, darkness
_AT_ONCE = 1 << 20

Rows = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


def near_pairs(photos: Sequence[Sketched]) -> list[tuple[int, int]]:
    """Pairs for which `is_near`, as positions, that join whatever is near in any number of steps.

    Of equal photos each is paired with the first of them alone. Photos that share a band of
    their hash with thousands of others are not compared by that band.
    """
    kept = [index for index, photo in enumerate(photos) if not photo.sketch.is_flat]
    firsts: dict[tuple[int, int, float], int] = {}
    found = []
    for index in kept:
        photo = photos[index]
        look = (photo.sketch.phash, photo.sketch.dhash, photo.aspect)
        first = firsts.setdefault(look, index)
        if first != index:
            found.append((first, index))
    columns = list(firsts)
    phashes = np.array([phash for phash, _, _ in columns], dtype=np.uint64)
    dhashes = np.array([dhash for _, dhash, _ in columns], dtype=np.uint64)
    aspects = np.array([aspect for _, _, aspect in columns])
    at = list(firsts.values())
    for one, other in _candidates(phashes):
        is_same = np.bitwise_count(phashes[one] ^ phashes[other]) <= NEAR_PHASH
        one, other = one[is_same], other[is_same]  # noqa: PLW2901 -- ever fewer of the chunk
        wider = np.maximum(aspects[one], aspects[other])
        is_same = np.bitwise_count(dhashes[one] ^ dhashes[other]) <= NEAR_DHASH
        is_same &= np.abs(aspects[one] - aspects[other]) <= NEAR_ASPECT * wider
        for left, right in zip(one[is_same].tolist(), other[is_same].tolist(), strict=True):
            found.append((min(at[left], at[right]), max(at[left], at[right])))
    return sorted(set(found))


def _candidates(phashes: Hashes) -> Iterator[tuple[Rows, Rows]]:
    mask = np.uint64((1 << _BAND_BITS) - 1)
    for band in range(_BANDS):
        keys = (phashes >> np.uint64(band * _BAND_BITS)) & mask
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        ends = _ends(ordered, ordered)
        # Each of a bucket asks those behind it, so that no pair comes twice.
        yield from _pairs(order, np.minimum(np.arange(1, len(order) + 1), ends), ends)
        if band == 0:
            for bit in range(_BAND_BITS):
                flipped = ordered ^ np.uint64(1 << bit)
                starts = np.searchsorted(ordered, flipped, side="left")
                # Either of two hashes would find the other: the one without the bit asks.
                ends = np.where(flipped > ordered, _ends(ordered, flipped), starts)
                yield from _pairs(order, starts, ends)


def _ends(ordered: Hashes, keys: Hashes) -> Rows:
    """Behind the bucket of each key; before it, where the bucket says nothing."""
    starts = np.searchsorted(ordered, keys, side="left")
    ends = np.searchsorted(ordered, keys, side="right")
    return np.where(ends - starts > _LARGEST_BUCKET, starts, ends)


def _pairs(order: Rows, starts: Rows, ends: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Each row with the rows in its span of the order, some million pairs at once."""
    lengths = np.maximum(ends - starts, 0)
    totals = np.concatenate(([0], np.cumsum(lengths)))
    first = 0
    while first < len(order):
        last = int(np.searchsorted(totals, totals[first] + _AT_ONCE, side="right")) - 1
        last = min(max(last, first + 1), len(order))
        counts = lengths[first:last]
        rows = np.repeat(np.arange(first, last), counts)
        steps = np.arange(len(rows)) - np.repeat(totals[first:last] - totals[first], counts)
        if len(rows):
            yield order[rows], order[starts[rows] + steps]
        first = last
