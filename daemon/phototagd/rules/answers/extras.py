# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""What did the model say about the fields that a profile has of its own?"""

import re
from collections.abc import Iterable
from typing import assert_never

from phototagd.domain.errors import BadReply
from phototagd.domain.profile import FieldKind, ProfileField
from phototagd.domain.tagging import Extra
from phototagd.rules.answers.captions import clean_caption
from phototagd.rules.answers.keywords import normalise_keywords
from phototagd.rules.answers.nonsense import repeats_itself
from phototagd.rules.answers.reply_reader import ReplyReader
from phototagd.rules.text.language import wrong_script, wrong_script_of_words

_UNKNOWN = -1
_SCORED = re.compile(r"^(?P<name>.+?)\s*[:：]\s*(?P<percent>\d{1,3})(?:\.\d+)?\s*[%％]?$")
_EMPTY = frozenset({"", "none", "n/a", "unknown", "null", "-", "无", "未知"})
_LONGEST_NAME = 100


def extra_of(reader: ReplyReader, field: ProfileField, language: str) -> Extra:
    """The field as the reply has it, clean; without values when there are none.

    Raises BadReply for what runs in circles or is in a script of another language; `language`
    is empty where any will do.
    """
    scores: tuple[float, ...] = ()
    match field.kind:
        case FieldKind.TEXT:
            values = _texts([reader.text(field.name)], field)
        case FieldKind.LINES:
            values = _texts(reader.lines(field.name), field)
        case FieldKind.WORDS:
            values = normalise_keywords(
                reader.words(field.name), most=field.most, language=language
            )
        case FieldKind.CHOICE:
            values = tuple(filter(None, [reader.choice(field.name, field.values, otherwise="")]))
        case FieldKind.CHOICES:
            values = reader.choices(field.name, field.values)[: field.most]
        case FieldKind.COUNT:
            count = reader.count(field.name, _UNKNOWN)
            values = () if count == _UNKNOWN else (str(count),)
        case FieldKind.SCORES:
            values, scores = _scored(reader, field)
        case _:
            assert_never(field.kind)
    _refuse_script(field, values, language)
    return Extra(field.name, values, scores)


def _texts(texts: Iterable[str], field: ProfileField) -> tuple[str, ...]:
    clean = (clean_caption(text, longest=field.longest) for text in texts)
    kept = tuple(dict.fromkeys(text for text in clean if text.lower() not in _EMPTY))
    if any(repeats_itself(text) for text in kept):
        raise BadReply(f"{field.name} repeats itself")
    return kept[: field.most]


def _scored(reader: ReplyReader, field: ProfileField) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Names with their scores, the best first; a name without one has 0."""
    found: dict[str, float] = {}
    for line in reader.lines(field.name):
        text = clean_caption(line, longest=_LONGEST_NAME)
        match = _SCORED.match(text)
        name = match["name"] if match else text
        if name.lower() not in _EMPTY:
            found.setdefault(name, min(int(match["percent"]), 100) / 100 if match else 0.0)
    best = sorted(found.items(), key=lambda pair: -pair[1])[: field.most]
    return tuple(name for name, _ in best), tuple(score for _, score in best)


def _refuse_script(field: ProfileField, values: tuple[str, ...], language: str) -> None:
    if not language or field.kind not in {FieldKind.TEXT, FieldKind.WORDS, FieldKind.SCORES}:
        return
    is_text = field.kind is FieldKind.TEXT
    foreign = (
        wrong_script(" ".join(values), language)
        if is_text
        else wrong_script_of_words(values, language)
    )
    if foreign:
        raise BadReply(f"{field.name} is answered in {foreign} script, not in {language}")
