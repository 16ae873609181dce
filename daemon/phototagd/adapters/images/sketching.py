"""The sketch of a picture, from a decode that happens anyway."""

import numpy as np
from PIL import Image

from phototagd.adapters.images.picture import upright
from phototagd.domain.sketch import Sketch
from phototagd.rules.likeness.sketching import STEPS_SIZE, WAVES_SIDE, sketch

_SIDE = 256  # coarse enough that a tile and a photo of 50 megapixels look the same
_REDUCING_GAP = 3.0


def sketch_of(image: Image.Image, orientation: int) -> Sketch:
    """What the picture looks like once it is upright; takes about a millisecond."""
    # Pillow turns every mode into grey but for LAB, whose first channel is it.
    grey = image.getchannel(0) if image.mode == "LAB" else image.convert("L")
    grey.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP)
    grey = upright(grey, orientation)
    waves = grey.resize((WAVES_SIDE, WAVES_SIDE), Image.Resampling.LANCZOS)
    steps = grey.resize(STEPS_SIZE, Image.Resampling.LANCZOS)
    return sketch(np.asarray(waves), np.asarray(steps))
