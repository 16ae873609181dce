"""Painting by numbers: what all scenes are made of. A picture is height x width x RGB, 0 to 1."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Picture = NDArray[np.floating[Any]]
Colour = tuple[float, float, float]
Chance = np.random.Generator


def colour(hexadecimal: str) -> Colour:
    """`"f4a261"` as three numbers."""
    red, green, blue = (int(hexadecimal[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def gradient(size: tuple[int, int], *colours: str) -> Picture:
    """Colours from top to bottom, blended."""
    width, height = size
    stops = np.array([colour(c) for c in colours])
    at = np.linspace(0, 1, height)
    known = np.linspace(0, 1, len(stops))
    column = np.stack([np.interp(at, known, stops[:, channel]) for channel in range(3)], axis=1)
    return np.repeat(column[:, None, :], width, axis=1).astype(np.float32)


def clouds(
    chance: Chance,
    size: tuple[int, int],
    *,
    cells: tuple[int, int] = (4, 4),
    octaves: int = 5,
    rough: float = 0.5,
) -> Picture:
    """Smooth noise from 0 to 1: `cells` across and down, finer and weaker in each octave."""
    width, height = size
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for octave in range(octaves):
        across, down = (max(2, cell * 2**octave + 1) for cell in cells)
        grid = chance.random((min(down, height), min(across, width))).astype(np.float32)
        blown_up = Image.fromarray(grid).resize(size, Image.Resampling.BICUBIC)
        total += weight * np.asarray(blown_up)
        weight *= rough
    low, high = float(total.min()), float(total.max())
    return ((total - low) / (high - low)).astype(np.float32)


def skyline(chance: Chance, width: int, *, cells: int = 3, rough: float = 0.5) -> Picture:
    """A line of hills from 0 to 1, one number for each column."""
    line: Picture = clouds(chance, (width, 8), cells=(cells, 1), octaves=7, rough=rough)[3]
    return np.asarray((line - line.min()) / max(1e-6, float(line.max() - line.min())))


def below(picture: Picture, line: Picture) -> Picture:
    """What lies below a line of heights (shares from the top), with a soft edge."""
    height = picture.shape[0]
    rows = np.arange(height, dtype=np.float32)[:, None]
    return np.asarray(np.clip(rows - line[None, :] * height + 0.5, 0, 1))


def disc(
    picture: Picture, centre: tuple[float, float], radius: float, soft: float = 1.5
) -> Picture:
    """A round mask; centre as shares of width and height, radius as one of the height."""
    height, width = picture.shape[:2]
    rows, columns = np.ogrid[:height, :width]
    far = np.hypot(columns - centre[0] * width, rows - centre[1] * height)
    return np.asarray(np.clip((radius * height - far) / soft + 0.5, 0, 1), np.float32)


def glow(picture: Picture, centre: tuple[float, float], radius: float) -> Picture:
    """Light that falls off from a centre, 1 there."""
    height, width = picture.shape[:2]
    rows, columns = np.ogrid[:height, :width]
    far = np.hypot(columns - centre[0] * width, rows - centre[1] * height) / (radius * height)
    return np.asarray(np.exp(-far * 1.6), np.float32)


def lay(picture: Picture, mask: Picture, paint: Colour | Picture) -> Picture:
    """Paint over the picture where the mask says so."""
    share = mask[..., None]
    return (picture * (1 - share) + np.asarray(paint, np.float32) * share).astype(np.float32)


def shine(picture: Picture, light: Picture, paint: Colour) -> Picture:
    """Light added as a screen adds it: never beyond white."""
    share = light[..., None] * np.asarray(paint, np.float32)
    return (1 - (1 - picture) * (1 - np.clip(share, 0, 1))).astype(np.float32)


def blurred(picture: Picture, radius: float) -> Picture:
    """As through a lens that looks elsewhere."""
    image = as_image(picture).filter(ImageFilter.GaussianBlur(radius))
    return np.asarray(image, np.float32) / 255


def as_image(picture: Picture) -> Image.Image:
    """For Pillow."""
    return Image.fromarray((np.clip(picture, 0, 1) * 255).astype(np.uint8))


def developed(chance: Chance, picture: Picture, *, grain: float = 0.012) -> Image.Image:
    """Darker corners, a little contrast and grain, as from a camera."""
    height, width = picture.shape[:2]
    rows, columns = np.ogrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    corners = 1 - 0.22 * np.clip(np.hypot(columns, rows) - 0.5, 0, 1)
    contrast = picture + 0.12 * (picture - 0.5) * (1 - np.abs(2 * picture - 1))
    noise = chance.normal(0, grain, (height, width, 1))
    return as_image((contrast * corners[..., None] + noise).astype(np.float32))


def pick(chance: Chance, colours: Sequence[str]) -> Colour:
    """One of them."""
    return colour(colours[int(chance.integers(len(colours)))])
