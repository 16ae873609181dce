"""How large is the picture that a model gets to see?

Vision encoders crash on pictures with a side below 28 to 32 pixels or an extreme aspect, so
a small picture is enlarged and a thin one is padded.
"""

import math
from dataclasses import dataclass

MIN_SIDE = 64
MAX_ASPECT = 20


@dataclass(frozen=True, slots=True)
class Frame:
    """The size to scale a picture to, and the canvas to centre it on; in pixels."""

    width: int
    height: int
    canvas_width: int
    canvas_height: int


def frame_for(width: int, height: int, long_side: int) -> Frame:
    """The frame for an upright picture of `width` by `height` pixels.

    The aspect is kept. The longer side is at most `long_side`; a picture is enlarged only
    until its shorter side has `MIN_SIDE` pixels. What still is too thin (shorter side below
    `MIN_SIDE`, aspect above `MAX_ASPECT`) is centred on a larger canvas.
    """
    long, short = max(width, height), min(width, height)
    scale = min(1.0, long_side / long)
    if short * scale < MIN_SIDE:
        scale = min(MIN_SIDE / short, max(long_side, MIN_SIDE) / long)
    scaled_width = max(1, round(width * scale))
    scaled_height = max(1, round(height * scale))
    side = max(MIN_SIDE, math.ceil(max(scaled_width, scaled_height) / MAX_ASPECT))
    return Frame(scaled_width, scaled_height, max(scaled_width, side), max(scaled_height, side))
