"""What does an order of a person change in the vocabulary?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles.words import lexicon
from phototagd.domain.errors import ConfigError
from phototagd.domain.vocabulary import Order, Verb
from phototagd.rules.vocabulary.keyword_lists import write_list
from phototagd.rules.vocabulary.tending import carried_out, described

TREE = "Animals\n    Dog\n        {hound}\n        Pug\n    Cat\nsunset\n"
NAMES = st.sampled_from(["Dog", "Cat", "Pug", "sunset", "Animals", "Animals|Dog", "new", "A|B", ""])
ORDERS = st.builds(
    lambda verb, words, target: Order(verb=verb, words=tuple(words), target=target, text="x"),
    st.sampled_from(Verb),
    st.lists(NAMES, max_size=2),
    NAMES,
)


def after(verb: Verb, *words: str, target: str = "", text: str = "") -> str:
    own = lexicon(TREE)
    order = Order(verb=verb, words=words, target=target, text=text)
    return write_list(own.changed(carried_out(own, order)))


def test_merged_word_becomes_a_synonym_and_its_children_move() -> None:
    tree = after(Verb.MERGE, "Dog", target="Cat")
    assert tree == "Animals\n\tCat\n\t\t{Dog}\n\t\t{hound}\n\t\tPug\nsunset\n"


def test_word_of_the_model_is_merged_without_being_a_term() -> None:
    assert "sunset\n\t{sundown}\n" in after(Verb.MERGE, "sundown", target="sunset")


def test_word_is_merged_into_one_below_it() -> None:
    tree = after(Verb.MERGE, "Dog", target="Pug")
    assert "\tPug\n\t\t{Dog}\n\t\t{hound}\n" in tree


def test_word_is_merged_into_one_below_it_once_whoever_repeats_it() -> None:
    """Said by the path that the target had before: a lost answer makes no second Dog."""
    order = Order(verb=Verb.MERGE, words=("Animals",), target="Animals|Dog")
    once = lexicon(TREE).changed(carried_out(lexicon(TREE), order))
    assert write_list(once).count("Dog\n") == 1
    assert not carried_out(once, order)


def test_old_name_stays_a_synonym() -> None:
    assert "abendrot\n\t{sunset}\n" in after(Verb.RENAME, "sunset", target="abendrot")
    assert "Sunset\nand" not in after(Verb.RENAME, "sunset", target="Sunset")


def test_renaming_to_a_word_that_is_there_is_refused_with_the_way_out() -> None:
    with pytest.raises(ConfigError, match="merge"):
        after(Verb.RENAME, "Dog", target="Cat")


def test_block_move_add_and_import() -> None:
    assert "!sunset\n" in after(Verb.BLOCK, "sunset")
    assert "Sky\n\tsunset\n" in after(Verb.MOVE, "sunset", target="Sky")
    assert after(Verb.MOVE, "Dog").startswith("Animals\n\tCat\nDog\n")
    assert "\tFox\n" in after(Verb.ADD, "Fox", target="Animals")
    assert "\tFox\n" in after(Verb.IMPORT, text="Animals\n\tFox\n")


def test_word_is_added_below_one_that_is_not_at_the_top() -> None:
    assert after(Verb.ADD, "Siam", target="Cat").startswith("Animals\n\tCat\n\t\tSiam\n")


def test_adding_a_blocked_word_lifts_the_block() -> None:
    own = lexicon("!sunset")
    order = Order(verb=Verb.ADD, words=("sunset",))
    assert write_list(own.changed(carried_out(own, order))) == "sunset\n"


@pytest.mark.parametrize(
    "order",
    [
        Order(verb=Verb.MERGE, words=(), target="Dog"),
        Order(verb=Verb.MERGE, words=("Dog",)),
        Order(verb=Verb.MERGE, words=("Dog",), target="dog"),
        Order(verb=Verb.MOVE, words=("Animals",), target="Dog"),
        Order(verb=Verb.RENAME, words=("a", "b"), target="c"),
        Order(verb=Verb.IMPORT, text="# nothing\n"),
    ],
)
def test_senseless_order_is_refused(order: Order) -> None:
    with pytest.raises(ConfigError):
        carried_out(lexicon(TREE), order)


@given(orders=st.lists(ORDERS, max_size=4))
def test_orders_keep_the_tree_whole_and_can_be_taken_back(orders: list[Order]) -> None:
    own = lexicon(TREE)
    for order in orders:
        assert described(order)
        try:
            change = carried_out(own, order)
        except ConfigError:
            continue
        new = own.changed(change)
        assert not carried_out_again(new, order)
        assert len(write_list(new, "tree")) > 0
        written = [line for line in write_list(new).splitlines() if "{" not in line]
        assert len(written) == len(new)  # no term is lost in a circle
        put = [own.terms[term.id] for term in change.put if term.id in own.terms]
        put += [own.terms[one] for one in change.dropped]
        created = tuple(term.id for term in change.put if term.id not in own.terms)
        back = new.changed(type(change)(tuple(put), created))
        assert list(back) == list(own)
        own = new


def carried_out_again(own: object, order: Order) -> bool:
    """Whether the order would change something again; one that is refused changes nothing."""
    try:
        return bool(carried_out(own, order))  # type: ignore[arg-type]
    except ConfigError:
        return False
