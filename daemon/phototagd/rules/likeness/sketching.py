"""What does a picture look like, in 128 bits that scaling and compressing hardly change?

pHash: the signs of the 8 x 8 lowest frequencies of a 32 x 32 picture around their median.
dHash: whether each of 8 x 8 fields is brighter than the one left of it. Both bit for bit as the
package ImageHash computes them (github.com/JohannesBuchner/imagehash), which would bring SciPy.
"""

import numpy as np
import numpy.typing as npt

from phototagd.domain.sketch import Sketch

WAVES_SIDE = 32
STEPS_SIZE = (9, 8)  # width, height
_KEPT = 8
_FLAT_SPREAD = 3.0  # standard deviation in grey levels; a wall in even light has less

Greys = npt.NDArray[np.uint8]


def sketch(waves: Greys, steps: Greys) -> Sketch:
    """The sketch of an upright picture, given in grey at 32 x 32 and at 9 x 8 pixels."""
    return Sketch(
        phash=_number(_lowest_waves(waves)),
        dhash=_number(steps[:, 1:] > steps[:, :-1]),
        is_flat=float(waves.std()) < _FLAT_SPREAD,
    )


def _lowest_waves(greys: Greys) -> npt.NDArray[np.bool_]:
    """DCT-II along both axes, of which only the lowest frequencies are needed."""
    turns = np.outer(np.arange(_KEPT), 2 * np.arange(WAVES_SIDE) + 1)
    cosines = np.cos(np.pi * turns / (2 * WAVES_SIDE))
    lowest = cosines @ greys.astype(np.float64) @ cosines.T
    return np.asarray(lowest > np.median(lowest))


def _number(bits: npt.NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(bits).tobytes(), "big")
