"""Which words become terms?"""

from hypothesis import given
from hypothesis import strategies as st

from doubles.words import lexicon, mapper, use
from phototagd.domain.vocabulary import TermOrigin
from phototagd.rules.vocabulary.growing import born, learnt

PATHS = st.lists(st.sampled_from(["Dog", "dog", "Animals|dog", "Animals|Dog|Pug", "dog|Animals"]))


def test_word_is_born_when_enough_photos_have_it_all_variants_together() -> None:
    uses = [use("gazebo", 2), use("gazebos", 1), use("yurt", 2)]
    change = born(mapper("dog"), uses, at_least=3)
    assert [(term.name, term.origin) for term in change.put] == [("gazebo", TermOrigin.ANSWERS)]


def test_known_and_blocked_words_are_never_born() -> None:
    uses = [use("dogs", 9), use("puppy", 9), use("selfie", 9)]
    assert not born(mapper("dog\n!selfie"), uses, at_least=1)


def test_kind_of_something_is_born_below_it_only_where_there_is_a_hierarchy() -> None:
    nested, flat = mapper("Animals\n    Dog"), mapper("dog")
    for own, parent in ((nested, "Animals|Dog|sheep dog"), (flat, "sheep dog")):
        change = born(own, [use("sheep dog", 3)], at_least=3)
        after = own.lexicon.changed(change)
        assert after.path_of(change.put[0]) == parent


def test_person_gives_spelling_and_place_to_a_word_of_the_model() -> None:
    own = lexicon("dog", TermOrigin.ANSWERS)
    after = own.changed(learnt(own, ["Animals|Dogs"]))
    term = after.like("dog")
    assert term is not None
    assert after.path_of(term) == "Animals|Dogs"
    assert term.origin is TermOrigin.PERSON


def test_what_a_person_named_first_stays() -> None:
    own = lexicon("Dog", TermOrigin.PERSON)
    assert not learnt(own, ["dogs", "DOG", "Pets|dog"])


def test_person_cannot_make_a_circle() -> None:
    own = lexicon("dog\n    pug", TermOrigin.ANSWERS)
    after = own.changed(learnt(own, ["pug|dog"]))
    assert all(len(after.lineage(term)) < 5 for term in after)


def test_sentences_are_not_learnt() -> None:
    assert not learnt(lexicon(""), ["x" * 65])


@given(paths=PATHS)
def test_learning_twice_changes_nothing(paths: list[str]) -> None:
    own = lexicon("dog", TermOrigin.ANSWERS)
    once = own.changed(learnt(own, paths))
    assert not learnt(once, paths)
