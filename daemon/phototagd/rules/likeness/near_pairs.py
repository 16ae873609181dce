"""Which of very many sketches are near each other?

Two hashes that differ in at most four of 64 bits agree in one of four bands of 16 bits, or
differ by exactly one bit in each. So photos are compared that share a band, and photos whose
first band differs by one bit: nothing is missed, and a million photos take seconds.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from phototagd.domain.likeness import Sketched

NEAR_PHASH = 4
NEAR_DHASH = 6
NEAR_ASPECT = 0.02
_BANDS = 4
_BAND_BITS = 16
_LARGEST_BUCKET = 4000  # so many photos in a band share what says nothing: margins, darkness
_AT_ONCE = 1 << 20

Rows = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


def is_near(one: Sketched, other: Sketched) -> bool:
    """Whether two photos show the same picture; shapes may differ by two percent."""
    if one.sketch.is_flat or other.sketch.is_flat:
        return False
    return (
        (one.sketch.phash ^ other.sketch.phash).bit_count() <= NEAR_PHASH
        and (one.sketch.dhash ^ other.sketch.dhash).bit_count() <= NEAR_DHASH
        and abs(one.aspect - other.aspect) <= NEAR_ASPECT * max(one.aspect, other.aspect)
    )


def near_pairs(photos: Sequence[Sketched]) -> list[tuple[int, int]]:
    """All pairs for which `is_near`, each once, as positions, the smaller first.

    Photos that share a band of their hash with thousands are not compared by that band.
    """
    kept = [index for index, photo in enumerate(photos) if not photo.sketch.is_flat]
    phashes = np.array([photos[index].sketch.phash for index in kept], dtype=np.uint64)
    dhashes = np.array([photos[index].sketch.dhash for index in kept], dtype=np.uint64)
    aspects = np.array([photos[index].aspect for index in kept])
    found = set()
    for one, other in _candidates(phashes):
        is_same = np.bitwise_count(phashes[one] ^ phashes[other]) <= NEAR_PHASH
        one, other = one[is_same], other[is_same]  # noqa: PLW2901 -- ever fewer of the chunk
        wider = np.maximum(aspects[one], aspects[other])
        is_same = np.bitwise_count(dhashes[one] ^ dhashes[other]) <= NEAR_DHASH
        is_same &= np.abs(aspects[one] - aspects[other]) <= NEAR_ASPECT * wider
        for left, right in zip(one[is_same].tolist(), other[is_same].tolist(), strict=True):
            found.add((kept[min(left, right)], kept[max(left, right)]))
    return sorted(found)


def _candidates(phashes: Hashes) -> Iterator[tuple[Rows, Rows]]:
    mask = np.uint64((1 << _BAND_BITS) - 1)
    for band in range(_BANDS):
        keys = (phashes >> np.uint64(band * _BAND_BITS)) & mask
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        ends = np.searchsorted(ordered, ordered, side="right")
        yield from _pairs(order, np.arange(1, len(order) + 1), ends, order)
        if band == 0:
            for bit in range(_BAND_BITS):
                flipped = ordered ^ np.uint64(1 << bit)
                starts = np.searchsorted(ordered, flipped, side="left")
                ends = np.searchsorted(ordered, flipped, side="right")
                # Either of two hashes would find the other: the one without the bit asks.
                ends = np.where(flipped > ordered, ends, starts)
                yield from _pairs(order, starts, ends, order)


def _pairs(asking: Rows, starts: Rows, ends: Rows, answering: Rows) -> Iterator[tuple[Rows, Rows]]:
    """Each of `asking` with its run of `answering`, some million pairs at once."""
    lengths = np.maximum(ends - starts, 0)
    lengths[lengths > _LARGEST_BUCKET] = 0
    totals = np.concatenate(([0], np.cumsum(lengths)))
    first = 0
    while first < len(asking):
        last = int(np.searchsorted(totals, totals[first] + _AT_ONCE, side="right")) - 1
        last = min(max(last, first + 1), len(asking))
        counts = lengths[first:last]
        rows = np.repeat(np.arange(first, last), counts)
        steps = np.arange(len(rows)) - np.repeat(totals[first:last] - totals[first], counts)
        if len(rows):
            yield asking[rows], answering[starts[rows] + steps]
        first = last
