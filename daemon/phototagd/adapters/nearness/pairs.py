"""Which of some vectors are near each other? Exactly, in blocks that fit into the cache."""

from collections.abc import Sequence

import numpy as np

from phototagd.domain.meaning import Vector

_BLOCK = 512


def near_pairs(vectors: Sequence[Vector], at_least: float) -> list[tuple[int, int, float]]:
    """All pairs of vectors of length 1 whose cosine is at least so much: `(i, j, cosine)`, i < j.

    All must have the same number of dimensions.
    """
    if not vectors:
        return []
    rows = np.asarray(vectors, dtype=np.float32)
    found: list[tuple[int, int, float]] = []
    for start in range(0, len(rows), _BLOCK):
        cosines = rows[start : start + _BLOCK] @ rows[start:].T
        # Of each pair once: what lies right of the diagonal of the block.
        for one, other in np.argwhere(np.triu(cosines >= at_least, k=1)).tolist():
            found.append((start + one, start + other, float(cosines[one, other])))
    return found
