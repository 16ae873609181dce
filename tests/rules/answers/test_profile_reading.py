"""A profile is a person's file: what is wrong in it is told with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.adapters.profile_files import read_profile, shipped_names, text_of
from phototagd.domain.errors import ConfigError
from phototagd.domain.profile import FieldKind, Tongue
from phototagd.rules.answers.profile_reading import profile_from

LEAST = """\
name = "mine"
task = "You look at mushrooms."

[caption]
short = "one sentence."

[keywords]
ask = "at most {most} words."

[fields.genus]
kind = "words"
ask = "the genus."
"""


def test_the_least_profile_is_filled_up() -> None:
    profile = profile_from(LEAST, "mine.toml")

    assert (profile.name, profile.title) == ("mine", "mine")
    assert profile.detailed_caption == profile.short_caption == "one sentence."
    (genus,) = profile.fields
    assert (genus.kind, genus.tongue, genus.most) == (FieldKind.WORDS, Tongue.KEYWORDS, 5)


@pytest.mark.parametrize("name", shipped_names())
def test_what_is_shipped_is_complete(name: str) -> None:
    profile = read_profile(name)

    assert profile.name == name
    for code in ("en", "zh"):
        fields = {field.name for field in profile.fields}
        assert set(profile.examples[code]) == fields | {"caption", "keywords"}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('name = "mine"', "name = mine", "mine.toml: is not valid TOML: .*line 1"),
        ('name = "mine"', 'name = "My Own"', "line 1: name must be small letters"),
        ("task", "tusk", r'line 2: tusk is not known here: .*did you mean "task"'),
        ("short", "shirt", r"line 5: \[caption\] shirt is not known here"),
        ("[keywords]", "[keyword]", "line 7: keyword is not known here"),
        ('ask = "at', 'esk = "at', r"line 8: \[keywords\] esk is not known"),
        ("[fields.genus]", "[fields.Genus]", r"line 10: \[fields.Genus\] is no name"),
        ("[fields.genus]", "[fields.caption]", "is no name for a field"),
        ("[fields.genus]", "[fields.people]", r"line 11: .* kind of people must be .count."),
        ('"words"', '"word"', r"line 11: \[fields.genus\] kind must be one of: text, words"),
        ('"words"', '"choice"', r"line 10: \[fields.genus\] values belong to choice"),
        ('"words"', '"words"\nvalues = ["a"]', "line 12: .*values belong to choice"),
        ('"words"', '"words"\nmost = 0', "line 12: .*most must be a whole number"),
        ('"words"', '"words"\noptional = 1', "line 12: .*optional must be true or false"),
        ('"words"', '"words"\nlanguage = "caption"', "belongs to fields of the kind text"),
        ('"words"', '"text"\nlanguage = "zh"', "must be one of: caption, keywords, none"),
        ('"the genus."', '""', r"line 12: \[fields.genus\] ask is missing"),
        ('"the genus."', '"' + "x" * 1001 + '"', "longer than 1000"),
        ("task", "stop = [1]\ntask", "line 2: stop must be a list of texts"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(old: str, new: str, complaint: str) -> None:
    assert old in LEAST
    with pytest.raises(ConfigError, match=complaint):
        profile_from(LEAST.replace(old, new, 1), "mine.toml")


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ("[example.en]\nkeywords = ['a']", r"line 14: \[example.en\] caption is missing"),
        ("[example.en]\ncaption = 'a'", r"\[example.en\] keywords must hold at least one"),
        (
            "[example.en]\ncaption = 'a'\nkeywords = ['a']\nmood = []",
            "line 17: .*mood is not known",
        ),
        ("fields = 1", "is not valid TOML|fields"),
    ],
)
def test_examples_are_read_too(more: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        profile_from(LEAST + "\n" + more, "mine.toml")


@given(st.text(max_size=60))
def test_any_text_is_a_profile_or_a_complaint(text: str) -> None:
    with pytest.raises(ConfigError, match=r"mine\.toml"):
        profile_from(text, "mine.toml")


def test_files_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe")
    ours = tmp_path / "ours.toml"
    ours.write_text(text_of("photos"))

    with pytest.raises(ConfigError, match="cannot be read"):
        read_profile(str(tmp_path / "absent.toml"))
    with pytest.raises(ConfigError, match="is not UTF-8"):
        read_profile(str(binary))
    with pytest.raises(ConfigError, match="there are ecommerce, photos"):
        read_profile("foto")
    with pytest.raises(ConfigError, match=r'name = "my-photos"'):
        read_profile(str(ours))
