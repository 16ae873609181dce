"""Searches that are kept: in the store, and in a file that fills an empty store."""

from pathlib import Path

import pytest

from doubles import FakeClock
from phototagd.adapters.sqlite.store import Store
from phototagd.adapters.vocabulary_file import VocabularyTextFile
from phototagd.domain.errors import Unavailable
from phototagd.domain.saved_search import SavedSearch
from phototagd.domain.search import HitOrder
from phototagd.flow.finding.searches import SearchKeeper

DOGS = SavedSearch("dogs", "dog", HitOrder.DATE)


def keeper(folder: Path, store: Store) -> SearchKeeper:
    file = VocabularyTextFile(path=folder / "searches.json")
    return SearchKeeper(store=store.saved_searches, file=file)


def test_they_survive_a_new_database(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", clock=FakeClock()) as store:
        kept = keeper(tmp_path, store)
        assert kept.all() == []
        assert kept.save(" dogs ", "dog", HitOrder.DATE) == DOGS
        kept.save("cats", "cat", HitOrder.RELEVANCE)
        kept.save("cats", "猫", HitOrder.RELEVANCE)
        assert kept.all() == [SavedSearch("cats", "猫"), DOGS]

    with Store.open(tmp_path / "b.db", clock=FakeClock()) as store:
        kept = keeper(tmp_path, store)
        assert kept.all() == [SavedSearch("cats", "猫"), DOGS]
        assert kept.remove("cats")
        assert not kept.remove("cats")
        assert store.saved_searches.all() == [DOGS]
        assert kept.remove("dogs")
        assert kept.all() == []


def test_what_cannot_be_kept_in_the_file_is_not_kept_at_all(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a.db", clock=FakeClock()) as store:
        kept = keeper(tmp_path / "gone", store)
        with pytest.raises(Unavailable):
            kept.save("dogs", "dog", HitOrder.DATE)
        assert store.saved_searches.all() == []
