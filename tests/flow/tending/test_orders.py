"""Carries out what people want of the vocabulary."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.garden import EVERYTHING, Garden
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.vocabulary import Order, Verb


@pytest.fixture
def garden(tmp_path: Path) -> Iterator[Garden]:
    with Store.open(tmp_path / "phototagd.db", clock=FakeClock()) as store:
        garden = Garden(store, tmp_path, FakeClock())
        for words in (("gazebo", "sea"), ("gazebo", "sea"), ("gazebo",), ("yurt", "sea")):
            garden.answer(*words)
        garden.write()
        garden.tend()
        garden.write()
        yield garden


def test_preview_counts_photos_and_changes_nothing(garden: Garden) -> None:
    order = Order(verb=Verb.MERGE, words=("gazebo",), target="pavilion")
    planned = garden.orders.tend(order, is_dry=True, sight=EVERYTHING)
    assert planned.photos == 3
    assert planned.description == "merge gazebo into pavilion"
    assert len(planned.examples) == 3
    assert planned.examples[0].startswith(b"/photos/")
    assert garden.written("gazebo") == ("gazebo",)
    assert garden.gardener.is_idle


def test_merge_has_exactly_its_photos_written_anew_and_can_be_taken_back(garden: Garden) -> None:
    garden.order(Verb.MERGE, "gazebo", target="pavilion")
    garden.tend()
    assert garden.written("gazebo", "sea") == ("pavilion", "sea")
    assert len(garden.write()) == 3
    undone = garden.orders.undo(is_dry=False, sight=EVERYTHING)
    assert undone is not None
    assert undone.photos == 3
    garden.tend()
    assert garden.written("gazebo") == ("gazebo",)
    assert len(garden.write()) == 3
    assert garden.orders.undo(is_dry=True, sight=EVERYTHING) is None


def test_orders_are_taken_back_one_by_one_whatever_was_born_meanwhile(garden: Garden) -> None:
    garden.order(Verb.ADD, "temple")
    garden.order(Verb.MERGE, "temple", target="gazebo")
    for _ in range(3):
        garden.answer("yurt")
    garden.tend()
    garden.orders.undo(is_dry=False, sight=EVERYTHING)
    assert garden.written("temple", "gazebo", "yurt") == ("temple", "gazebo", "yurt")
    garden.orders.undo(is_dry=False, sight=EVERYTHING)
    assert garden.written("temple", "gazebo", "yurt") == ("gazebo", "yurt")


def test_waiting_word_is_written_once_a_person_adds_it(garden: Garden) -> None:
    assert garden.written("yurt") == ()
    assert garden.order(Verb.ADD, "yurt").photos == 1
    garden.tend()
    assert garden.written("yurt") == ("yurt",)
    assert len(garden.write()) == 1


def test_order_survives_a_restart_with_its_photos_still_to_be_written(
    garden: Garden, tmp_path: Path
) -> None:
    garden.order(Verb.BLOCK, "sea")
    again = Garden(garden.store, tmp_path, FakeClock())
    again.tend()
    assert again.written("sea") == ()
    assert len(again.write()) == 3


def test_list_shows_terms_and_waiting_words_with_their_photos(garden: Garden) -> None:
    garden.order(Verb.BLOCK, "selfie")
    shown = [(one.word, one.photos, one.state) for one in garden.orders.entries(EVERYTHING)]
    assert shown == [
        ("gazebo", 3, "kept"),
        ("sea", 3, "kept"),
        ("yurt", 1, "waiting"),
        ("selfie", 0, "blocked"),
    ]


def test_order_that_changes_nothing_is_not_remembered(garden: Garden) -> None:
    assert garden.order(Verb.ADD, "pagoda").terms == 1
    assert garden.order(Verb.ADD, "pagoda").terms == 0
    undone = garden.orders.undo(is_dry=False, sight=EVERYTHING)
    assert undone is not None
    assert garden.orders.undo(is_dry=False, sight=EVERYTHING) is None


def test_near_words_are_suggested(garden: Garden) -> None:
    garden.answer("gazzebo")
    garden.answer(*["gazebo"] * 1)
    garden.answer("gazebo")
    garden.tend()
    (one,) = garden.orders.suggestions(EVERYTHING)
    assert (one.target, one.words) == ("gazebo", ("gazzebo",))
