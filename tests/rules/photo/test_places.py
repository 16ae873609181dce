"""Nearest, but a city before its hamlets; Chinese names out of names without a language."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.photo.places import (
    REACH_KM,
    Candidate,
    Simplifier,
    chinese_name,
    choose,
    disc_km,
    distance_km,
    is_on_earth,
    longitudes_within,
)

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
candidates = st.lists(
    st.builds(
        Candidate,
        index=st.integers(0, 1000),
        distance_km=st.floats(0, 300),
        population=st.integers(0, 30_000_000),
        region=st.integers(0, 3),
    ),
    max_size=20,
)


@given(latitudes, longitudes, latitudes, longitudes)
def test_distance_agrees_with_the_angle_between_vectors(
    lat: float, lon: float, lat2: float, lon2: float
) -> None:
    """Haversine gives the arc between the two points as vectors."""

    def vector(latitude: float, longitude: float) -> tuple[float, float, float]:
        phi, lam = math.radians(latitude), math.radians(longitude)
        return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)

    chord = math.dist(vector(lat, lon), vector(lat2, lon2))
    expected = 2 * 6371.0088 * math.asin(min(1.0, chord / 2))

    assert distance_km(lat, lon, lat2, lon2) == pytest.approx(expected, abs=1e-2)


@given(latitudes, longitudes, st.floats(0, 360), st.floats(1, 150))
def test_the_spans_hold_every_point_of_the_circle(
    lat: float, lon: float, bearing: float, reach: float
) -> None:
    """No point within reach lies outside the spans: not at a pole, not at the antimeridian."""
    phi, theta, delta = math.radians(lat), math.radians(bearing), reach * 0.999 / 6371.0088
    phi2 = math.asin(
        math.sin(phi) * math.cos(delta) + math.cos(phi) * math.sin(delta) * math.cos(theta)
    )
    dlambda = math.atan2(
        math.sin(theta) * math.sin(delta) * math.cos(phi),
        math.cos(delta) - math.sin(phi) * math.sin(phi2),
    )
    lon2 = (lon + math.degrees(dlambda) + 540) % 360 - 180
    slack = 1e-6

    assert any(
        west - slack <= lon2 <= east + slack for west, east in longitudes_within(lat, lon, reach)
    )


@given(candidates)
def test_the_region_is_that_of_the_nearest_and_reach_ends(around: list[Candidate]) -> None:
    """A larger neighbour never moves a photo into another state."""
    chosen = choose(around)
    within = [c for c in around if c.distance_km <= REACH_KM]
    if chosen is None:
        assert not within
        return
    nearest = min(c.distance_km for c in within)

    assert chosen in within
    assert any(c.region == chosen.region for c in within if c.distance_km == nearest)
    assert chosen.distance_km in (nearest, *(c.distance_km for c in within if _covers(c)))


def _covers(candidate: Candidate) -> bool:
    return candidate.distance_km <= disc_km(candidate.population)


def test_a_city_wins_over_the_subdistrict_next_door() -> None:
    """Two kilometres from the centre of a large city is that city."""
    subdistrict = Candidate(0, 0.3, 0, region=1)
    city = Candidate(1, 2.0, 3_400_000, region=1)

    assert choose([subdistrict, city]) == city


def test_a_village_outside_the_city_stays_a_village() -> None:
    """Beyond the disc, near is near."""
    village = Candidate(0, 1.0, 800, region=1)
    city = Candidate(1, 25.0, 2_100_000, region=1)

    assert choose([village, city]) == village


def test_a_border_is_not_crossed_for_a_larger_city() -> None:
    """Kehl is not Strasbourg, Hoboken is not New York."""
    kehl = Candidate(0, 0.5, 34_000, region=1)
    strasbourg = Candidate(1, 5.0, 3_000_000, region=2)

    assert choose([kehl, strasbourg]) == kehl


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(90.1, 0), (0, -180.5), (math.nan, 0), (0, math.inf)]
)
def test_what_is_not_on_earth(latitude: float, longitude: float) -> None:
    assert not is_on_earth(latitude, longitude)


def _taught() -> Simplifier:
    simplifier = Simplifier()
    for names in (["苏州", "蘇州"], ["江苏", "江蘇"], ["纽卡", "紐卡"], ["纽波", "紐波"]):
        simplifier.learn(names)
    for names in (["约旦", "約旦"], ["约克", "約克"], ["旧城", "舊城"], ["旧港", "舊港"]):
        simplifier.learn(names)
    return simplifier


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Beijing", "Pekin", "北京", "北京市", "ペキン"], "北京"),
        (["紐約", "紐約市"], "纽约"),
        (["三藩市", "旧金山", "舊金山"], "旧金山"),
        (["宝安", "寶安", "新安", "深圳", "深圳市"], "深圳"),
        (["佛罗伦萨", "翡冷翠"], "佛罗伦萨"),
        (["罗马市", "羅馬"], "罗马"),
        (["鬱林"], "鬱林"),
        (["Kehl", "ケール"], ""),
        ([], ""),
    ],
    ids=lambda v: str(v)[:24],
)
def test_the_chinese_name_among_many(names: list[str], expected: str) -> None:
    """Simplified and in daily use; unknown characters are left alone, kana is not Chinese."""
    assert chinese_name(names, _taught()) == expected


def test_one_pair_seen_once_is_not_believed() -> None:
    """A single odd record teaches nothing."""
    simplifier = Simplifier()
    simplifier.learn(["苏州", "蘇州"])

    assert simplifier.simplified("蘇州") == "蘇州"


@given(st.lists(st.lists(st.text(alphabet="苏蘇州市连連大京都東东a"), max_size=4), max_size=8))
def test_a_chinese_name_depends_on_no_order(places: list[list[str]]) -> None:
    """The same names in another order give the same choice, made of Han characters."""
    simplifier = Simplifier()
    for names in places:
        simplifier.learn(names)
    for names in places:
        name = chinese_name(names, simplifier)

        assert name == chinese_name(list(reversed(names)), simplifier)
        assert "a" not in name
