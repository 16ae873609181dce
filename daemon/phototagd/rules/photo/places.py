"""Which place a photo was taken at, and what that place is called in Chinese.

The rule for places: the nearest one names the region (country and state). Within that region
the largest place whose disc holds the point wins over the nearest, so that a photo taken in a
city is in the city and not in the hamlet or the subdistrict that has its pin next door. A disc
has the area the population would need at 6,000 people per km², which fits dense old cities and
is tight for sprawling ones. A border or a state line is never crossed for a larger neighbour.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
POLE = 90.0  # degrees of latitude
ANTIMERIDIAN = 180.0  # degrees of longitude
KM_PER_DEGREE = EARTH_RADIUS_KM * math.pi / 180
REACH_KM = 100.0  # beyond this, no place is named: open sea, desert, ice
PEOPLE_PER_KM2 = 6000.0
LARGEST_DISC_KM = 40.0
MIN_VOTES = 2  # how often a pair of characters must be seen before it is believed
CITY = "市"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place near the photo; `region` is the same for places of one country and state."""

    index: int
    distance_km: float
    population: int
    region: int


def distance_km(latitude: float, longitude: float, latitude_2: float, longitude_2: float) -> float:
    """The great-circle distance of two points in degrees (haversine)."""
    phi, phi_2 = math.radians(latitude), math.radians(latitude_2)
    half_dphi = (phi_2 - phi) / 2
    half_dlambda = math.radians(longitude_2 - longitude) / 2
    h = math.sin(half_dphi) ** 2 + math.cos(phi) * math.cos(phi_2) * math.sin(half_dlambda) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))


def disc_km(population: int) -> float:
    """The radius of the disc a place of that population fills."""
    return min(LARGEST_DISC_KM, math.sqrt(population / (math.pi * PEOPLE_PER_KM2)))


def is_on_earth(latitude: float, longitude: float) -> bool:
    """Whether these are degrees of a point at all; NaN is not."""
    return abs(latitude) <= POLE and abs(longitude) <= ANTIMERIDIAN


def longitudes_within(
    latitude: float, longitude: float, reach_km: float
) -> tuple[tuple[float, float], ...]:
    """The spans of longitude that a circle around a point touches.

    Two where it crosses the antimeridian, all where it holds a pole. The half width is that of
    the bounding box of a spherical cap: asin(sin r / cos latitude).
    """
    angle = reach_km / EARTH_RADIUS_KM
    if abs(latitude) + math.degrees(angle) >= POLE:
        return ((-ANTIMERIDIAN, ANTIMERIDIAN),)
    half = math.degrees(math.asin(math.sin(angle) / math.cos(math.radians(latitude))))
    west, east, around = longitude - half, longitude + half, 2 * ANTIMERIDIAN
    if west < -ANTIMERIDIAN:
        return (west + around, ANTIMERIDIAN), (-ANTIMERIDIAN, east)
    if east > ANTIMERIDIAN:
        return (west, ANTIMERIDIAN), (-ANTIMERIDIAN, east - around)
    return ((west, east),)


def choose(candidates: Sequence[Candidate]) -> Candidate | None:
    """The place to name among those around a photo, None when nothing is within reach."""
    nearest = min(candidates, key=lambda c: (c.distance_km, -c.population), default=None)
    if nearest is None or nearest.distance_km > REACH_KM:
        return None
    around = (
        c
        for c in candidates
        if c.region == nearest.region and c.distance_km <= disc_km(c.population)
    )
    return max(around, key=lambda c: (c.population, -c.distance_km), default=nearest)


# --- Chinese names -------------------------------------------------------------------------


def is_han(text: str) -> bool:
    """Whether a name is written in Han characters alone."""
    return bool(text) and all("㐀" <= c <= "䶿" or "一" <= c <= "鿿" for c in text)


def is_simplified(text: str) -> bool:
    """Whether every character exists in mainland China's basic set (GB 2312)."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


class Simplifier:
    """Turns Traditional names into Simplified ones, with pairs learned from the data.

    A gazetteer that lists 蘇州 and 苏州 for one place teaches 蘇 = 苏. Names with a character
    that was never taught stay as they are.
    """

    def __init__(self) -> None:
        self._votes: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def learn(self, names: Iterable[str]) -> None:
        """Take note of the names of one place; those not in Han characters are ignored."""
        han = [n for n in names if is_han(n)]
        for old, new in _differences(han):
            self._votes[old][new] += 1

    def simplified(self, name: str) -> str:
        """The name in Simplified characters, or unchanged where that is not known."""
        candidate = "".join(map(self._character, name))
        return candidate if is_simplified(candidate) else name

    def _character(self, old: str) -> str:
        if old not in self._votes:
            return old
        new, votes = self._votes[old].most_common(1)[0]
        return new if votes >= MIN_VOTES else old


def _differences(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a Traditional and a Simplified character in two spellings of one name.

    Only true spellings count: of one length, something in common, and every difference a
    Traditional character on one side.
    """
    simplified = [n for n in names if is_simplified(n)]
    for old in names:
        for new in simplified:
            pairs = [(o, n) for o, n in zip(old, new, strict=False) if o != n]
            is_spelling = len(old) == len(new) and len(pairs) < len(old)
            if is_spelling and not any(is_simplified(o) for o, _ in pairs):
                yield from pairs


def chinese_name(alternates: Iterable[str], simplifier: Simplifier) -> str:
    """The Simplified Chinese name among a place's other names, empty when there is none.

    GeoNames' names carry no language, so a Japanese spelling can slip in. Names that were
    Simplified from the start go before converted ones; among several, the one that shares
    most with all others (旧金山 and 舊金山 outvote 三藩市); among equals the longer, as the
    mainland's transliterations are (佛罗伦萨, not 翡冷翠). The word for "city" is left out.
    """
    han = [n for n in alternates if is_han(n)]
    native = {_without_city(n) for n in han if is_simplified(n)}
    converted = Counter(simplifier.simplified(n) for n in han)
    votes: Counter[str] = Counter()
    for name, count in converted.items():
        # A name known both with and without "city" is the one in daily use.
        votes[_without_city(name)] += count + (name + CITY in converted)
    names = sorted(
        votes,
        key=lambda n: (n not in native, not is_simplified(n), -_support(n, votes), -len(n), n),
    )
    return names[0] if names else ""


def _without_city(name: str) -> str:
    return name.removesuffix(CITY) if len(name) > len(CITY) + 1 else name


def _support(name: str, votes: Mapping[str, int]) -> float:
    own = set(name)
    # fsum, because the order of the names must not decide.
    return math.fsum(
        count * len(own & set(other)) / len(own | set(other)) for other, count in votes.items()
    )
