"""A person's edit wins over everything, and over itself in its newest form."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from doubles.sidecars import as_digikam_writes, tagging
from phototagd.domain.amending import PersonsEdit, SidecarPlan
from phototagd.domain.sidecar import SidecarEdit, SidecarState
from phototagd.rules.sidecars.changes import caption_in, keywords_changed
from phototagd.rules.sidecars.editing import clean_path, cleaned, folded, reverse_of
from phototagd.rules.sidecars.keyword_merging import by_key
from phototagd.rules.sidecars.merging import NO_EDIT, Offer, merge

words = st.sampled_from(["lake", "boat", "dog", "Dog", "A|dog", "A|B|cat", "湖"])
picked = st.lists(words, max_size=3).map(tuple)
edits = st.builds(
    PersonsEdit,
    add=picked,
    remove=picked,
    caption=st.sampled_from([None, "", "Mine"]),
    is_private=st.sampled_from([None, True, False]),
)


def offer(keywords: tuple[str, ...] = ("lake", "boat"), caption: str = "A boat.") -> Offer:
    return Offer("phototagd", "h", tagging=tagging(caption, keywords), keywords=keywords)


def applied(found: SidecarState, edit: SidecarEdit | None) -> SidecarState:
    """The sidecar after an edit, as the packet editor makes it."""
    if edit is None:
        return found
    lists = {
        name: getattr(edit.lists, name) or None
        if getattr(edit.lists, name) is not None
        else getattr(found.lists, name)
        for name in ("subject", "hierarchical", "tags_list", "microsoft", "mediapro")
    }
    texts = {
        name: getattr(found, name) if getattr(edit, name) is None else getattr(edit, name) or None
        for name in ("caption", "image_description", "alt_text")
    }
    return replace(found, lists=replace(found.lists, **lists), record=edit.record, **texts)


def write(found: SidecarState, edit: PersonsEdit = NO_EDIT, **said: object) -> SidecarState:
    return applied(found, merge(found, offer(**said), edit))  # type: ignore[arg-type]


def leaves(state: SidecarState) -> set[str]:
    return {key[-1] for key in by_key(state.lists.hierarchical or ())}


def test_what_a_person_adds_is_the_persons_and_outlives_every_answer() -> None:
    state = write(write(SidecarState()), PersonsEdit(add=("Anna", "lake")))
    assert state.record is not None
    assert state.record.keywords.ours == ("boat",)

    again = write(state, keywords=("sky",))

    assert leaves(again) == {"anna", "lake", "sky"}


def test_what_a_person_takes_out_is_never_offered_again() -> None:
    """Whether it stands there already or not, and under whatever parent."""
    state = write(write(SidecarState()), PersonsEdit(remove=("boat", "dog")))
    assert leaves(state) == {"lake"}

    again = write(state, keywords=("lake", "boat", "Animals|dog"))

    assert leaves(again) == {"lake"}


def test_an_accepted_word_stays_where_it_stands() -> None:
    """No second one is made beside it."""
    found = SidecarState(lists=as_digikam_writes(("Animals|dog",)))

    assert write(found, PersonsEdit(add=("dog",))).lists.hierarchical == (
        "Animals|dog",
        "lake",
        "boat",
    )


def test_a_word_that_was_taken_out_may_be_added_again() -> None:
    state = write(write(SidecarState()), PersonsEdit(remove=("boat",)))

    again = write(state, PersonsEdit(add=("boat",)))

    assert leaves(again) == {"lake", "boat"}
    assert again.record is not None
    assert again.record.keywords.rejected == ()


def test_a_caption_is_the_persons_from_then_on() -> None:
    """Even where it says what the model said, and even where it says nothing."""
    same = write(write(SidecarState()), PersonsEdit(caption="A boat."))
    assert write(same, caption="Another.").caption == "A boat."

    none = write(write(SidecarState()), PersonsEdit(caption=""))
    assert (none.caption, none.image_description) == (None, None)
    assert write(none, caption="Another.").caption is None


def test_a_verdict_alone_is_written_once() -> None:
    state = write(SidecarState(), PersonsEdit(is_private=True))
    assert state.record is not None
    assert state.record.is_private is True
    assert write(state, PersonsEdit(is_private=True)) == state


def test_texts_are_cleaned() -> None:
    assert clean_path(" Animals | |\x00 Golden  Retriever ") == "Animals|Golden Retriever"
    edit = cleaned(PersonsEdit(add=("\x00", "|", " a "), remove=("",), caption=" x\ny "))
    assert edit == PersonsEdit(add=("a",), caption="x y")


@given(st.lists(edits, max_size=4), edits)
def test_the_newest_word_counts(older: list[PersonsEdit], newest: PersonsEdit) -> None:
    """Folding is done in any steps, and no word is both wanted and unwanted by the newest."""
    whole = folded([*older, newest])

    assert whole == folded([folded(older), newest])
    removed_later = {key[-1] for key in by_key(whole.remove)}
    assert all(key[-1] in removed_later for key in by_key(newest.remove))
    added = by_key(whole.add)
    assert all(key in added for key in by_key(newest.add))


@given(picked, edits)
def test_an_edit_that_was_obeyed_asks_for_nothing_more(
    theirs: tuple[str, ...], edit: PersonsEdit
) -> None:
    found = SidecarState(lists=as_digikam_writes(tuple(by_key(theirs).values())))
    once = write(found, edit)

    assert write(once) == once
    leaf_added = {key[-1] for key in by_key(edit.add)}
    assert leaf_added <= leaves(once)
    assert not {key[-1] for key in by_key(edit.remove) if len(key) == 1} - leaf_added & leaves(once)


@given(picked, edits, st.booleans())
def test_an_edit_taken_back_leaves_what_was_there(
    theirs: tuple[str, ...],
    edit: PersonsEdit,
    was_private: bool,  # noqa: FBT001 -- hypothesis gives it
) -> None:
    """The words and the caption that people see; who is said to have given them may differ.

    Not for a word that is added and taken out at once.
    """
    assume(not {key[-1] for key in by_key(edit.add)} & {key[-1] for key in by_key(edit.remove)})
    before = write(SidecarState(lists=as_digikam_writes(tuple(by_key(theirs).values()))))
    done = write(before, edit)
    added, removed = keywords_changed(before, done)
    did = SidecarPlan(
        b"", "replace", added=added, removed=removed, caption_before=caption_in(before)
    )
    reverse = reverse_of(edit, did, was_private=was_private)

    back = write(done, reverse)

    assert leaves(back) == leaves(before)
    assert caption_in(back) == caption_in(before)
    assert (reverse.is_private is None) is (edit.is_private is None)
