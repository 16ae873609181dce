"""Which words of a vocabulary look like one?"""

from hypothesis import given
from hypothesis import strategies as st

from doubles.words import entry
from phototagd.domain.vocabulary import Entry
from phototagd.rules.vocabulary.suggesting import suggestions


def found(*entries: Entry) -> list[tuple[str, tuple[str, ...], str]]:
    return [(one.target, one.words, one.reason) for one in suggestions(entries)]


def test_variants_of_one_word_are_found() -> None:
    assert found(entry("tea pot", 9), entry("teapots", 2, "waiting"), entry("sky", 5)) == [
        ("tea pot", ("teapots",), "variant")
    ]


def test_rare_word_one_letter_from_a_common_one_is_a_typo() -> None:
    assert found(entry("lighthouse", 40), entry("lighthuose", 1, "waiting")) == [
        ("lighthouse", ("lighthuose",), "spelling")
    ]
    assert found(entry("retriever", 40), entry("retreiver", 1, "waiting"))
    assert found(entry("retriever", 40), entry("retriver", 1, "waiting"))


def test_two_common_words_and_two_real_words_are_no_typo() -> None:
    assert not found(entry("marble", 40), entry("marbly", 30))
    assert not found(entry("river", 40), entry("riser", 39))
    assert not found(entry("sheep", 40), entry("sheet", 20))


def test_blocked_words_are_not_suggested() -> None:
    assert not found(entry("teapot", 9), entry("teapots", 2, "blocked"))


def test_meanings_are_joined_only_when_all_are_near_each_other() -> None:
    words = [entry("sofa", 9), entry("couch", 5), entry("bench", 3)]
    chain = [(0, 1, 0.95), (1, 2, 0.90)]
    whole = [*chain, (0, 2, 0.86)]
    assert [s.words for s in suggestions(words, lambda _: chain)] == [("couch",)]
    assert [s.words for s in suggestions(words, lambda _: whole)] == [("couch", "bench")]
    assert not suggestions(words, lambda _: [(0, 1, 0.84)])


@given(
    near=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(0.5, 1)), max_size=15)
)
def test_no_word_is_suggested_twice_and_every_pair_of_a_group_is_near(
    near: list[tuple[int, int, float]],
) -> None:
    names = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"]
    words = [entry(name, 10 - at) for at, name in enumerate(names)]
    groups = [(one.target, *one.words) for one in suggestions(words, lambda _: near)]
    flat = [name for group in groups for name in group]
    assert len(flat) == len(set(flat))
    pairs = {frozenset((names[a], names[b])) for a, b, value in near if value >= 0.85}
    assert all(
        frozenset((a, b)) in pairs for group in groups for a in group for b in group if a < b
    )
