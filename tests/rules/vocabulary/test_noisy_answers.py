"""A vocabulary stays small and right on a stream of answers with ten percent faults."""

from doubles.word_figures import figures


def test_few_new_words_after_the_warm_up_and_nearly_all_concepts_are_found() -> None:
    seen = figures(photos=1500, warm_up=500)
    assert seen.born < 20
    assert seen.findable >= 0.95
    assert seen.wrong <= 0.01
