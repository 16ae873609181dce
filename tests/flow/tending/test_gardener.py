"""Lets the vocabulary grow, and has photos written anew when their words changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from doubles import FakeClock
from doubles.garden import EVERYTHING, Garden
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.vocabulary import Verb, VocabularyMode, VocabularyPolicy


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "phototagd.db", clock=FakeClock()) as opened:
        yield opened


@pytest.fixture
def garden(store: Store, tmp_path: Path) -> Garden:
    return Garden(store, tmp_path, FakeClock())


def test_word_waits_until_three_photos_have_it_and_is_then_written_into_all(
    garden: Garden,
) -> None:
    for _ in range(2):
        garden.answer("gazebo", "yurt")
    garden.tend()
    assert garden.written("gazebo") == ()
    assert len(garden.write()) == 2
    garden.answer("gazebo")
    garden.write()
    rung = garden.rung
    garden.tend()
    assert garden.written("gazebo", "yurt") == ("gazebo",)
    assert garden.rung == rung + 1
    assert len(garden.write()) == 3


def test_growing_again_changes_nothing(garden: Garden) -> None:
    for _ in range(4):
        garden.answer("gazebo")
    garden.tend()
    garden.write()
    revision = garden.store.vocabulary.state().revision
    garden.tend()
    assert garden.store.vocabulary.state().revision == revision
    assert garden.write() == []
    assert garden.gardener.is_idle


def test_young_library_writes_every_word_and_takes_rare_ones_back_when_it_is_grown(
    store: Store, tmp_path: Path
) -> None:
    garden = Garden(store, tmp_path, FakeClock(), VocabularyPolicy(warm_up_photos=4))
    for word in ("gazebo", "gazebo", "gazebo"):
        garden.answer(word)
    garden.tend()
    assert garden.written("gazebo", "yurt") == ("gazebo", "yurt")
    garden.write()
    garden.answer("yurt")
    garden.write()
    garden.tend()
    assert garden.written("gazebo", "yurt") == ("gazebo",)
    assert len(garden.write()) == 1  # the photo whose word waits now
    assert store.vocabulary.state().is_grown


def test_words_of_people_are_learnt_and_ours_are_not(garden: Garden) -> None:
    garden.answer("dogs")
    garden.write(keywords=["Pets|Dog", "sunset"], ours=["sunset"])
    garden.tend()
    assert garden.written("dogs", "sunset") == ("Pets|Dog",)
    assert len(garden.write(keywords=["Pets|Dog"])) == 1  # its own words follow
    garden.tend()
    assert garden.write() == []


def test_file_follows_every_change_and_fills_a_new_database(garden: Garden, tmp_path: Path) -> None:
    garden.tend()
    garden.order(Verb.IMPORT, text="Animals\n\tDog = 狗\n\t\t{hound}\n!selfie\n")
    garden.tend()
    assert "\tDog = 狗\n\t\t{hound}\n" in garden.file.read_text("utf-8")
    with Store.open(tmp_path / "new.db", clock=FakeClock()) as store:
        other = Garden(store, tmp_path, FakeClock())
        other.tend()
        assert other.written("hounds", "selfie") == ("Animals|Dog",)
        assert other.living.hint(9) == ()  # nothing of it is offered before it is used


def save(garden: Garden, text: str) -> None:
    """As an editor does, seen once while it is being saved."""
    garden.file.write_text(text, "utf-8")
    garden.tend()
    garden.clock.advance(2)
    garden.tend()


def test_what_a_person_writes_into_the_file_is_taken_over_and_can_be_taken_back(
    garden: Garden,
) -> None:
    garden.order(Verb.IMPORT, text="cat\nDog\nselfie\n")
    garden.answer("dogs", "selfie")
    garden.tend()
    garden.write()
    text = garden.file.read_text("utf-8")

    save(garden, text.replace("Dog\n", "Pets|Dog = 狗\n").replace("selfie", "!selfie"))

    assert garden.written("dogs", "狗", "selfie") == ("Pets|Dog",)
    assert len(garden.write()) == 1
    assert "Pets\n\tDog = 狗\n!selfie\n" in garden.file.read_text("utf-8")
    garden.orders.undo(is_dry=False, sight=EVERYTHING)
    garden.tend()
    assert garden.file.read_text("utf-8") == text


def test_half_a_file_takes_no_word_away(garden: Garden) -> None:
    garden.order(Verb.IMPORT, text="cat\nDog\n")
    garden.tend()
    text = garden.file.read_text("utf-8")

    garden.file.write_text(text[:-4], "utf-8")
    garden.tend()
    assert garden.file.read_text("utf-8") == text[:-4]  # perhaps it is still being saved
    garden.clock.advance(2)
    garden.tend()

    assert garden.file.read_text("utf-8") == text
    save(garden, "")
    assert garden.file.read_text("utf-8") == text
    garden.file.unlink()
    garden.tend()
    assert garden.file.read_text("utf-8") == text


def test_a_file_that_is_only_old_says_nothing(garden: Garden, tmp_path: Path) -> None:
    """Commands change the vocabulary without a daemon that would keep the file."""
    garden.order(Verb.IMPORT, text="Dog\n")
    garden.tend()
    garden.order(Verb.RENAME, "Dog", target="Hound")
    later = Garden(garden.store, tmp_path, garden.clock)
    later.tend()
    assert later.written("Hound", "Dog") == ("Hound",)
    assert later.orders.undo(is_dry=True, sight=EVERYTHING) is not None
    assert "Dog" in later.file.read_text("utf-8")  # as the synonym that a rename leaves
    assert "\nDog\n" not in later.file.read_text("utf-8")


def test_edits_while_the_daemon_was_away_are_taken_over(garden: Garden, tmp_path: Path) -> None:
    garden.order(Verb.IMPORT, text="Dog\n")
    garden.tend()
    garden.file.write_text(garden.file.read_text("utf-8") + "yurt\n", "utf-8")
    later = Garden(garden.store, tmp_path, garden.clock)
    later.tend()
    assert later.written("yurt") == ("yurt",)


def test_settings_that_changed_have_all_photos_written_anew(store: Store, tmp_path: Path) -> None:
    first = Garden(store, tmp_path, FakeClock())
    first.answer("gazebo")
    first.tend()
    first.write()
    for _ in range(2):
        other = Garden(store, tmp_path, FakeClock(), VocabularyPolicy(mode=VocabularyMode.OPEN))
        other.tend()
    assert len(other.write()) == 1
    assert other.written("gazebo") == ("gazebo",)


def test_each_library_may_be_as_free_as_it_is_told(store: Store, tmp_path: Path) -> None:
    own = store.catalogue.open_library(b"/photos").id
    policy = VocabularyPolicy(warm_up_photos=0, modes={own: VocabularyMode.OPEN})
    garden = Garden(store, tmp_path, FakeClock(), policy)
    other = store.catalogue.open_library(b"/other").id
    garden.tend()
    assert garden.living.choose(["yurt"], own).written == ("yurt",)
    assert garden.living.choose(["yurt"], other).written == ()


def test_hint_has_the_most_used_words_first_and_none_that_only_people_use(
    garden: Garden,
) -> None:
    garden.order(Verb.ADD, "Anna")
    garden.order(Verb.IMPORT, text="stars\n")
    for words in (("sea", "sand"), ("sea", "sand"), ("sea", "sand"), ("sea",)):
        garden.answer(*words)
    garden.tend()
    garden.clock.advance(660)
    garden.tend()
    assert garden.living.hint(9) == ("sea", "sand", "stars")
    assert garden.living.hint(1) == ("sea",)


def test_short_closed_vocabulary_is_offered_as_values(store: Store, tmp_path: Path) -> None:
    closed = VocabularyPolicy(mode=VocabularyMode.CLOSED)
    garden = Garden(store, tmp_path, FakeClock(), closed)
    garden.order(Verb.IMPORT, text="sea\n!selfie\n[Group]\n\tsand\n")
    assert garden.living.values() == ("sea", "sand")
    garden.order(Verb.ADD, "Anna")  # nobody the model may see everywhere, so it stays free
    assert garden.living.values() == ()
    garden.order(Verb.BLOCK, "Anna")
    assert garden.living.values() == ("sea", "sand")
    garden.order(Verb.IMPORT, text="\n".join(f"word {n}" for n in range(100)))
    assert garden.living.values() == ()


def test_one_open_library_leaves_the_model_free_for_all(store: Store, tmp_path: Path) -> None:
    own = store.catalogue.open_library(b"/photos").id
    policy = VocabularyPolicy(mode=VocabularyMode.CLOSED, modes={own: VocabularyMode.OPEN})
    garden = Garden(store, tmp_path, FakeClock(), policy)
    garden.order(Verb.IMPORT, text="sea\nsand\n")
    assert garden.living.values() == ()
