"""The photos of the portrait: what is painted, when and where it was, and what a model would say.

Chance is seeded by the number in the album: the same photos every time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from portrait.canvas import Chance, Picture
from portrait.close import City, Cup, Flower, Lights, Trunks
from portrait.far import Balloons, Beach, Dunes, Field, Firs, Hills, Sea, Stars

Scene = Callable[[Chance, tuple[int, int]], Picture]
WIDE, TALL, SQUARE, LONG = (1500, 1000), (900, 1200), (1100, 1100), (2200, 900)

_DAWN = Hills(sky=("3b4a78", "c98a86", "ffd3a1"), near="1d2238", haze="d9a18f")
_GREEN = Hills(
    sky=("5b9bd5", "bcd9ee", "f2f4e6"), near="1e4d2b", haze="a9c9c4", sun=None, rough=0.45
)
_BLUE = Hills(sky=("27457a", "7fa3cf", "e9d9c6"), near="14243d", haze="9fb6d3", sun=(0.3, 0.4))
_DUSK = Sea(
    sky=("2b2d5c", "c2566b", "ffb36b"),
    water=("e08a5a", "4a3560", "171a35"),
    light="ffcf87",
    has_boat=True,
)
_GOLD = Sea(
    sky=("35507c", "e7a25f", "ffe0a0"),
    water=("d79a63", "6a5a78", "222a4a"),
    light="ffe2a8",
    sun=0.7,
)
_MOON = Sea(
    sky=("060b1e", "14264c", "2f4d78"),
    water=("243d63", "0a1530", "040814"),
    light="dbe8ff",
    is_high=True,
    sun=0.4,
)
_NOON = Sea(
    sky=("2c7fc9", "8fc6ee", "e2f1f7"),
    water=("4fb3c9", "1b7fa8", "0b4f7d"),
    light="ffffff",
    is_high=True,
    sun=0.8,
    has_boat=True,
)
_FOG = Firs(sky=("8fa3ad", "c3ced1", "e6e9e6"), far="a9b7ba", near="18302c")
_SNOW = Firs(sky=("9db4cf", "d5dfeb", "f4f6fa"), far="b7c6d6", near="2c4152", snow="ffffff")
_LAVENDER = Field(crop=("7a4fb0", "8d63c4"), ground="4b6b35")
_TULIPS = Field(crop=("d62839", "f4b942", "e85d9e", "f3f0e7"), ground="3f7a35")
_RAPE = Field(crop=("f2c618", "e8b90c"), ground="5b7d2b")
_DAISIES = Flower(
    petals="fbfbf7", heart="e3a917", count=23, blooms=((0.3, 0.55, 0.2), (0.66, 0.4, 0.26))
)
_SUNFLOWER = Flower(petals="f6b819", heart="4a2c12", count=27)
_ASTER = Flower(
    petals="a678d8", heart="f0b429", count=33, garden=("6f8f7a", "3f5f55", "1e332f"),
    blooms=((0.45, 0.42, 0.25),),
)  # fmt: skip
_GERBERA = Flower(petals="e8553d", heart="5a2416", count=29, garden=("b8c27a", "6a8a4a", "2e4a2c"))

_BERGEN, _LOFOTEN = (60.39, 5.32), (68.23, 14.56)
_NICE, _LISBON, _VALENSOLE = (43.70, 7.27), (38.71, -9.14), (43.84, 5.98)
_CAPPADOCIA, _DUBAI, _HONG_KONG = (38.64, 34.83), (25.20, 55.27), (22.28, 114.16)
_AMSTERDAM, _FREIBURG = (52.37, 4.90), (47.99, 7.85)
_GUILIN, _SYDNEY = (25.27, 110.29), (-33.87, 151.21)


@dataclass(frozen=True)
class Photo:
    """One photo: its scene and shape, date and place, and the words that fit it."""

    scene: Scene
    size: tuple[int, int]
    taken: str
    place: tuple[float, float] | None
    caption: str
    keywords: str
    category: str
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> dict[str, Any]:
        """What the model says of it, in the fields of the profile `photos`."""
        keywords = self.keywords.split(", ")
        said = {"mood": ["calm"], "objects": keywords[:3], "people": 0, "text": []}
        return {
            "caption": self.caption,
            "category": self.category,
            "keywords": keywords,
            **said,
            "sensitive": "none",
            **self.more,
        }


ALBUM = (
    Photo(Balloons(hills=_DAWN), WIDE, "2026:10:18 07:12:40", _CAPPADOCIA,
          "Hot-air balloons drift over misty hills at sunrise.",
          "hot-air balloon, sunrise, hill, mist, sky, travel", "landscape",
          {"mood": ["majestic", "calm"], "objects": ["balloon", "basket", "hill", "sun"]}),
    Photo(Cup(), TALL, "2026:10:17 10:03:11", None,
          "A cup of coffee with latte art on a wooden table.",
          "coffee, cup, latte art, wooden table, breakfast", "food", {"mood": ["cozy"]}),
    Photo(Trunks(), WIDE, "2026:10:11 15:20:02", _FREIBURG,
          "Autumn leaves glow between dark trunks in low sunlight.",
          "autumn, forest, leaf, tree, sunlight", "forest", {"mood": ["nostalgic"]}),
    Photo(_ASTER, SQUARE, "2026:10:10 11:41:50", _FREIBURG,
          "A purple aster before a blurred garden.",
          "aster, flower, purple, garden, macro", "flower", {"mood": ["tender"]}),
    Photo(_FOG, WIDE, "2026:10:04 08:30:09", _FREIBURG,
          "Rows of firs fade into the morning fog.",
          "fir, forest, fog, morning, autumn", "forest", {"mood": ["mysterious"]}),
    Photo(_GREEN, LONG, "2026:10:03 16:11:35", _GUILIN,
          "Green mountain ranges, one behind the other, under a blue sky.",
          "mountain, green, range, panorama, sky", "mountain", {"mood": ["majestic"]}),
    Photo(_GERBERA, TALL, "2026:10:02 11:18:28", None,
          "A red gerbera in full bloom.", "gerbera, flower, red, garden", "flower"),
    Photo(City(), WIDE, "2026:10:01 18:48:22", _HONG_KONG,
          "Skyscrapers with lit windows are mirrored in the harbour after sunset.",
          "skyline, skyscraper, harbour, night, city", "night", {"mood": ["energetic"]}),
    Photo(Lights(), WIDE, "2026:10:01 17:55:05", _AMSTERDAM,
          "Coloured lights of a street at night, out of focus.",
          "lights, street, night, bokeh", "street", {"mood": ["romantic"]}),
    Photo(_DUSK, WIDE, "2026:08:22 20:31:17", _LISBON,
          "A sailing boat crosses a glowing sea at sunset.",
          "sailing boat, sea, sunset, reflection, evening", "sea",
          {"mood": ["romantic", "calm"], "objects": ["boat", "sail", "sun", "wave"]}),
    Photo(Beach(), TALL, "2026:08:20 12:15:44", _SYDNEY,
          "Turquoise waves run onto a pale beach, seen from above.",
          "beach, wave, sand, turquoise water, summer", "beach", {"mood": ["cheerful"]}),
    Photo(_NOON, WIDE, "2026:08:19 13:02:08", _NICE,
          "A white sailing boat on a bright blue sea.",
          "sailing boat, sea, summer, blue, horizon", "sea", {"mood": ["cheerful"]}),
    Photo(_SUNFLOWER, SQUARE, "2026:08:09 17:25:30", _VALENSOLE,
          "A sunflower turns towards the evening light.",
          "sunflower, flower, yellow, summer, garden", "flower", {"mood": ["cheerful"]}),
    Photo(Stars(), TALL, "2026:08:12 01:10:00", _FREIBURG,
          "The Milky Way rises over dark hills.",
          "milky way, star, night sky, mountain, galaxy", "sky", {"mood": ["majestic"]}),
    Photo(_LAVENDER, WIDE, "2026:07:05 10:44:19", _VALENSOLE,
          "Rows of lavender run to the hills under white clouds.",
          "lavender, field, summer, cloud, purple", "landscape"),
    Photo(_DAISIES, WIDE, "2026:06:14 09:55:41", _FREIBURG,
          "Two daisies in a green meadow.",
          "daisy, flower, meadow, white, spring", "flower", {"mood": ["tender"]}),
    Photo(_GOLD, LONG, "2026:06:02 20:58:13", _LISBON,
          "The last sun lies golden on a calm sea.",
          "sea, sunset, golden light, horizon, panorama", "sea"),
    Photo(_TULIPS, WIDE, "2026:04:19 12:30:33", _AMSTERDAM,
          "Tulips in red, yellow, pink and white stand in long rows.",
          "tulip, field, spring, flower, row, cloud", "flower", {"mood": ["cheerful"]}),
    Photo(Stars(aurora="3dfcb0"), WIDE, "2026:02:11 22:40:51", _LOFOTEN,
          "Green northern lights dance over a black mountain ridge.",
          "northern lights, night sky, star, mountain, winter", "night", {"mood": ["mysterious"]}),
    Photo(_SNOW, TALL, "2026:01:18 14:07:26", _FREIBURG,
          "Snow falls on a quiet forest of firs.",
          "snow, fir, forest, winter, snowfall", "snow"),
    Photo(_DAWN, LONG, "2025:08:16 06:21:47", _CAPPADOCIA,
          "Mountain ranges fade into rose and gold at dawn.",
          "mountain, dawn, mist, range, panorama", "mountain", {"mood": ["majestic"]}),
    Photo(Dunes(), WIDE, "2025:03:02 16:33:12", _DUBAI,
          "Wind has drawn sharp crests into orange dunes.",
          "dune, desert, sand, blue sky, travel", "landscape", {"mood": ["lonely"]}),
    Photo(_RAPE, WIDE, "2024:05:11 13:40:37", _FREIBURG,
          "A field of yellow rape under a wide sky.",
          "rapeseed, field, spring, yellow, cloud", "landscape"),
    Photo(_MOON, WIDE, "2023:11:27 21:15:59", _BERGEN,
          "A full moon lights a path across the dark sea.",
          "moon, sea, night, reflection, cloud", "night", {"mood": ["lonely", "calm"]}),
    Photo(_BLUE, WIDE, "2022:07:30 19:20:16", _BERGEN,
          "Blue ridges in the evening haze.",
          "mountain, ridge, haze, evening, blue", "mountain"),
    Photo(Beach(sand="e8cfa8", shallow="9fe0c8", deep="1a6f8f"), WIDE, "2021:08:03 11:09:54", _NICE,
          "Foam draws white lines along a quiet shore.",
          "beach, foam, sea, sand, aerial view", "beach"),
    Photo(_FOG, TALL, "2019:11:02 09:12:20", _BERGEN,
          "Firs stand in grey fog.", "fir, fog, forest, grey", "forest", {"mood": ["gloomy"]}),
)  # fmt: skip
