"""Scenes with a horizon: hills, sea, dunes, snow, stars. Each is painted from chance and size."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from portrait.canvas import (
    Chance,
    Picture,
    as_image,
    below,
    blurred,
    clouds,
    colour,
    disc,
    glow,
    gradient,
    lay,
    shine,
    skyline,
)

Size = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Hills:
    """Ranges one behind the other, paler with distance, under a low sun."""

    sky: tuple[str, ...]
    near: str
    haze: str
    sun: tuple[float, float] | None = (0.6, 0.42)
    ranges: int = 6
    rough: float = 0.52

    def __call__(self, chance: Chance, size: Size) -> Picture:
        picture = gradient(size, *self.sky)
        veil = clouds(chance, size, cells=(3, 9), octaves=5)
        picture = shine(picture, np.clip(veil - 0.55, 0, 1) * 0.9, colour(self.haze))
        if self.sun:
            picture = shine(picture, glow(picture, self.sun, 0.35), colour("ffd9a0"))
            picture = lay(picture, disc(picture, self.sun, 0.035, 4), colour("fff6df"))
        for number in range(self.ranges):
            near = number / max(1, self.ranges - 1)
            line = skyline(chance, size[0], cells=2 + number, rough=self.rough)
            top = 0.42 + 0.4 * near
            mask = below(picture, (top - line * (0.22 - 0.1 * near)).astype(np.float32))
            paint = (
                np.asarray(colour(self.haze)) * (1 - near) + np.asarray(colour(self.near)) * near
            )
            fading = gradient(size, "ffffff", "ffffff")
            shade = np.linspace(1.0, 1.22 - 0.3 * near, size[1], dtype=np.float32)
            picture = lay(picture, mask, (fading * paint * shade[:, None, None]).astype(np.float32))
        return picture


@dataclass(frozen=True, kw_only=True)
class Sea:
    """Water to the horizon, with the way of a sun or moon upon it."""

    sky: tuple[str, ...]
    water: tuple[str, ...]
    light: str
    sun: float = 0.5
    is_high: bool = False
    has_boat: bool = False

    def __call__(self, chance: Chance, size: Size) -> Picture:
        width, height = size
        horizon = 0.52
        above = (width, int(height * horizon))
        picture = np.concatenate(
            [gradient(above, *self.sky), gradient((width, height - above[1]), *self.water)]
        )
        veil = np.clip(clouds(chance, size, cells=(2, 8)) - 0.5, 0, 1) * 1.6
        veil[above[1] :] = 0
        picture = shine(picture, veil, colour(self.light))
        at = (self.sun, 0.18 if self.is_high else horizon - 0.06)
        picture = shine(picture, glow(picture, at, 0.3) * 0.9, colour(self.light))
        picture = lay(picture, disc(picture, at, 0.04, 3), colour("fffbe9"))
        picture = self._glitter(chance, picture, above[1])
        return self._boat(picture, horizon) if self.has_boat else picture

    def _glitter(self, chance: Chance, picture: Picture, horizon: int) -> Picture:
        height, width = picture.shape[:2]
        waves = clouds(chance, (width, height), cells=(14, 90), octaves=3, rough=0.7)
        rows = np.clip((np.arange(height) - horizon) / (height - horizon), 0, 1)
        columns = np.abs(np.arange(width) / width - self.sun)
        way = np.exp(-columns[None, :] / (0.05 + 0.22 * rows[:, None]))
        is_water = (np.arange(height) >= horizon)[:, None]
        ripples = np.clip(waves - 0.5, 0, 1) * 2.4 * way * is_water
        picture = lay(
            picture,
            (np.clip(0.55 - waves, 0, 1) * 0.5 * is_water).astype(np.float32),
            (0.02, 0.08, 0.14),
        )
        return shine(picture, ripples.astype(np.float32), colour(self.light))

    def _boat(self, picture: Picture, horizon: float) -> Picture:
        height, width = picture.shape[:2]
        image = as_image(picture)
        pen = ImageDraw.Draw(image)
        x, y, unit = width * 0.27, height * (horizon + 0.055), height * 0.05
        pen.polygon(
            [(x, y - 3.2 * unit), (x, y - 0.3 * unit), (x + 1.5 * unit, y - 0.3 * unit)],
            (245, 240, 230),
        )
        pen.polygon(
            [
                (x - 0.1 * unit, y - 2.6 * unit),
                (x - 0.1 * unit, y - 0.3 * unit),
                (x - unit, y - 0.3 * unit),
            ],
            (225, 215, 205),
        )
        pen.polygon(
            [
                (x - 1.2 * unit, y - 0.2 * unit),
                (x + 1.6 * unit, y - 0.2 * unit),
                (x + unit, y + 0.25 * unit),
                (x - 0.8 * unit, y + 0.25 * unit),
            ],
            (52, 40, 38),
        )
        return np.asarray(image, np.float32) / 255


@dataclass(frozen=True, kw_only=True)
class Beach:
    """A shore seen from above: sand, foam, shallow and deep water."""

    sand: str = "ecd9b4"
    shallow: str = "7fd8cf"
    deep: str = "0c7c9c"

    def __call__(self, chance: Chance, size: Size) -> Picture:
        width, height = size
        bend = clouds(chance, size, cells=(2, 2), octaves=4) * 0.34
        rows, columns = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
        depth = (columns * 0.35 + rows * 0.75 + bend - 0.62).astype(np.float32)
        grain = clouds(chance, size, cells=(60, 60), octaves=3)
        picture = gradient(size, self.sand, self.sand) * (0.9 + 0.16 * grain[..., None])
        picture = lay(
            picture, np.clip(1 - np.abs(depth + 0.05) / 0.06, 0, 1) * 0.35, colour("a98d62")
        )
        water = np.clip(depth / 0.5, 0, 1)[..., None]
        paint = (
            np.asarray(colour(self.shallow)) * (1 - water) + np.asarray(colour(self.deep)) * water
        )
        ripples = clouds(chance, size, cells=(18, 18), octaves=4)
        paint = paint * (0.86 + 0.28 * ripples[..., None])
        picture = lay(picture, np.clip(depth / 0.02, 0, 1), paint.astype(np.float32))
        foam = clouds(chance, size, cells=(12, 12), octaves=5, rough=0.7)
        for at, wide in ((0.0, 0.02), (0.11, 0.012), (0.23, 0.009)):
            band = np.clip(1 - np.abs(depth - at + (foam - 0.5) * 0.06) / wide, 0, 1)
            picture = lay(picture, band * np.clip(foam * 1.6, 0, 0.95), colour("ffffff"))
        return picture.astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class Dunes:
    """Sand hills, bright towards the sun and dark behind their crests."""

    sky: tuple[str, ...] = ("3d7fbf", "a7cbe2", "f3dcb8")
    sand: str = "d98e4a"
    shade: str = "7a3f22"

    def __call__(self, chance: Chance, size: Size) -> Picture:
        picture = gradient(size, *self.sky)
        for number in range(4):
            line = skyline(chance, size[0], cells=1 + number, rough=0.22)
            top = (0.46 + number * 0.13 - line * 0.16).astype(np.float32)
            crest = below(picture, top)
            slope = np.gradient(line) * size[0]
            lit = np.clip(0.62 - slope * 0.16, 0, 1)[None, :]
            ripples = clouds(chance, size, cells=(6, 70), octaves=2) * 0.16
            share = np.clip(lit + ripples - 0.08, 0, 1)[..., None]
            paint = np.asarray(colour(self.sand)) * share + np.asarray(colour(self.shade)) * (
                1 - share
            )
            picture = lay(picture, crest, (paint * (0.86 + 0.06 * number)).astype(np.float32))
        return picture


@dataclass(frozen=True, kw_only=True)
class Firs:
    """A forest of conifers in fog or snow."""

    sky: tuple[str, ...]
    far: str
    near: str
    snow: str = ""

    def __call__(self, chance: Chance, size: Size) -> Picture:
        width, height = size
        picture = gradient(size, *self.sky)
        for number in range(5):
            near = number / 4
            line = 0.5 + 0.1 * number - skyline(chance, width, cells=2, rough=0.4) * 0.12
            paint = np.asarray(colour(self.far)) * (1 - near) + np.asarray(colour(self.near)) * near
            layer = Image.new("L", size, 0)
            pen = ImageDraw.Draw(layer)
            unit = height * (0.035 + 0.05 * near)
            for x in np.arange(-unit, width + unit, unit * 0.5):
                at = x + float(chance.normal(0, unit * 0.15))
                foot = float(line[int(np.clip(at, 0, width - 1))]) * height + unit
                self._fir(pen, at, foot, unit * float(chance.uniform(0.8, 1.6)))
            mask = np.asarray(layer, np.float32) / 255
            mask = np.maximum(mask, below(picture, (line + unit / height * 0.8).astype(np.float32)))
            picture = lay(picture, mask, paint)
            if number < 4:
                fog = clouds(chance, size, cells=(3, 3)) * 0.22
                rows = np.clip(np.linspace(-0.6, 1.4, height), 0, 1)[:, None]
                picture = shine(picture, (fog * rows).astype(np.float32), colour(self.sky[-1]))
        return self._flakes(chance, picture) if self.snow else picture

    @staticmethod
    def _fir(pen: ImageDraw.ImageDraw, x: float, foot: float, unit: float) -> None:
        for storey in range(5):
            top, wide = foot - unit * (2.9 - storey * 0.5), unit * (0.2 + 0.1 * storey)
            pen.polygon(
                [(x, top), (x - wide, top + unit * 0.95), (x + wide, top + unit * 0.95)], 255
            )

    def _flakes(self, chance: Chance, picture: Picture) -> Picture:
        light = np.zeros(picture.shape[:2], np.float32)
        for _ in range(220):
            at = (float(chance.random()), float(chance.random()))
            _dab(light, at, float(chance.uniform(0.001, 0.0045)), float(chance.uniform(0.3, 0.9)))
        return shine(picture, light, colour(self.snow))


@dataclass(frozen=True, kw_only=True)
class Stars:
    """A clear night over hills, with the Milky Way or northern lights."""

    sky: tuple[str, ...] = ("050814", "0b1533", "22355c")
    aurora: str = ""

    def __call__(self, chance: Chance, size: Size) -> Picture:
        width, height = size
        picture = gradient(size, *self.sky)
        rows, columns = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
        mist = clouds(chance, size, cells=(5, 5), octaves=6, rough=0.6)
        if self.aurora:
            for number in range(3):
                bow = 0.22 + 0.1 * number + 0.16 * skyline(chance, width, cells=2, rough=0.3)
                up = rows - bow[None, :]
                rays = 0.5 + 0.5 * skyline(chance, width, cells=30)[None, :]
                curtain = np.where(up < 0, np.exp(up * 9), np.exp(-up * 40)) * rays
                picture = shine(picture, (curtain * 0.6).astype(np.float32), colour(self.aurora))
        else:
            across = np.abs(columns * 0.8 - rows + 0.05)
            band = np.exp(-across * 6) * mist
            picture = shine(picture, (band * 0.75).astype(np.float32), colour("b9a7d8"))
        light = np.zeros((height, width), np.float32)
        for _ in range(700):
            at = (float(chance.random()), float(chance.random()) ** 1.2)
            _dab(light, at, 0.0012, float(chance.random()) ** 3)
        picture = shine(picture, light, colour("ffffff"))
        line = 0.86 - skyline(chance, width, cells=3, rough=0.5) * 0.2
        return lay(picture, below(picture, line.astype(np.float32)), colour("03050a"))


@dataclass(frozen=True, kw_only=True)
class Field:
    """Rows of flowers or crops that run to the horizon under clouds."""

    crop: tuple[str, ...]
    ground: str
    sky: tuple[str, ...] = ("2f7fd0", "8cc0ec", "dcecf6")

    def __call__(self, chance: Chance, size: Size) -> Picture:
        width, height = size
        picture = gradient(size, *self.sky)
        heap = clouds(chance, size, cells=(4, 7), octaves=6, rough=0.55)
        picture = lay(picture, np.clip((heap - 0.52) * 3.2, 0, 0.95), colour("ffffff"))
        hill = 0.56 - skyline(chance, width, cells=3, rough=0.45) * 0.07
        picture = lay(picture, below(picture, hill.astype(np.float32)), colour("587a5a"))
        horizon = 0.58
        rows, columns = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j]
        deep = np.clip((rows - horizon) / (1 - horizon), 1e-3, 1)
        lanes = (columns - 0.5) / (0.12 + deep) * 7
        number = np.floor(lanes).astype(int) % len(self.crop)
        paint = np.array([colour(c) for c in self.crop])[number]
        speckle = clouds(chance, size, cells=(90, 60), octaves=3, rough=0.8)
        paint = paint * (0.62 + 0.7 * speckle[..., None])
        furrow = np.clip(np.abs(lanes - np.floor(lanes) - 0.5) * 2 - 0.72, 0, 1) * 3
        soil = np.clip(furrow, 0, 0.85)[..., None]
        paint = paint * (1 - soil) + np.asarray(colour(self.ground)) * soil
        is_field = below(picture, np.full(width, horizon, np.float32))
        return lay(picture, is_field, paint.astype(np.float32))


@dataclass(frozen=True, kw_only=True)
class Balloons:
    """Hot-air balloons over morning hills."""

    hills: Any
    colours: tuple[str, ...] = ("d1495b", "edae49", "00798c", "f4f1de", "e76f51")

    def __call__(self, chance: Chance, size: Size) -> Picture:
        picture: Picture = self.hills(chance, size)
        width, height = size
        places = ((0.26, 0.26, 0.105), (0.62, 0.15, 0.06), (0.8, 0.36, 0.075), (0.47, 0.44, 0.035))
        for across, down, radius in places:
            image = as_image(picture)
            pen = ImageDraw.Draw(image)
            x, y, r = across * width, down * height, radius * height
            stripes = [colour(str(one)) for one in chance.permutation(self.colours)[:2]]
            for stripe in range(6, -1, -1):
                share = np.sin((stripe + 1) / 7 * np.pi / 2)
                paint = tuple(int(255 * c) for c in stripes[stripe % 2])
                pen.ellipse((x - r * share, y - r, x + r * share, y + r), paint)
                pen.polygon(
                    [
                        (x - r * share * 0.86, y + r * 0.5),
                        (x + r * share * 0.86, y + r * 0.5),
                        (x + r * 0.12, y + r * 1.45),
                        (x - r * 0.12, y + r * 1.45),
                    ],
                    paint,
                )
            pen.rectangle((x - r * 0.13, y + r * 1.6, x + r * 0.13, y + r * 1.82), (74, 50, 36))
            picture = np.asarray(image, np.float32) / 255
        return blurred(picture, 0.8)


def _dab(light: Picture, at: tuple[float, float], radius: float, strength: float) -> None:
    """A small soft dot, put straight into the light: hundreds of them are needed."""
    height, width = light.shape
    x, y, r = int(at[0] * width), int(at[1] * height), max(1, round(radius * height))
    light[max(0, y - r) : y + r, max(0, x - r) : x + r] += strength
