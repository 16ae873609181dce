"""A vocabulary on a stream of noisy answers, and the time a change of it takes."""

import time

import pytest

from bench.table import at_least, at_most, table
from doubles.word_figures import figures
from doubles.words import mapper
from phototagd.rules.vocabulary.mapping import Mapper

pytestmark = pytest.mark.bench

PHOTOS, WARM_UP = 10_000, 1_000
WORDS = 20_000


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
