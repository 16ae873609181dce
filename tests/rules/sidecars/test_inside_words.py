"""What a person changes in the photo reaches the sidecar, and the other way round."""

from phototagd.domain.amending import PersonsEdit
from phototagd.domain.sidecar import KeywordLists, KeywordPast, OurRecord, SidecarState
from phototagd.rules.sidecars.inside_words import not_ours, told_by_photo, told_to_photo


def state(
    *words: str,
    base: tuple[str, ...] | None = None,
    ours: tuple[str, ...] = (),
    rejected: tuple[str, ...] = (),
    caption: str | None = None,
    offered: str = "",
    is_persons: bool = False,
) -> SidecarState:
    """A packet whose lists agree; without a base we never wrote there."""
    lists = KeywordLists(words, words, words) if words else KeywordLists()
    if base is None:
        return SidecarState(lists=lists, caption=caption)
    past = KeywordPast(base=base, ours=ours, rejected=rejected)
    record = OurRecord(caption=offered, keywords=past, is_caption_persons=is_persons)
    return SidecarState(lists=lists, caption=caption, record=record)


AGREED = state("lake", "boat", base=("lake", "boat"), ours=("lake", "boat"))


def test_packets_that_agree_tell_each_other_nothing() -> None:
    assert told_by_photo(AGREED, AGREED, "") == PersonsEdit()
    assert told_to_photo(AGREED, AGREED, "") == PersonsEdit()


def test_a_word_added_and_one_taken_out_in_the_photo_are_told() -> None:
    inside = state("lake", "Anna", base=("lake", "boat"), ours=("lake", "boat"))
    assert told_by_photo(inside, AGREED, "") == PersonsEdit(add=("Anna",), remove=("boat",))


def test_a_photo_that_we_never_wrote_tells_no_changes() -> None:
    """Its words come as those of any photo do: added, and nothing taken out."""
    assert told_by_photo(state("u1"), AGREED, None) == PersonsEdit()


def test_a_photo_is_told_a_persons_words_and_what_was_taken_out() -> None:
    beside = state("lake", "Anna", base=("lake", "Anna"), ours=("lake",), rejected=("boat",))
    told = told_to_photo(beside, AGREED, "")
    assert told == PersonsEdit(add=("Anna",), remove=("boat",))


def test_a_persons_word_that_left_the_sidecar_leaves_the_photo() -> None:
    inside = state("lake", "Anna", base=("lake", "Anna"), ours=("lake",))
    beside = state("lake", base=("lake",), ours=("lake",), rejected=("Anna",))
    assert told_to_photo(beside, inside, "").remove == ("Anna",)


def test_a_new_caption_in_the_photo_is_told_and_an_old_one_is_not() -> None:
    inside = state("a", base=("a",), caption="Told by Anna", offered="A lake.")
    beside = state("a", base=("a",), caption="A lake.", offered="A lake.")
    assert told_by_photo(inside, beside, "A lake.").caption == "Told by Anna"
    assert told_by_photo(inside, beside, "Told by Anna").caption is None
    gone = state("a", base=("a",), caption=None, offered="A lake.")
    assert told_by_photo(gone, beside, "A lake.").caption == ""


def test_without_a_memory_of_our_last_write_no_caption_is_overwritten() -> None:
    inside = state("a", base=("a",), caption="Old", offered="A lake.", is_persons=True)
    beside = state("a", base=("a",), caption="New", offered="A lake.", is_persons=True)
    assert told_by_photo(inside, beside, None).caption is None
    assert told_to_photo(beside, inside, None).caption is None
    assert told_to_photo(beside, inside, "Old").caption == "New"


def test_the_photos_own_caption_comes_before_the_models() -> None:
    beside = state("a", base=("a",), caption="A lake.", offered="A lake.")
    assert told_by_photo(state(caption="Ours in 1999"), beside, None).caption == "Ours in 1999"
    assert told_by_photo(state(caption="SONY DSC"), beside, None).caption is None
    persons = state("a", base=("a",), caption="Mine", offered="A lake.")
    assert told_by_photo(state(caption="Ours in 1999"), persons, None).caption is None


def test_words_of_ours_in_a_photo_are_not_a_persons() -> None:
    inside = state("lake", "Anna", base=("lake",), ours=("lake",))
    assert not_ours(inside) == ("Anna",)
