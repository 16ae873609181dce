"""What is written for the words of an answer?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles.words import mapper
from phototagd.domain.vocabulary import VocabularyMode

ANIMALS = """
Animals
    Dog = 狗
        {hound}
        Golden Retriever
    [Wild]
        Fox
ice cream
color
!selfie
"""
WORDS = st.lists(st.sampled_from(["dog", "dogs", "puppy", "selfie", "sunset", "sheep dog", "wild"]))
MODES = st.sampled_from(VocabularyMode)


@pytest.mark.parametrize(
    ("word", "path"),
    [
        ("dog", "Animals|Dog"),
        ("DOG", "Animals|Dog"),
        ("dogs", "Animals|Dog"),
        ("hound", "Animals|Dog"),
        ("hounds", "Animals|Dog"),
        ("狗", "Animals|Dog"),
        ("puppy", "Animals|Dog"),
        ("小狗", "Animals|Dog"),
        ("golden-retrievers", "Animals|Dog|Golden Retriever"),
        ("fox", "Animals|Wild|Fox"),
        ("ice-cream", "ice cream"),
        ("icecream", "ice cream"),
        ("colour", "color"),
        ("sheep dog", "Animals|Dog"),
        ("柯基犬", "Animals|Dog"),
    ],
)
def test_word_is_found_by_any_of_its_names(word: str, path: str) -> None:
    for mode in (VocabularyMode.GUIDED, VocabularyMode.CLOSED):
        choice = mapper(ANIMALS).choose([word], mode, with_waiting=False)
        assert choice.written == (path,)


@pytest.mark.parametrize("word", ["sunset", "hot dog", "toy dog", "热狗", "dogma", "cold"])
def test_word_that_is_none_of_them_waits_and_is_still_searched(word: str) -> None:
    choice = mapper(ANIMALS).choose([word], VocabularyMode.GUIDED, with_waiting=False)
    assert choice.written == ()
    assert choice.said == ((word, ""),)


def test_seahorses_and_pandas_are_no_horses_and_cats() -> None:
    both = mapper("cat\nhorse\n猫\n马\nflower\n花")
    for word in ("sea horse", "熊猫", "海马", "烟花", "雪花", "rocking horse"):
        assert both.match(word) is None, word
    assert both.match("樱花") is not None


def test_blocked_word_is_neither_written_nor_searched() -> None:
    for mode in VocabularyMode:
        choice = mapper(ANIMALS).choose(["selfie", "selfies"], mode, with_waiting=True)
        assert choice == mapper("").choose([], mode, with_waiting=True)


def test_blocking_a_word_does_not_block_what_is_called_alike() -> None:
    assert mapper("!dog").match("puppy") is None
    assert mapper("!dog").match("sheep dog") is None


def test_open_mode_writes_unknown_words_and_kinds_as_they_are() -> None:
    choice = mapper(ANIMALS).choose(
        ["dogs", "sunset", "sheep dog"], VocabularyMode.OPEN, with_waiting=False
    )
    assert choice.written == ("Animals|Dog", "sunset", "sheep dog")
    assert choice.said == (("dogs", "Dog"),)


def test_waiting_words_are_written_when_the_option_says_so_but_never_in_closed_mode() -> None:
    guided = mapper(ANIMALS).choose(["sunset"], VocabularyMode.GUIDED, with_waiting=True)
    closed = mapper(ANIMALS).choose(["sunset"], VocabularyMode.CLOSED, with_waiting=True)
    assert (guided.written, closed.written) == (("sunset",), ())


def test_grouping_word_is_not_written_by_itself() -> None:
    choice = mapper(ANIMALS).choose(["wild"], VocabularyMode.GUIDED, with_waiting=True)
    assert choice.written == ()
    assert choice.said == (("wild", ""),)


def test_two_words_for_one_thing_are_written_once_where_the_first_stood() -> None:
    choice = mapper(ANIMALS).choose(
        ["fox", "puppy", "dog"], VocabularyMode.GUIDED, with_waiting=False
    )
    assert choice.written == ("Animals|Wild|Fox", "Animals|Dog")


def test_own_term_wins_over_the_word_for_the_same_thing() -> None:
    both = mapper("dog\npuppy")
    assert both.choose(["puppy"], VocabularyMode.GUIDED, with_waiting=False).written == ("puppy",)


@given(words=WORDS, mode=MODES, waiting=st.booleans())
def test_every_word_but_blocked_ones_is_written_or_said(
    words: list[str],
    mode: VocabularyMode,
    waiting: bool,  # noqa: FBT001 -- hypothesis names it
) -> None:
    """Nothing that the model said is lost for search, whatever is written."""
    choice = mapper(ANIMALS).choose(words, mode, with_waiting=waiting)
    leaves = {path.rpartition("|")[2].casefold() for path in choice.written}
    said = dict(choice.said)
    for word in words:
        assert word == "selfie" or word in leaves or word in said
    assert all(not leaf or leaf.casefold() in leaves for leaf in said.values())
    assert len(leaves) == len(choice.written)


@given(words=WORDS)
def test_mapping_what_was_written_changes_nothing(words: list[str]) -> None:
    own = mapper(ANIMALS)
    once = own.choose(words, VocabularyMode.GUIDED, with_waiting=False).written
    leaves = [path.rpartition("|")[2] for path in once]
    assert own.choose(leaves, VocabularyMode.GUIDED, with_waiting=False).written == once
