"""Both languages say everything."""

import re
import string
from datetime import date
from pathlib import Path

import pytest

from phototagd.rules.service.reasons import Hitch
from phototagd.web import gallery
from phototagd.web.gallery.wording import LANGUAGES, all_wordings, preferred, words_of

FOLDER = Path(gallery.__file__).parent


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_language_has_the_same_words_with_the_same_gaps() -> None:
    """But for the singular, which not every language has."""
    english = words_of("en")
    for language in LANGUAGES:
        words = words_of(language)
        assert {k for k in english if not k.endswith(".one")} == {
            k for k in words if not k.endswith(".one")
        }
        for key, sentence in words.items():
            assert placeholders(sentence) == placeholders(english[key]), (language, key)


def test_every_word_that_a_template_asks_for_is_there() -> None:
    words = words_of("en")
    for template in (FOLDER / "templates").glob("*.html"):
        text = template.read_text()
        for key in re.findall(r'\bt\("([a-z_.]+[a-z_])"', text):
            assert key in words, (template.name, key)
        for key in re.findall(r't\.many\("([a-z_.]+)"', text):
            assert f"{key}.other" in words, (template.name, key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_trouble_is_told_with_what_to_do(language: str) -> None:
    words = words_of(language)

    assert {key for key in words if key.startswith("reason.")} == {
        f"reason.{kind}.{part}" for kind in Hitch for part in ("what", "todo")
    }


def test_a_reason_is_told_in_the_persons_language() -> None:
    reason = "not readable for 3 days: the file is incomplete: its last part is missing"

    what, todo = all_wordings()["en"].hitch(reason)

    assert what == "The file ends too early."
    assert "Copy it again" in todo
    assert "重新复制" in all_wordings()["zh"].hitch(reason)[1]


def test_numbers_and_months_are_spoken() -> None:
    wordings = all_wordings()

    assert wordings["en"].many("photos", 1) == "1 photo"
    assert wordings["en"].many("photos", 12000) == "12,000 photos"
    assert wordings["zh"].many("photos", 1) == "1 张照片"
    assert wordings["zh"].month(date(2026, 5, 1)) == "2026年5月"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("zh-TW", "zh"), ("de, zh;q=0.4", "zh"), ("en-GB,zh", "en"), (";;,,", "en"), ("*", "en")],
)
def test_the_browsers_first_language_that_is_spoken_is_taken(accepted: str, language: str) -> None:
    assert preferred(accepted) == language
