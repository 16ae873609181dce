"""Names places in the language of whoever looks."""

from collections.abc import Mapping

from phototagd.domain.asset import Place
from phototagd.domain.overview import PlaceCount
from phototagd.ports import Gazetteer


class PlaceNames:
    """Translates names that are the gazetteer's own; what a person wrote stays as it is.

    `gazetteers` by language (`en`, `zh`). Whether a name is the gazetteer's own is seen at the
    point where one of the photos was taken. Answers are remembered.
    """

    def __init__(self, *, gazetteers: Mapping[str, Gazetteer]) -> None:
        self._gazetteers = gazetteers
        self._known: dict[tuple[str, Place], Place] = {}

    def named(self, count: PlaceCount, language: str) -> Place:
        """The names of a place in a language; its own where there are no others."""
        known = self._known.get((language, count.place))
        if known is None:
            known = self._known[language, count.place] = self._translated(count, language)
        return known

    def _translated(self, count: PlaceCount, language: str) -> Place:
        if count.latitude is None or count.longitude is None or language not in self._gazetteers:
            return count.place
        at = (count.latitude, count.longitude)
        there = self._gazetteers[language].place_at(*at)
        if there is None or there == count.place:
            return count.place
        # Others only now: their names take memory.
        others = (one for spoken, one in self._gazetteers.items() if spoken != language)
        return there if any(one.place_at(*at) == count.place for one in others) else count.place
