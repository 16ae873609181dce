"""What there is in the library as a whole: by day, by place, by what photos have in common."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, TypeVar, cast

from phototagd.adapters.sqlite.columns import ids_text, json_text, place_text, read_place
from phototagd.adapters.sqlite.database.database import Database
from phototagd.adapters.sqlite.finding.indexing import wall_seconds
from phototagd.adapters.sqlite.finding.photo_facts import photo_facts
from phototagd.adapters.sqlite.showing.sighted import PHOTO, given
from phototagd.domain.asset import AssetId, Place
from phototagd.domain.gallery import Sight
from phototagd.domain.overview import Facets, Glimpse, PlaceCount, Tally
from phototagd.domain.search import Field, PhotoFacts
from phototagd.rules.text.tokenising import fold

T = TypeVar("T")

_DAY_SECONDS = 86_400
_CROWD = 5  # people are counted one by one below it
_LONG_AGO = -(2**53)

_STATE = """
SELECT (SELECT total(id) FROM path WHERE place IS NOT NULL AND state = 'known'
                                     AND gone_at IS NULL),
       (SELECT count(*) FROM search_fact), count(*), total(taken_at),
       total(asset_id * (1 + is_private)), total(asset_id * people)
FROM search_photo"""
_FIRST = "SELECT strftime('%Y', min(taken_at), 'unixepoch') FROM photo"
_TAKEN_ON = """
SELECT wanted.key, photo.id FROM json_each(:starts) AS wanted
CROSS JOIN photo ON taken_at >= wanted.value AND taken_at < wanted.value + :length
ORDER BY wanted.key, taken_at, photo.id"""
_PLACES = """
SELECT place, count(DISTINCT photo.id), photo.id,
       max(coalesce(taken_at, :long_ago)) AS newest_at
