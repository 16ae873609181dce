# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""What did the model say, and does it make sense?"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from phototagd.domain.errors import BadReply
from phototagd.domain.tagging import Answer
from phototagd.rules.answers.captions import clean_caption
from phototagd.rules.answers.choices import CATEGORIES, MOODS, NOT_SENSITIVE, SENSITIVE
from phototagd.rules.answers.nonsense import (
    is_echo,
    nonsense_in_caption,
    nonsense_in_keywords,
    repeats_itself,
)
from phototagd.rules.answers.salvaging import find_object
from phototagd.rules.answers.vocabulary import normalise_keywords
from phototagd.rules.text.language import wrong_script, wrong_script_of_words

MOST_OBJECTS = 10
MOST_MOODS = 3
MOST_TEXTS = 20
LONGEST_TEXT = 200  # characters of one line
MOST_PEOPLE = 999
UNKNOWN_PEOPLE = -1
_OTHER = "other"
_NOT_SENSITIVE_EITHER = frozenset({"", "no", "not", "false", "nothing", "n/a", "null", "safe"})
_LIST_SEPARATORS = re.compile(r"[,;|\n、，；]+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """An answer that makes sense, and the repairs it needed, joined by "+"; empty if none."""

    answer: Answer
    salvage: str = ""


def parse(content: str, thinking: str, *, max_keywords: int, language: str) -> Parsed:
    """The answer in a finished reply, normalised but not yet redacted.

    Harmless deviations from the schema are repaired and named; raises BadReply with a reason
    for a person when there is no whole object, or when the object is nonsense or in a script
    of another language.
    """
    fields, repairs = find_object(content, thinking)
    reader = _Reader(fields, list(repairs))
    caption = _caption(reader, language)
    keywords = _keywords(reader, max_keywords, language)
    answer = Answer(
        caption=caption,
        category=reader.choice("category", CATEGORIES, otherwise=_OTHER),
        keywords=keywords,
        mood=tuple(m for m in reader.words("mood") if m in MOODS)[:MOST_MOODS],
        objects=_objects(reader, language),
        people=reader.count("people"),
        sensitive=_sensitive(reader),
        text=_text(reader),
    )
    return Parsed(answer, "+".join(dict.fromkeys(reader.repairs)))


def _caption(reader: "_Reader", language: str) -> str:
    raw = reader.fields["caption"]
    if not isinstance(raw, str):
        raise BadReply(f"the caption is no text but {type(raw).__name__}")
    caption = clean_caption(raw)
    reason = nonsense_in_caption(raw) or nonsense_in_caption(caption)
    if reason:
        raise BadReply(reason)
    foreign = wrong_script(caption, language)
    if foreign:
        raise BadReply(f"the caption is answered in {foreign} script, not in {language}")
    return caption


def _keywords(reader: "_Reader", most: int, language: str) -> tuple[str, ...]:
    words = reader.words("keywords")
    reason = nonsense_in_keywords(words)
    if reason:
        raise BadReply(reason)
    keywords = normalise_keywords(
        (w for w in words if not is_echo(w)), most=most, language=language
    )
    if not keywords:
        raise BadReply("there is no usable keyword")
    foreign = wrong_script_of_words(keywords, language)
    if foreign:
        raise BadReply(f"the keywords are answered in {foreign} script, not in {language}")
    return keywords


def _objects(reader: "_Reader", language: str) -> tuple[str, ...]:
    words = (w for w in reader.words("objects") if not is_echo(w))
    return normalise_keywords(words, most=MOST_OBJECTS, language=language)


def _sensitive(reader: "_Reader") -> str:
    """An unknown class is not guessed, lest private pass as harmless; nor is it quoted."""
    value = reader.fields.get("sensitive")
    if value is None or value is False or str(value).strip().lower() in _NOT_SENSITIVE_EITHER:
        reader.repairs.append("sensitive")
        return NOT_SENSITIVE
    word = _token(value)
    if word not in SENSITIVE:
        raise BadReply("the class of sensitive photos is none of ours")
    return word


def _text(reader: "_Reader") -> tuple[str, ...]:
    """The lines as written, in order; repeated ones once, unless they may be parts of a number."""
    lines: list[str] = []
    for line in reader.strings("text", separators=re.compile(r"\n+")):
        clean = _one_line(line)[:LONGEST_TEXT]
        is_new = clean not in lines or any(c.isdigit() for c in clean)
        if any(c.isalnum() for c in clean) and is_new and not repeats_itself(clean):
            lines.append(clean)
    return tuple(lines[:MOST_TEXTS])


def _one_line(text: str) -> str:
    printable = (" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return " ".join(unicodedata.normalize("NFC", "".join(printable)).split())


def _token(value: object) -> str:
    return str(value).strip().lower().replace(" ", "_")


@dataclass(slots=True)
class _Reader:
    """Reads fields leniently and remembers what it had to forgive."""

    fields: dict[str, object]
    repairs: list[str] = field(default_factory=list)

    def choice(self, name: str, allowed: Collection[str], *, otherwise: str) -> str:
        word = _token(self.fields.get(name, ""))
        if word in allowed:
            return word
        self.repairs.append(name)
        return otherwise

    def words(self, name: str) -> Sequence[str]:
        return [w.strip() for w in self.strings(name, separators=_LIST_SEPARATORS)]

    def strings(self, name: str, *, separators: re.Pattern[str]) -> Iterable[str]:
        value = self.fields.get(name)
        if isinstance(value, str):
            self.repairs.append(name)
            return separators.split(value)
        if value is None:
            self.repairs.append(name)
            return []
        if not isinstance(value, list):
            raise BadReply(f"{name} is no list but {type(value).__name__}")
        texts = [v for v in value if isinstance(v, str)]
        if len(texts) < len(value):
            raise BadReply(f"{name} holds something else than text")
        return texts

    def count(self, name: str) -> int:
        """A whole number from 0; unknown when it is none."""
        value = self.fields.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return min(value, MOST_PEOPLE)
        self.repairs.append(name)
        text = str(value).strip().removesuffix(".0")
        if text.isascii() and text.isdigit():
            return min(int(text[:9]), MOST_PEOPLE)
        return UNKNOWN_PEOPLE
