"""Vocabularies as text files, read and written."""

from hypothesis import given
from hypothesis import strategies as st

from doubles.words import lexicon
from phototagd.domain.vocabulary import TermOrigin
from phototagd.rules.vocabulary.keyword_lists import imported, read_list, write_list
from phototagd.rules.vocabulary.lexicon import Lexicon
from phototagd.rules.vocabulary.spelling import clean_name

NAMES = st.text(st.sampled_from("ab狗\\{}[]=|!# \tÄ"), min_size=1, max_size=6).filter(clean_name)


def test_lightroom_list_keeps_nesting_synonyms_and_groups() -> None:
    text = "[Animals]\n\tDog\n\t\t{hound}\n\t\t{pooch}\n\t\tGolden Retriever\n\tFox\nSky\n"
    words = read_list(text)
    assert [word.path for word in words] == [
        ("Animals",),
        ("Animals", "Dog"),
        ("Animals", "Dog", "Golden Retriever"),
        ("Animals", "Fox"),
        ("Sky",),
    ]
    assert words[1].synonyms == ("hound", "pooch")
    assert not words[0].is_exported
    assert write_list(lexicon(text.replace("\t", "    "))) == text


def test_paths_pairs_blocks_and_comments_are_understood() -> None:
    words = read_list("# mine\n\nPlaces|Norway|Bergen\n狗 = dog\n!selfie\n{lost}\n")
    assert [word.path for word in words] == [("Places", "Norway", "Bergen"), ("狗",), ("selfie",)]
    assert words[1].translations == ("dog",)
    assert words[2].is_blocked
    assert words[2].synonyms == ("lost",)


def test_plain_list_has_names_alone_and_paths_are_whole() -> None:
    own = lexicon("Animals\n    Dog\n        {hound}\n!selfie\n[Group]\n")
    assert write_list(own, "list") == "Animals\nDog\n"
    assert write_list(own, "paths") == "Animals\nAnimals|Dog\n"


def test_list_with_byte_order_mark_windows_ends_and_wild_tabs_is_read() -> None:
    words = read_list("\ufeffA\r\n\t\t\tB\r\n\tC\r\n")
    assert [word.path for word in words] == [("A",), ("A", "B"), ("A", "C")]


def test_import_moves_a_flat_word_to_the_place_that_the_file_has() -> None:
    before = lexicon("dog\n", TermOrigin.ANSWERS)
    after = before.changed(imported(before, read_list("Animals\n\tDog\n"), TermOrigin.FILE))
    assert [after.path_of(term) for term in after] == ["Animals|Dog", "Animals"]


def test_same_name_below_two_parents_is_two_words() -> None:
    own = lexicon("Birds\n    Crane\nMachines\n    Crane\n")
    assert write_list(own, "paths").count("Crane") == 2


def test_importing_the_same_list_again_changes_nothing() -> None:
    text = "A\n\tB\n\t\t{c}\n狗 = dog\n!x\n"
    once = Lexicon(imported(Lexicon(), read_list(text), TermOrigin.FILE).put)
    again = once.changed(imported(once, read_list(text), TermOrigin.FILE))
    assert list(again) == list(once)


@given(paths=st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=8), others=st.lists(NAMES))
def test_what_is_written_is_read_back(paths: list[list[str]], others: list[str]) -> None:
    """Any name survives: its signs are escaped."""
    signs = "\\{}[]=|!#"
    lines = []
    for path in paths:
        names = ["".join("\\" + c if c in signs else c for c in name) for name in path]
        lines.append("|".join(names))
    lines += ["{" + "".join("\\" + c if c in signs else c for c in one) + "}" for one in others]
    own = Lexicon(imported(Lexicon(), read_list("\n".join(lines)), TermOrigin.FILE).put)
    text = write_list(own)
    back = Lexicon(imported(Lexicon(), read_list(text), TermOrigin.FILE).put)
    assert write_list(back) == text
    assert len(back) == len(own)