FROM photo JOIN path ON asset_id = photo.id
WHERE place IS NOT NULL AND path.state = 'known' AND gone_at IS NULL
GROUP BY place"""  # the bare column is that of the newest
_POINT = """
SELECT json_extract(facts, '$.latitude'), json_extract(facts, '$.longitude')
FROM photo JOIN path ON asset_id = photo.id
WHERE asset_id = :asset AND place = :place AND path.state = 'known' AND gone_at IS NULL LIMIT 1"""
_AT_PLACES = """
SELECT DISTINCT photo.id FROM json_each(:places) AS wanted
CROSS JOIN path ON place = wanted.value
JOIN photo ON photo.id = asset_id
WHERE place IS NOT NULL AND path.state = 'known' AND gone_at IS NULL
ORDER BY taken_at DESC, photo.id DESC"""
_VALUES = """
SELECT value, count(*), max(photo.id) FROM search_fact JOIN photo ON photo.id = asset_id
WHERE field = :field AND value <> '' GROUP BY value ORDER BY count(*) DESC, value"""
_PEOPLE = """
SELECT min(people, :crowd) AS number, count(*), max(id) FROM photo
WHERE people IS NOT NULL GROUP BY number ORDER BY number"""
_SEEN = """
SELECT photo.id FROM json_each(:assets) AS wanted CROSS JOIN photo ON photo.id = wanted.value
ORDER BY wanted.key"""


class SqliteOverview:
    """The port `OverviewStore` on one database.

    Places and facets take seconds for a million photos: they are counted once for each state
    of the index.
    """

    def __init__(self, *, database: Database) -> None:
        self._database = database
        self._kept: dict[tuple[str, Sight], tuple[object, Any]] = {}

    def first_year(self, sight: Sight) -> int | None:
        """The year of the oldest photo; None without dated ones."""
        [(year,)] = self._rows(_FIRST, sight)
        return None if year is None else int(year)

    def taken_on(self, days: Sequence[date], sight: Sight) -> list[list[AssetId]]:
        """For each day its photos in their order."""
        starts = [wall_seconds(datetime(day.year, day.month, day.day)) for day in days]  # noqa: DTZ001 -- wall-clock time of photos
        found: list[list[AssetId]] = [[] for _ in days]
        rows = self._rows(_TAKEN_ON, sight, starts=json_text(starts), length=_DAY_SECONDS)
        for number, asset in rows:
            found[number].append(asset)
        return found

    def glimpses(self, assets: Sequence[AssetId], sight: Sight) -> list[Glimpse]:
        """Photos in the given order; those that are gone are left out."""
        rows = self._rows(_SEEN, sight, assets=ids_text(assets))
        return [
            Glimpse(facts.asset, facts.path, next(iter(facts.captions), ""), facts.taken_at)
            for facts in self._facts([asset for (asset,) in rows])
        ]

    def places(self, sight: Sight) -> list[PlaceCount]:
        """Every place that photos have."""
        return self._counted("places", sight, self._count_places)

    def at_places(self, places: Sequence[Place], sight: Sight) -> list[AssetId]:
        """Photos that have exactly one of these places, newest first."""
        wanted = json_text([place_text(place) for place in places])
        return [asset for (asset,) in self._rows(_AT_PLACES, sight, places=wanted)]

    def facets(self, sight: Sight) -> Facets:
        """Categories, cameras and numbers of people."""
        return self._counted("facets", sight, self._count_facets)

    def _counted(self, what: str, sight: Sight, count: Callable[[Sight], T]) -> T:
        state = self._rows(_STATE, sight)
        known = self._kept.get((what, sight))
        if known is None or known[0] != state:
            known = self._kept[what, sight] = (state, count(sight))
        return cast("T", known[1])

    def _count_places(self, sight: Sight) -> list[PlaceCount]:
        found = []
        for text, count, cover, newest_at in self._rows(_PLACES, sight, long_ago=_LONG_AGO):
            place = read_place(text)
            points = self._rows(_POINT, sight, asset=cover, place=text)
            if place is not None and place != Place():
                latitude, longitude = points[0] if points else (None, None)
                found.append(PlaceCount(place, count, cover, newest_at, latitude, longitude))
        return found

    def _count_facets(self, sight: Sight) -> Facets:
        return Facets(
            categories=tuple(self._values(Field.CATEGORY, lambda facts: facts.category, sight)),
            cameras=tuple(self._values(Field.CAMERA, _camera, sight)),
            people=tuple(
                Tally(_number(number), count, cover, f"people:{_number(number)}")
                for number, count, cover in self._rows(_PEOPLE, sight, crowd=_CROWD)
            ),
        )

    def _values(
        self, field: Field, spelt: Callable[[PhotoFacts], str], sight: Sight
    ) -> Iterator[Tally]:
        """The values of a field as photos spell them; parts of a camera's name are left out."""
        for value, count, cover in self._rows(_VALUES, sight, field=field.value):
            for facts in self._facts([cover]):
                if fold(spelt(facts)) == value:
                    name = _once(spelt(facts))
                    yield Tally(name, count, cover, f'{field.value}:"{value}"')

    def _facts(self, assets: Sequence[AssetId]) -> list[PhotoFacts]:
        return self._database.read(
            lambda c: [facts for asset in assets if (facts := photo_facts(c, asset))]
        )

    def _rows(self, sql: str, sight: Sight, **values: object) -> list[tuple[Any, ...]]:
        def read(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
            cursor = connection.cursor()
            cursor.row_factory = None
            return cursor.execute(PHOTO + sql, given(sight, **values)).fetchall()

        return self._database.read(read)


def _camera(facts: PhotoFacts) -> str:
    return facts.camera[-1] if facts.camera else ""


def _once(name: str) -> str:
    """Without a maker that says its name twice: Canon Canon EOS R5."""
    first, _, rest = name.partition(" ")
    return rest if rest.casefold().startswith(f"{first} ".casefold()) else name


def _number(people: int) -> str:
    return f"{people}+" if people == _CROWD else str(people)
