"""Keeps searches for a person: in the store, and in a file that outlives the store."""

import threading

from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder
from phototagd.ports import VocabularyFile
from phototagd.ports.overview import SavedSearchStore
from phototagd.rules.search.saving import file_of, kept_as, searches_in


class SearchKeeper:
    """The port `SavedSearches`. What stands in the file counts while the store is empty.

    The file is written first: a search that could not be kept there was not kept at all.
    """

    def __init__(self, *, store: SavedSearchStore, file: VocabularyFile) -> None:
        self._store = store
        self._file = file
        self._changing = threading.Lock()

    def all(self) -> list[SavedSearch]:
        """All of them, by name."""
        return self._store.all() or searches_in(self._file.read() or "")

    def save(self, name: str, query: str, order: HitOrder) -> SavedSearch:
        """Keep a query under a name, in place of another of that name."""
        search = kept_as(name, query, order)
        with self._changing:
            self._keep([*(one for one in self.all() if one.name != search.name), search])
        return search

    def remove(self, name: str) -> bool:
        """Forget it; False where there is none of that name."""
        with self._changing:
            known = self.all()
            left = [one for one in known if one.name != name]
            if left != known:
                self._keep(left)
        return left != known

    def _keep(self, searches: list[SavedSearch]) -> None:
        searches = sorted(searches, key=lambda one: one.name)
        self._file.write(file_of(searches))
        self._store.replace(searches)
