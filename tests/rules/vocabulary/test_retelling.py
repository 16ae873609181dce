"""Lines about orders are taken apart, so that pages say them in the person's language."""

import pytest

from phototagd.domain.errors import ConfigError
from phototagd.domain.vocabulary import Order, Term, TermId, Verb
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.retelling import REFUSALS, Retold, refusal_of, retold
from phototagd.rules.vocabulary.tending import carried_out, described


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (Order(verb=Verb.MERGE, words=("a", "b"), target="c"), Retold("merge", "a, b", "c")),
        (Order(verb=Verb.RENAME, words=("a",), target="A"), Retold("rename", "a", "A")),
        (Order(verb=Verb.MOVE, words=("a",), target="X|Y"), Retold("move", "a", "X|Y")),
        (Order(verb=Verb.MOVE, words=("a",)), Retold("move", "a")),
        (Order(verb=Verb.ADD, words=("a",), target="X"), Retold("add", "a", "X")),
        (Order(verb=Verb.ADD, words=("a", "b")), Retold("add", "a, b")),
        (Order(verb=Verb.BLOCK, words=("a",)), Retold("block", "a")),
        (Order(verb=Verb.IMPORT, target="mine.txt"), Retold("import", "mine.txt")),
        (Order(verb=Verb.IMPORT), Retold("import", "")),
    ],
)
def test_an_order_is_read_from_its_description(order: Order, told: Retold) -> None:
    assert retold(described(order)) == retold(f"undo {described(order)}") == told


def test_any_other_line_stays_as_it_is() -> None:
    assert retold("vocabulary.txt") == Retold("", "vocabulary.txt")


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        (Order(verb=Verb.BLOCK, words=("x|y",)), "unknown"),
        (Order(verb=Verb.MERGE, words=("dog",), target="dog"), "same"),
        (Order(verb=Verb.RENAME, words=("dog", "cat"), target="x"), "rename"),
        (Order(verb=Verb.RENAME, words=("dog",), target="cat"), "taken"),
        (Order(verb=Verb.MOVE, words=("dog",), target="dog"), "below_itself"),
        (Order(verb=Verb.IMPORT, text=""), "empty_list"),
        (Order(verb=Verb.BLOCK), "no_words"),
        (Order(verb=Verb.MERGE, words=("dog",)), "no_target"),
    ],
)
def test_a_refusal_has_a_kind(order: Order, kind: str) -> None:
    lexicon = Lexicon([Term(id=TermId(1), name="dog"), Term(id=TermId(2), name="cat")])

    with pytest.raises(ConfigError) as refused:
        carried_out(lexicon, order)

    assert refusal_of(str(refused.value)) == kind
    assert kind in REFUSALS


def test_an_unknown_refusal_is_just_one() -> None:
    assert refusal_of("the moon is full") == "other"
