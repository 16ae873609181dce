"""A person's keywords survive every write, and what a person removed does not return."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from doubles.sidecars import as_darktable_writes, as_digikam_writes, as_immich_writes
from phototagd.domain.sidecar import KeywordLists, KeywordPast
from phototagd.rules.sidecars.keyword_merging import MergedKeywords, by_key, key_of, merge_keywords

NOTHING = KeywordLists()
FIRST = KeywordPast()

words = st.sampled_from(
    ["lake", "Boat", "dog", "été", "e\u0301te\u0301", "AC/DC", "a b", "湖", "Ὀδυσσεύς", "straße"]
) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="|\\"), min_size=1, max_size=6
).map(str.strip).filter(bool)
paths = st.lists(words, min_size=1, max_size=3).map("|".join).filter(key_of)
path_tuples = st.lists(paths, max_size=5).map(tuple)


def says(merged: MergedKeywords) -> set[tuple[str, ...]]:
    return set(by_key(merged.paths))


def written(*offered: str, theirs: tuple[str, ...] = ()) -> MergedKeywords:
    """What stands in the sidecar after our first write."""
    return merge_keywords(as_digikam_writes(theirs), FIRST, offered)


def test_a_new_sidecar_gets_the_three_lists_in_order() -> None:
    merged = merge_keywords(NOTHING, FIRST, ["lake", "boat"])

    assert merged.lists == KeywordLists(("lake", "boat"), ("lake", "boat"), ("lake", "boat"))
    assert merged.past == KeywordPast(
        base=("lake", "boat"), ours=("lake", "boat"), latest=("lake", "boat")
    )


def test_flat_words_and_paths_are_completed_to_equal_lists() -> None:
    """Programs read the first list they know: a flat word beside paths would be invisible."""
    found = KeywordLists(subject=("flat", "leaf"), hierarchical=("A|B|leaf",))

    merged = merge_keywords(found, FIRST, ["lake"])

    assert merged.lists.hierarchical == ("A|B|leaf", "flat", "lake")
    assert merged.lists.tags_list == ("A|B|leaf", "flat", "lake")
    assert merged.lists.subject == ("leaf", "flat", "lake")


def test_what_the_person_has_is_never_ours() -> None:
    merged = merge_keywords(KeywordLists(hierarchical=("Animals|Dog",)), FIRST, ["dog", "lake"])

    assert merged.past.ours == ("lake",)
    assert merged.paths == ("Animals|Dog", "lake")


def test_what_immich_removed_and_added_in_one_list_is_so_in_all() -> None:
    before = written("lake", "boat", theirs=("User|u1", "u2"))
    found = as_immich_writes(before.lists, ("User|u1", "lake", "Immich|x"))

    merged = merge_keywords(found, before.past, ["lake", "boat", "dog"])

    assert merged.paths == ("User|u1", "Immich|x", "lake", "dog")
    assert merged.past.rejected == ("u2", "boat")


def test_ancestors_that_darktable_repeats_are_not_keywords_and_not_fought_over() -> None:
    before = written("lake", theirs=("Animals|Dog",))
    found = as_darktable_writes(before.lists, "User|u1")

    merged = merge_keywords(found, before.past, ["lake"])

    assert says(merged) == set(by_key(["Animals|Dog", "lake", "darktable|format|jpg", "User|u1"]))
    assert merged.lists.subject == found.subject
    again = as_darktable_writes(merged.lists)
    assert merge_keywords(again, merged.past, ["lake"]).lists == again


def test_a_flat_only_program_adds_and_removes() -> None:
    before = written("lake", "boat", theirs=("u1", "u2"))
    found = replace(before.lists, subject=("u1", "lake", "boat", "new"))

    merged = merge_keywords(found, before.past, ["lake", "boat"])

    assert merged.paths == ("u1", "new", "lake", "boat")


def test_a_keyword_that_the_model_no_longer_offers_goes_alone() -> None:
    before = written("lake", "boat", theirs=("u1",))

    merged = merge_keywords(before.lists, before.past, ["lake"])

    assert merged.paths == ("u1", "lake")
    assert merged.past.rejected == ()


def test_a_keyword_filed_under_a_parent_by_the_person_is_theirs() -> None:
    before = written("dog", "lake")
    merged = merge_keywords(
        as_digikam_writes(("Animals|dog", "lake")), before.past, ["dog", "lake"]
    )

    assert merged.paths == ("Animals|dog", "lake")
    assert merged.past.ours == ("lake",)
    assert merged.past.rejected == ()


def test_without_a_base_nothing_is_removed_or_rejected() -> None:
    before = written("lake", "boat", theirs=("u1",))
    found = replace(before.lists, tags_list=("x",))

    merged = merge_keywords(found, FIRST, ["lake"])

    assert says(merged) == set(by_key(["u1", "lake", "boat", "x"]))
    assert merged.past.rejected == ()


def test_a_program_with_an_old_database_is_doubted_once_and_believed_twice() -> None:
    before = written("lake", "boat", theirs=("u1",))
    stale = KeywordLists(("u1", "u9"), ("u1", "u9"), before.lists.tags_list)

    first = merge_keywords(stale, before.past, ["lake", "boat"])
    again = merge_keywords(first.lists, first.past, ["lake", "boat"])
    stale = KeywordLists(("u1", "u9"), ("u1", "u9"), again.lists.tags_list)
    second = merge_keywords(stale, again.past, ["lake", "boat"])

    assert first.paths == ("u1", "u9", "lake", "boat")
    assert again == first
    assert second.paths == ("u1", "u9")
    assert second.past.rejected == ("lake", "boat")


def test_old_databases_are_recognised_by_our_latest_additions() -> None:
    """The database knew our first write and not the second."""
    first = written("lake", theirs=("u1",))
    second = merge_keywords(first.lists, first.past, ["lake", "boat", "dog"])
    stale = KeywordLists(("u1", "lake"), ("u1", "lake"), second.lists.tags_list)

    merged = merge_keywords(stale, second.past, ["lake", "boat", "dog"])

    assert merged.paths == ("u1", "lake", "boat", "dog")
    assert merged.past.doubted == ("boat", "dog")


def test_an_emptied_list_is_an_emptied_list() -> None:
    """Immich takes the property out with the last tag."""
    before = written(theirs=("u1",))

    merged = merge_keywords(as_immich_writes(before.lists, ()), before.past, ["u1"])

    assert merged.paths == ()
    assert merged.past.rejected == ("u1",)


def test_mirrors_of_other_programs_are_kept_up_only_where_they_are() -> None:
    found = KeywordLists(subject=("a",), mediapro=("Set|b",))

    merged = merge_keywords(found, FIRST, ["lake"])

    assert merged.lists.mediapro == ("Set|b", "a", "lake")
    assert merged.lists.microsoft is None


def test_words_embedded_later_are_added_but_not_against_a_rejection() -> None:
    before = written("lake", theirs=("u1",))
    gone = merge_keywords(as_digikam_writes(("lake",)), before.past, ["lake"])

    merged = merge_keywords(gone.lists, gone.past, ["lake"], embedded=["u1", "u2"])

    assert merged.paths == ("u2", "lake")


def test_a_new_rank_is_written() -> None:
    before = written("lake", "boat")

    assert merge_keywords(before.lists, before.past, ["boat", "lake"]).lists.subject == (
        "boat",
        "lake",
    )


lists = st.builds(
    KeywordLists,
    subject=st.none() | st.lists(words, max_size=4).map(tuple),
    hierarchical=st.none() | path_tuples,
    tags_list=st.none() | path_tuples,
    microsoft=st.none() | path_tuples,
    mediapro=st.none() | path_tuples,
)


def all_words(found: KeywordLists) -> set[str]:
    listed = (
        found.subject,
        found.hierarchical,
        found.tags_list,
        found.microsoft,
        found.mediapro,
    )
    return {word for one in listed for path in one or () for word in key_of(path)}


@given(lists, path_tuples)
def test_every_word_survives_the_first_write(found: KeywordLists, offered: tuple[str, ...]) -> None:
    merged = merge_keywords(found, FIRST, offered)

    assert all_words(found) <= all_words(merged.lists)


@given(lists, path_tuples, lists, path_tuples)
def test_merging_again_changes_nothing(
    found: KeywordLists, offered: tuple[str, ...], later: KeywordLists, anew: tuple[str, ...]
) -> None:
    once = merge_keywords(found, FIRST, offered)
    twice = merge_keywords(later, once.past, anew)

    assert merge_keywords(once.lists, once.past, offered) == once
    assert merge_keywords(twice.lists, twice.past, anew) == twice


@given(lists, path_tuples, lists)
def test_the_lists_say_the_same(
    found: KeywordLists, offered: tuple[str, ...], later: KeywordLists
) -> None:
    past = merge_keywords(found, FIRST, offered).past
    merged = merge_keywords(later, past, offered)
    assert merged.lists.subject is not None
    leaves = {key[-1] for key in says(merged)}
    above = {word for key in says(merged) for word in key[:-1]}

    assert says(merged) == set(by_key(merged.lists.hierarchical or ()))
    assert says(merged) == set(by_key(merged.lists.tags_list or ()))
    assert leaves <= {key[-1] for key in by_key(merged.lists.subject)} <= leaves | above


@given(path_tuples, path_tuples, st.data(), path_tuples)
def test_what_a_person_removes_stays_away_and_the_rest_stays(
    theirs: tuple[str, ...], offered: tuple[str, ...], data: st.DataObject, anew: tuple[str, ...]
) -> None:
    """Removed from all lists, as digiKam does; whatever is offered afterwards."""
    before = written(*offered, theirs=theirs)
    kept = tuple(p for p in before.paths if data.draw(st.booleans(), label=p))
    kept_keys, kept_leaves = by_key(kept), {key[-1] for key in by_key(kept)}
    gone = [key for key in by_key(before.paths) if key not in kept_keys]

    merged = merge_keywords(as_digikam_writes(kept), before.past, anew)
    later = merge_keywords(merged.lists, merged.past, (*anew, *offered, *theirs))

    for after in (merged, later):
        assert not says(after) & set(gone)
        assert {key for key in by_key(theirs) if key in kept_keys} <= says(after)
    assert all(key in by_key(later.past.rejected) or key[-1] in kept_leaves for key in gone)


@given(lists, path_tuples)
def test_the_order_within_lists_decides_nothing_but_order(
    found: KeywordLists, offered: tuple[str, ...]
) -> None:
    past = written("lake", theirs=("u1", "A|b")).past
    turned = KeywordLists(
        *(
            None if one is None else tuple(reversed(one))
            for one in (
                found.subject,
                found.hierarchical,
                found.tags_list,
                found.microsoft,
                found.mediapro,
            )
        )
    )

    assert says(merge_keywords(found, past, offered)) == says(merge_keywords(turned, past, offered))
