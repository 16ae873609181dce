"""Scenes close at hand: streets at night, flowers, leaves, a cup on a table."""

from dataclasses import dataclass

import numpy as np
from PIL import ImageDraw

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
    pick,
    shine,
    skyline,
)

Size = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class City:
    """Towers with lit windows above water that shows them again."""

    sky: tuple[str, ...] = ("0b1230", "2b2a55", "b5655f", "f0a868")
    walls: str = "131830"
    lights: tuple[str, ...] = ("ffd58a", "ffe9c0", "ffb45e", "9fd0ff")

    def __call__(self, chance: Chance, size: Size) -> Picture:
        width, height = size
        shore = int(height * 0.66)
        picture = gradient((width, shore), *self.sky)
        for depth in range(3):
            picture = self._row(chance, picture, depth)
        mirrored = picture[::-1][: height - shore]
        waves = (skyline(chance, len(mirrored), cells=40) - 0.5) * width * 0.02
        water = np.stack(
            [np.roll(row, int(by), axis=0) for row, by in zip(mirrored, waves, strict=True)]
        )
        whole = np.concatenate([picture, blurred(water.astype(np.float32), 2.5) * 0.62])
        missing = height - whole.shape[0]
        whole = (
            np.concatenate([whole, np.repeat(whole[-1:], missing, axis=0)]) if missing else whole
        )
        soft = blurred(np.clip(whole - 0.55, 0, 1) * 2, 14)
        return np.asarray(1 - (1 - whole) * (1 - np.clip(soft, 0, 1) * 0.7))

    def _row(self, chance: Chance, picture: Picture, depth: int) -> Picture:
        height, width = picture.shape[:2]
        image = as_image(picture)
        pen = ImageDraw.Draw(image)
        base, far = np.asarray(colour(self.walls)), np.asarray(colour(self.sky[-2]))
        share = (0.45, 0.2, 0.0)[depth]
        wall = tuple(int(255 * v) for v in base * (1 - share) + far * share)
        x = -20.0
        while x < width:
            wide = float(chance.uniform(0.035, 0.085)) * width
            tall = float(chance.beta(2, 3)) * (0.85 - 0.2 * depth) + 0.1
            top = height * (1 - tall)
            pen.rectangle((x, top, x + wide, height), wall)
            if depth:
                self._windows(chance, pen, (x, top, x + wide, float(height)))
            x += wide * float(chance.uniform(0.9, 1.3))
        return np.asarray(image, np.float32) / 255

    def _windows(
        self, chance: Chance, pen: ImageDraw.ImageDraw, box: tuple[float, float, float, float]
    ) -> None:
        left, top, right, bottom = box
        step = 11
        lit = float(chance.uniform(0.2, 0.6))
        for y in np.arange(top + 8, bottom - 6, step * 1.4):
            for x in np.arange(left + 5, right - 8, step):
                if chance.random() < lit:
                    paint = tuple(int(255 * c) for c in pick(chance, self.lights))
                    pen.rectangle((x, y, x + 5, y + 7), paint)


@dataclass(frozen=True, kw_only=True)
class Lights:
    """A street at night, out of focus: discs of light, wet ground below."""

    dark: tuple[str, ...] = ("0a0d18", "1b1a2e", "2a1c24")
    lights: tuple[str, ...] = ("ffb347", "ff6961", "ffe08a", "77b5fe", "9be7c4")

    def __call__(self, chance: Chance, size: Size) -> Picture:
        picture = gradient(size, *self.dark)
        for _ in range(48):
            at = (float(chance.random()), float(np.clip(chance.normal(0.45, 0.16), 0.03, 0.97)))
            radius = float(chance.uniform(0.02, 0.07))
            paint, strength = pick(chance, self.lights), float(chance.uniform(0.15, 0.6))
            ring = disc(picture, at, radius, 3)
            ring = ring * (0.75 + 0.25 * (1 - disc(picture, at, radius * 0.86, 6)))
            picture = shine(picture, ring * strength, paint)
            below_it = disc(picture, (at[0], 1.5 - at[1] * 0.9), radius * 0.8, 60)
            picture = shine(picture, below_it * strength * 0.35, paint)
        return picture


