"""Nobody reads in the word list what stands on photos that they must not see."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.garden import EVERYTHING, Garden
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.gallery import Sight
from phototagd.domain.vocabulary import Order, Verb

STRANGER = Sight()


@pytest.fixture
def garden(tmp_path: Path) -> Iterator[Garden]:
    """Beach on three photos that all may see; divorce on private ones, one has both."""
    clock = FakeClock()
    with Store.open(tmp_path / "p.db", clock=clock) as store:
        garden = Garden(store, tmp_path, clock)
        for _ in range(3):
            garden.answer("beach")
        for _ in range(3):
            garden.answer("divorce", is_private=True)
        garden.answer("beach", "lawyer", is_private=True)
        garden.tend()
        index(garden)
        yield garden


def index(garden: Garden) -> None:
    while garden.store.search.catch_up(500):
        pass


def listed(garden: Garden, sight: Sight) -> dict[str, int]:
    return {one.path or one.word: one.photos for one in garden.orders.entries(sight)}


def test_words_count_on_photos_in_sight_alone(garden: Garden) -> None:
    assert listed(garden, STRANGER) == {"beach": 3}
    assert listed(garden, EVERYTHING) == {"beach": 4, "divorce": 3, "lawyer": 1}


def test_what_a_person_wrote_on_a_private_photo_is_not_listed(garden: Garden) -> None:
    garden.answer("beach", is_private=True)
    garden.write()
    garden.answer("letter", is_private=True)
    garden.write(["Family|Secrets|Paternity", "beach"])
    garden.tend()
    index(garden)

    shown = listed(garden, STRANGER)

    assert shown == {"beach": 3}
    assert "Family|Secrets|Paternity" in listed(garden, EVERYTHING)

    garden.answer("beach")
    garden.write(["Family|Summer"])
    garden.tend()
    index(garden)
    assert listed(garden, STRANGER) == {"beach": 4, "Family": 0, "Family|Summer": 0}


def test_an_imported_list_says_nothing_of_photos(garden: Garden) -> None:
    garden.order(Verb.IMPORT, text="divorce\nwedding\n")

    assert listed(garden, STRANGER) == {"beach": 3, "divorce": 0, "wedding": 0}


def test_another_name_of_a_word_is_not_told_either(garden: Garden) -> None:
    garden.order(Verb.MERGE, "lawyer", target="beach")

    [told] = garden.orders.entries(STRANGER)
    assert (told.photos, told.synonyms) == (3, ())
    [known] = [one for one in garden.orders.entries(EVERYTHING) if one.word == "beach"]
    assert known.synonyms == ("lawyer",)


@pytest.mark.parametrize("form", ["tree", "list", "paths"])
def test_the_exported_list_holds_what_may_be_seen(garden: Garden, form: str) -> None:
    assert garden.orders.export(form, STRANGER) == "beach\n"
    assert "divorce" in garden.orders.export(form, EVERYTHING)


def test_what_an_order_would_change_is_counted_in_sight(garden: Garden) -> None:
    block = Order(verb=Verb.BLOCK, words=("beach",))

    seen = garden.orders.tend(block, is_dry=True, sight=STRANGER)
    whole = garden.orders.tend(block, is_dry=True, sight=EVERYTHING)
    hidden = Order(verb=Verb.BLOCK, words=("divorce",))
    secret = garden.orders.tend(hidden, is_dry=True, sight=STRANGER)

    assert (seen.photos, whole.photos) == (3, 4)
    assert (len(seen.examples), len(whole.examples)) == (3, 4)
    assert (secret.photos, secret.examples) == (0, ())


def test_likenesses_are_found_among_words_in_sight(garden: Garden) -> None:
    for _ in range(2):
        garden.answer("divource", is_private=True)
    garden.tend()
    index(garden)

    assert garden.orders.suggestions(STRANGER) == []
