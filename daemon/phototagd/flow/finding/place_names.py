"""Names places in the language of whoever looks."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from phototagd.domain.asset import Place
from phototagd.domain.overview import PlaceCount
from phototagd.ports import Gazetteer


class PlaceNames:
    """Translates countries by their code, and other names where they are the gazetteer's own.

    `gazetteers` by language (`en`, `zh`). Whether a name is the gazetteer's own is seen at the
    point where one of the photos was taken; what a person wrote stays as it is. Answers are
    remembered.
    """

    def __init__(
        self, *, gazetteers: Mapping[str, Gazetteer], country: Callable[[str, str], str]
    ) -> None:
        self._gazetteers = gazetteers
        self._country = country
        self._known: dict[tuple[str, Place], Place] = {}

    def named(self, count: PlaceCount, language: str) -> Place:
        """The names of a place in a language; its own where there are no others."""
        if language not in self._gazetteers:
            return count.place
        known = self._known.get((language, count.place))
        if known is None:
            known = self._known[language, count.place] = self._translated(count, language)
        return known

    def _translated(self, count: PlaceCount, language: str) -> Place:
        place = self._there(count, language) or count.place
        country = self._country(place.country_code, language)
        return replace(place, country=country or place.country)

    def _there(self, count: PlaceCount, language: str) -> Place | None:
        """What the gazetteer calls it, if the photo's names are its own in another language."""
        if count.latitude is None or count.longitude is None:
            return None
        at = (count.latitude, count.longitude)
        there = self._gazetteers[language].place_at(*at)
        if there is None or there == count.place:
            return None
        # Others only now: their names take memory.
        others = (one for spoken, one in self._gazetteers.items() if spoken != language)
        return there if any(one.place_at(*at) == count.place for one in others) else None