@dataclass(frozen=True, kw_only=True)
class Flower:
    """One flower, sharp before a blurred garden."""

    petals: str
    heart: str
    garden: tuple[str, ...] = ("7fa65a", "47733f", "23402a")
    count: int = 21
    blooms: tuple[tuple[float, float, float], ...] = ((0.52, 0.46, 0.34),)

    def __call__(self, chance: Chance, size: Size) -> Picture:
        picture = gradient(size, *self.garden)
        for _ in range(45):
            at = (float(chance.random()), float(chance.random()))
            soft = disc(picture, at, float(chance.uniform(0.04, 0.16)), 40)
            picture = shine(
                picture,
                soft * float(chance.uniform(0.05, 0.22)),
                pick(chance, (*self.garden, "e8f0a8", self.petals)),
            )
        picture = blurred(picture, 14)
        for bloom in self.blooms:
            picture = self._stalk(picture, bloom)
            picture = self._bloom(chance, picture, bloom)
        return picture

    def _stalk(self, picture: Picture, bloom: tuple[float, float, float]) -> Picture:
        height, width = picture.shape[:2]
        image = as_image(picture)
        pen = ImageDraw.Draw(image)
        x, y, thick = bloom[0] * width, bloom[1] * height, int(bloom[2] * height * 0.07) + 2
        bend = [
            (x + np.sin(t * 2.2) * thick * 2.5, y + (height - y) * t)
            for t in np.linspace(0, 1.05, 24)
        ]
        pen.line(bend, (62, 104, 52), thick)
        return np.asarray(image, np.float32) / 255

    def _bloom(
        self, chance: Chance, picture: Picture, bloom: tuple[float, float, float]
    ) -> Picture:
        height, width = picture.shape[:2]
        rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
        dx, dy = columns - bloom[0] * width, (rows - bloom[1] * height) * 1.12
        far = np.hypot(dx, dy) / (bloom[2] * height)
        angle = np.arctan2(dy, dx)
        for layer, (length, tint) in enumerate(((1.0, 0.95), (0.88, 1.08), (0.72, 1.2))):
            turn = angle * self.count / 2 + layer * 1.1 + float(chance.uniform(0, 3))
            wave = np.abs(np.cos(turn)) ** 0.55
            edge = length * (0.62 + 0.38 * wave)
            mask = np.clip((edge - far) * bloom[2] * height / 2.5, 0, 1)
            veins = 0.86 + 0.14 * np.cos(angle * self.count * 5 + far * 4) * far
            shade = (tint * (0.6 + 0.42 * np.clip(far, 0, 1)) * (0.72 + 0.28 * wave) * veins)[
                ..., None
            ]
            picture = lay(
                picture,
                mask.astype(np.float32),
                (np.asarray(colour(self.petals)) * shade).astype(np.float32),
            )
        seeds = clouds(chance, (width, height), cells=(120, 90), octaves=2)
        ball = np.clip((0.3 - far) * bloom[2] * height / 3, 0, 1)
        shade = ((0.5 + 0.7 * seeds) * (1.15 - far * 1.7))[..., None]
        return lay(
            picture,
            ball.astype(np.float32),
            (np.asarray(colour(self.heart)) * shade).astype(np.float32),
        )


