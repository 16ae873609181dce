"""What did the model say, and does it make sense?"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from phototagd.domain.errors import BadReply
from phototagd.domain.profile import KNOWN_FIELDS, FieldKind, ProfileField
from phototagd.domain.tagging import Answer, Extra
from phototagd.rules.answers.captions import clean_caption
from phototagd.rules.answers.choices import NOT_SENSITIVE, SENSITIVE
from phototagd.rules.answers.extras import extra_of
from phototagd.rules.answers.keywords import fold, normalise_keywords
from phototagd.rules.answers.nonsense import (
    is_echo,
    nonsense_in_caption,
    nonsense_in_keywords,
    repeats_itself,
)
from phototagd.rules.answers.pairs import split_pairs
from phototagd.rules.answers.reply_reader import ReplyReader, token
from phototagd.rules.answers.salvaging import find_object
from phototagd.rules.answers.style import Style
from phototagd.rules.text.language import wrong_script, wrong_script_of_words

MOST_TEXTS = 20
LONGEST_TEXT = 200  # characters of one line
UNKNOWN_PEOPLE = -1
_OTHER = "other"
_NOT_SENSITIVE_EITHER = frozenset({"", "no", "not", "false", "nothing", "n/a", "null", "safe"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """An answer that makes sense, and the repairs it needed, joined by "+"; empty if none."""

    answer: Answer
    salvage: str = ""


def parse(content: str, thinking: str, *, style: Style) -> Parsed:
    """The answer in a finished reply, normalised but not yet redacted.

    Harmless deviations from the schema are repaired and named; raises BadReply with a reason
    for a person when there is no whole object, or when the object is nonsense or in a script
    of another language than its field shall have.
    """
    fields, repairs = find_object(content, thinking)
    reader = ReplyReader(fields, list(repairs))
    caption = _caption(reader, style)
    keywords, translations = _keywords(reader, style)
    asked = {field.name: field for field in style.fields}
    answer = Answer(
        caption=caption,
        category=_category(reader, asked.get("category")),
        keywords=keywords,
        mood=_mood(reader, asked.get("mood")),
        objects=_objects(reader, asked.get("objects"), style),
        people=reader.count("people", UNKNOWN_PEOPLE) if "people" in asked else UNKNOWN_PEOPLE,
        sensitive=_sensitive(reader),
        text=_text(reader) if "text" in asked else (),
        extras=_extras(reader, style),
        translations=translations,
    )
    return Parsed(answer, "+".join(dict.fromkeys(reader.repairs)))


def _caption(reader: ReplyReader, style: Style) -> str:
    raw = reader.fields["caption"]
    if not isinstance(raw, str):
        raise BadReply(f"the caption is no text but {type(raw).__name__}")
    caption = clean_caption(raw, longest=style.longest_caption)
    profile = style.profile
    reason = nonsense_in_caption(raw, profile) or nonsense_in_caption(caption, profile)
    if reason:
        raise BadReply(reason)
    foreign = wrong_script(caption, style.language)
    if foreign:
        raise BadReply(f"the caption is answered in {foreign} script, not in {style.language}")
    return caption


def _keywords(
    reader: ReplyReader, style: Style
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """The keywords in their canonical language, and their translations where both are wanted."""
    given = reader.words("keywords")
    pairs = split_pairs(given) if style.wants_pairs else [(word, "") for word in given]
    words = [word for word, _ in pairs]
    reason = nonsense_in_keywords(words, style.profile)
    if reason:
        raise BadReply(reason)
    stopped = frozenset(map(fold, style.profile.stop))
    keywords = _unstopped(_clean(words, style, style.max_keywords), stopped)
    if style.limits_words:
        return keywords, ()  # none may fit, and a person's own words are in a person's script
    if not keywords:
        raise BadReply("there is no usable keyword")
    _refuse_script("keywords", keywords, style.words_language)
    if not style.wants_pairs:
        return keywords, ()
    translations = tuple(_translated(pairs, keywords, style))
    _refuse_script("translations", [same for _, same in translations], style.language)
    if len(translations) < len(keywords):
        reader.repairs.append("translations")
    return keywords, translations


def _clean(words: Sequence[str], style: Style, most: int) -> tuple[str, ...]:
    fitting = (word for word in words if not is_echo(word, style.profile))
    return normalise_keywords(fitting, most=most, language=style.words_language)


def _unstopped(words: Sequence[str], stopped: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if fold(word) not in stopped)


def _translated(
    pairs: Sequence[tuple[str, str]], keywords: Sequence[str], style: Style
) -> list[tuple[str, str]]:
    """Each keyword that has one with its translation, both as they will be written."""
    found: dict[str, str] = {}
    for word, same in pairs:
        canonical = normalise_keywords([word], most=1, language=style.words_language)
        translation = normalise_keywords([same], most=1, language=style.language)
        if canonical and translation and canonical[0] in keywords:
            found.setdefault(canonical[0], translation[0])
    return [(word, found[word]) for word in keywords if word in found]


def _refuse_script(what: str, words: Sequence[str], language: str) -> None:
    foreign = wrong_script_of_words(words, language)
    if foreign:
        raise BadReply(f"the {what} are answered in {foreign} script, not in {language}")


def _category(reader: ReplyReader, field: ProfileField | None) -> str:
    if field is None:
        return ""
    return reader.choice(
        field.name, field.values, otherwise=_OTHER if _OTHER in field.values else ""
    )


def _mood(reader: ReplyReader, field: ProfileField | None) -> tuple[str, ...]:
    return () if field is None else reader.choices(field.name, field.values)[: field.most]


def _objects(reader: ReplyReader, field: ProfileField | None, style: Style) -> tuple[str, ...]:
    if field is None:
        return ()
    objects = _clean(reader.words(field.name), style, field.most)
    _refuse_script(field.name, objects, style.words_language)
    return objects


def _sensitive(reader: ReplyReader) -> str:
    """An unknown class is not guessed, lest private pass as harmless; nor is it quoted."""
    value = reader.fields.get("sensitive")
    if value is None or value is False or str(value).strip().lower() in _NOT_SENSITIVE_EITHER:
        reader.repairs.append("sensitive")
        return NOT_SENSITIVE
    word = token(value)
    if word not in SENSITIVE:
        raise BadReply("the class of sensitive photos is none of ours")
    return word


def _text(reader: ReplyReader) -> tuple[str, ...]:
    """The lines as written, in order; repeated ones once, unless they may be parts of a number."""
    lines: list[str] = []
    for line in reader.lines("text"):
        clean = _one_line(line)[:LONGEST_TEXT]
        is_new = clean not in lines or any(c.isdigit() for c in clean)
        if any(c.isalnum() for c in clean) and is_new and not repeats_itself(clean):
            lines.append(clean)
    return tuple(lines[:MOST_TEXTS])


def _extras(reader: ReplyReader, style: Style) -> tuple[Extra, ...]:
    own = (field for field in style.fields if field.name not in KNOWN_FIELDS)
    found = (extra_of(reader, field, _language(field, style)) for field in own)
    return tuple(extra for extra in found if extra.values)


def _language(field: ProfileField, style: Style) -> str:
    if field.kind is FieldKind.TEXT and field.tongue is field.tongue.CAPTION:
        return style.language
    return "" if field.tongue is field.tongue.NONE else style.words_language


def _one_line(text: str) -> str:
    printable = (" " if unicodedata.category(c)[0] == "C" else c for c in text)
    return " ".join(unicodedata.normalize("NFC", "".join(printable)).split())
