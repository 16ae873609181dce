"""The words of the pages in the languages they speak."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta

from phototagd.rules.service.reasons import hitch_of

LANGUAGES = {"en": "English", "zh": "中文"}
USUAL = "en"


class Wording:
    """The words of one language; pages call it `t`.

    `t("photo.back")` is a sentence, `t("photo.of", name=…)` one with something put in, and
    `t.many("photos", 3)` chooses `photos.one` or `photos.other` by the number.
    """

    def __init__(self, language: str, words: Mapping[str, str]) -> None:
        self.language = language
        self.locale = Locale.parse("zh_Hans_CN" if language == "zh" else language)
        self._words = words

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of a key; raises KeyError for one that nobody wrote."""
        return self._words[key].format(**values)

    def many(self, key: str, count: int, **values: object) -> str:
        """The sentence for a number of things; `{count}` in it has separators."""
        form = self.locale.plural_form(count)
        sentence = self._words.get(f"{key}.{form}") or self._words[f"{key}.other"]
        return sentence.format(count=f"{count:,}", **values)

    def hitch(self, reason: str) -> tuple[str, str]:
        """What a reason of a job, an engine or a library means, and what to do about it."""
        kind = hitch_of(reason)
        return self._words[f"reason.{kind}.what"], self._words[f"reason.{kind}.todo"]

    def choice(self, value: str) -> str:
        """What the model chose from one of our lists, in the person's language.

        A value of a list that is not ours stays as it is.
        """
        return self._words.get(f"choice.{value}", value)

    def month(self, first: date) -> str:
        """November 2026."""
        return format_skeleton("yMMMM", first, locale=self.locale)

    def day(self, at: date) -> str:
        """Saturday, 21 November 2026."""
        return format_date(at, "full", locale=self.locale)

    def moment(self, at: datetime) -> str:
        """A day with its time."""
        return format_datetime(at, "medium", locale=self.locale)

    def time(self, at: datetime) -> str:
        """A moment that has a time zone, as the clock shows it where the daemon runs."""
        return format_datetime(at.astimezone(), "short", locale=self.locale)

    def duration(self, seconds: float) -> str:
        """About how long: 3 minutes."""
        return format_timedelta(timedelta(seconds=max(seconds, 1)), locale=self.locale)

    def under(self, prefix: str) -> dict[str, str]:
        """All words below a key, for a script."""
        return {k: v for k, v in self._words.items() if k.startswith(f"{prefix}.")}


def all_wordings() -> dict[str, Wording]:
    """Every language, by its code."""
    return {language: Wording(language, words_of(language)) for language in LANGUAGES}


def words_of(language: str) -> dict[str, str]:
    """The words of a language by dotted key, from `words/LANGUAGE.toml`."""
    text = files("phototagd.web.gallery").joinpath("words", f"{language}.toml").read_text("utf-8")
    return dict(_flat(tomllib.loads(text), ""))


def preferred(accepted: str) -> str:
    """The language of an `Accept-Language` header that the pages speak, or English.

    The order is taken as it stands: browsers send the dearest first.
    """
    for part in accepted.split(","):
        language = part.partition(";")[0].strip().partition("-")[0].lower()
        if language in LANGUAGES:
            return language
    return USUAL


def _flat(table: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, value in table.items():
        name = f"{prefix}{key}"
        found += _flat(value, f"{name}.") if isinstance(value, dict) else [(name, value)]
    return found