@dataclass(frozen=True, kw_only=True)
class Cup:
    """A cup from above on a wooden table."""

    drink: str = "5a3420"
    milk: str = "e9cfa6"
    wood: tuple[str, str] = ("8a5a36", "5e3a22")
    china: str = "f4f1ea"

    def __call__(self, chance: Chance, size: Size) -> Picture:
        width, height = size
        grain = clouds(chance, size, cells=(2, 40), octaves=5, rough=0.6)[..., None]
        planks = (np.floor(np.linspace(0, 4.4, height)) % 2)[:, None, None] * 0.07
        light, dark = (np.asarray(colour(c)) for c in self.wood)
        picture = ((light * grain + dark * (1 - grain)) * (1.02 - planks)).astype(np.float32)
        picture = shine(picture, glow(picture, (0.1, 0.0), 0.9) * 0.4, colour("fff0d8"))
        at, unit = (0.54, 0.53), 0.3
        picture = lay(picture, disc(picture, (0.57, 0.58), unit * 1.28, 60) * 0.6, colour("1c0f08"))
        picture = self._china(picture, at, unit * 1.26, rim=0.96)
        picture = lay(
            picture, disc(picture, (0.555, 0.555), unit * 0.9, 40) * 0.4, colour("4a3a30")
        )
        picture = self._china(picture, at, unit * 0.82, rim=0.92)
        surface = disc(picture, at, unit * 0.74, 3)
        rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
        dx, dy = (
            (columns - at[0] * width) / (unit * height),
            (rows - at[1] * height) / (unit * height),
        )
        heart = np.abs(
            np.sin((np.hypot(dx * 1.15, dy - np.abs(dx) * 0.7) * 13) + clouds(chance, size) * 2.5)
        )
        inside = np.clip(1.15 - np.hypot(dx * 1.5, dy * 1.3 + 0.05) * 1.7, 0, 1)
        share = np.clip(heart * 1.4 - 0.2, 0, 1) * np.clip(inside * 2.4, 0, 1)
        paint = (
            np.asarray(colour(self.drink)) * (1 - share[..., None])
            + np.asarray(colour(self.milk)) * share[..., None]
        )
        picture = lay(picture, surface, paint.astype(np.float32))
        edge = surface * (1 - disc(picture, at, unit * 0.68, 14))
        return lay(picture, edge * 0.6, colour("2b160c"))

    def _china(
        self, picture: Picture, at: tuple[float, float], radius: float, *, rim: float
    ) -> Picture:
        picture = lay(picture, disc(picture, at, radius, 2), colour(self.china))
        inner = disc(picture, at, radius * rim, 5)
        rows = np.linspace(0.8, 1.0, picture.shape[0], dtype=np.float32)[:, None, None]
        return lay(
            picture,
            inner,
            np.broadcast_to(
                np.asarray(colour(self.china), np.float32) * rows, picture.shape
            ).astype(np.float32),
        )


@dataclass(frozen=True, kw_only=True)
class Trunks:
    """A wood of bare trunks with coloured leaves and light between them."""

    light: tuple[str, ...] = ("ffe9b0", "f5b14c", "a8501f")
    leaves: tuple[str, ...] = ("e76f24", "f4a63a", "c8401c", "f7cf5a", "8f3b16")
    bark: str = "2a1a12"

    def __call__(self, chance: Chance, size: Size) -> Picture:
        width, height = size
        picture = shine(
            gradient(size, *self.light),
            glow(gradient(size, *self.light), (0.55, 0.3), 0.6),
            colour("fff3cf"),
        )
        for depth in range(4):
            picture = self._leaves(chance, blurred(picture, 5 - depth), depth)
            for _ in range(7 - depth):
                x, wide = (
                    float(chance.random()),
                    (0.006 + 0.008 * depth) * float(chance.uniform(0.7, 1.5)),
                )
                columns = np.arange(width) / width
                sway = (skyline(chance, height, cells=2, rough=0.3) - 0.5) * 0.03
                mask = np.clip(
                    (wide - np.abs(columns[None, :] - x - sway[:, None])) * width / 3, 0, 1
                )
                picture = lay(
                    picture, (mask * (0.55 + 0.14 * depth)).astype(np.float32), colour(self.bark)
                )
        floor = (0.82 + skyline(chance, width, cells=3, rough=0.3) * 0.05).astype(np.float32)
        litter = clouds(chance, size, cells=(70, 50), octaves=3, rough=0.8)[..., None]
        ground = (
            np.asarray(colour(self.leaves[2])) * (1 - litter)
            + np.asarray(colour(self.leaves[1])) * litter
        )
        picture = lay(picture, below(picture, floor) * 0.92, (ground * 0.8).astype(np.float32))
        return self._leaves(chance, picture, 4)

    def _leaves(self, chance: Chance, picture: Picture, depth: int) -> Picture:
        height, width = picture.shape[:2]
        image = as_image(picture)
        pen = ImageDraw.Draw(image)
        for _ in range(420):
            x, y = float(chance.random()) * width, abs(float(chance.normal(0, 0.26))) * height
            r = height * (0.004 + 0.0022 * depth) * float(chance.uniform(0.6, 1.5))
            paint = tuple(int(255 * c) for c in pick(chance, self.leaves))
            pen.ellipse((x - r, y - r * 0.7, x + r, y + r * 0.7), paint)
        return np.asarray(image, np.float32) / 255
