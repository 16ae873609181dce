"""A vocabulary on a stream of noisy answers, and the time a change of it takes."""

import sqlite3
import time
from pathlib import Path

import pytest

from bench.table import at_least, at_most, table
from doubles import FakeClock
from doubles.garden import EVERYTHING, Garden
from doubles.many_photos import fill
from doubles.word_figures import figures
from doubles.words import mapper
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.vocabulary import Order, Verb
from phototagd.rules.vocabulary.mapping import Mapper

pytestmark = pytest.mark.bench

PHOTOS, WARM_UP = 10_000, 1_000
WORDS = 20_000
REWRITTEN = 100_000
AT_ONCE = 500  # as the gardener does it


def test_words_stay_few_findable_and_right() -> None:
    seen = figures(photos=PHOTOS, warm_up=WARM_UP)
    table(
        f"{PHOTOS} answers, ten percent faults of six kinds",
        ["figure", "value"],
        [
            ["new words per 1,000 photos", f"{seen.born:.1f}", at_most(seen.born, 20)],
            ["concepts written", f"{seen.findable:.1%}", at_least(seen.findable, 0.95)],
            ["merges that are wrong", f"{seen.wrong:.2%}", at_most(seen.wrong, 0.01)],
        ],
    )
    assert seen.born < 20
    assert seen.findable >= 0.95
    assert seen.wrong <= 0.01


def test_mapping_all_words_of_a_large_library_anew_takes_seconds() -> None:
    words = [f"thing number {n}" for n in range(WORDS)]
    own = mapper("\n".join(words[::2]))
    started = time.perf_counter()
    Mapper(own.lexicon)
    for word in words:
        own.outcome(word)
    seconds = time.perf_counter() - started
    table("A changed vocabulary", ["words mapped anew", "seconds"], [[WORDS, f"{seconds:.2f}"]])
    assert seconds < 60


def test_a_rename_that_concerns_every_photo_is_marked_at_once_and_queued_in_seconds(
    tmp_path: Path,
) -> None:
    with Store.open(tmp_path / "phototagd.db", clock=FakeClock()) as store:
        fill(store, REWRITTEN)
        store._database.write(_said_of_all)
        garden = Garden(store, tmp_path, FakeClock())
        order = Order(verb=Verb.RENAME, words=("dog",), target="Hund")
        started = time.perf_counter()
        assert garden.orders.tend(order, is_dry=True, sight=EVERYTHING).photos == REWRITTEN
        planned = time.perf_counter()
        garden.orders.tend(order, is_dry=False, sight=EVERYTHING)
        marked = time.perf_counter()
        count = 0
        while queued := store.vocabulary.enqueue_rewording(AT_ONCE, garden.clock.now()):
            count += queued
        ended = time.perf_counter()
    table(
        f"A word of {REWRITTEN} photos renamed",
        ["step", "seconds"],
        [
            ["looked at", f"{planned - started:.2f}"],
            ["marked", f"{marked - planned:.2f}"],
            [f"queued, {AT_ONCE} in one transaction", f"{ended - marked:.1f}"],
        ],
    )
    assert count == REWRITTEN
    assert ended - started < 120


def _said_of_all(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO answer_word(id, word, key) VALUES(1, 'dog', 'dog')")
    connection.execute("INSERT INTO answer_word_photo(asset_id, word_id) SELECT id, 1 FROM asset")
