"""What form must an answer have?

The schema is flat, its fields alphabetical (some servers sort them), within what grammars of
llama.cpp support.
"""

from collections.abc import Mapping

from phototagd.domain.profile import FieldKind, ProfileField
from phototagd.rules.answers.choices import SENSITIVE
from phototagd.rules.answers.style import Style

LONGEST_WORD = 40
_FEWEST_KEYWORDS = 3
_LONGEST_PAIR = 2 * LONGEST_WORD + 3
_LONGEST_SCORED = 100
_MOST_COUNTED = 99
_ROOM_FOR_AN_END = 80
"""A grammar cuts anywhere: with this room, a caption that is too long ends with a sentence."""


def schema_for(style: Style, *, share: int) -> dict[str, object]:
    """The JSON schema of an answer; lists may hold the given share (1, 2: a half) of words."""
    most = style.max_keywords
    properties: dict[str, object] = {
        "caption": _text(style.longest_caption + _ROOM_FOR_AN_END),
        "keywords": _list_of(_keyword(style), max(most // share, min(most, _FEWEST_KEYWORDS))),
        "sensitive": {"type": "string", "enum": list(SENSITIVE)},
    }
    properties |= {field.name: _of_field(field, share) for field in style.fields}
    ordered = dict(sorted(properties.items()))
    return {"type": "object", "properties": ordered, "required": list(ordered)}


def _keyword(style: Style) -> dict[str, object]:
    if style.limits_words:
        return {"type": "string", "enum": list(style.only_words)}
    return _text(_LONGEST_PAIR if style.wants_pairs else LONGEST_WORD)


def _of_field(field: ProfileField, share: int) -> dict[str, object]:
    choice: dict[str, object] = {"type": "string", "enum": list(field.values)}
    fewer = max(field.most // share, 1)
    forms: dict[FieldKind, dict[str, object]] = {
        FieldKind.TEXT: _text(field.longest),
        FieldKind.WORDS: _list_of(_text(LONGEST_WORD), fewer),
        FieldKind.LINES: _list_of(_text(field.longest), fewer),
        FieldKind.SCORES: _list_of(_text(_LONGEST_SCORED), field.most),
        FieldKind.CHOICE: choice,
        FieldKind.CHOICES: _list_of(choice, field.most),
        FieldKind.COUNT: {"type": "integer", "minimum": 0, "maximum": _MOST_COUNTED},
    }
    return forms[field.kind]


def _text(longest: int) -> dict[str, object]:
    return {"type": "string", "maxLength": longest}


def _list_of(items: Mapping[str, object], most: int) -> dict[str, object]:
    return {"type": "array", "items": dict(items), "maxItems": most}
