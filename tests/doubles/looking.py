"""What a prepared picture shows, for assertions."""

import io

from PIL import Image

from doubles.pictures import CORNERS
from phototagd.domain.asset import Prepared

Colour = tuple[int, ...]


def colour_at(prepared: Prepared, x: float, y: float) -> Colour:
    """The colour at a place given as shares of width and height."""
    with Image.open(io.BytesIO(prepared.jpeg)) as image:
        pixel = image.convert("RGB").getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(pixel, tuple)
    return tuple(int(part) for part in pixel)


def is_near(colour: Colour, wanted: Colour, tolerance: int = 24) -> bool:
    """Whether two colours look alike."""
    return all(abs(a - b) <= tolerance for a, b in zip(colour, wanted, strict=True))


def is_upright(prepared: Prepared, tolerance: int = 24) -> bool:
    """Whether the coloured quarters of `pictures.draw` lie where they were drawn."""
    places = ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8))
    return all(
        is_near(colour_at(prepared, *place), colour, tolerance)
        for place, colour in zip(places, CORNERS, strict=True)
    )
