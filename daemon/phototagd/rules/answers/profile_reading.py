"""Does the text of a profile make sense, and what does it say?

A person writes these files: whatever is wrong is told with its line and what is allowed.
"""

import re
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

from phototagd.domain.errors import ConfigError
from phototagd.domain.profile import KNOWN_FIELDS, FieldKind, Profile, ProfileField, Tongue

MOST_VALUES = 100  # larger lists make grammars that servers refuse
MOST_FIELDS = 30
LONGEST_ASK = 1000
Choice = TypeVar("Choice", FieldKind, Tongue)
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TAKEN = frozenset({"caption", "keywords", "sensitive"})
_TABLES = (
    "name",
    "title",
    "task",
    "stop",
    "vocabulary",
    "caption",
    "keywords",
    "fields",
    "example",
)
_FIELD_KEYS = ("kind", "ask", "values", "most", "longest", "language", "optional")
_MOST_ENTRIES = 50
_LONGEST_TEXT = 2000


def profile_from(text: str, source: str) -> Profile:
    """The profile that a TOML text describes; `source` is what errors call the text.

    Raises ConfigError naming line, mistake and remedy.
    """
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{source}: is not valid TOML: {error}") from error
    return _Reader(text, source).profile(tree)


class _Reader:
    """Knows the text, so that every complaint can name a line."""

    def __init__(self, text: str, source: str) -> None:
        self._lines = text.splitlines()
        self._source = source

    def profile(self, tree: Mapping[str, object]) -> Profile:
        self._only(tree, _TABLES, "")
        name = self._text(tree, "name", "")
        if not _NAME.fullmatch(name):
            raise self._wrong("", "name", "must be small letters, digits, - or _, as in my-shop")
        caption = self._table(tree, "caption", "")
        self._only(caption, ("short", "detailed"), "caption")
        keywords = self._table(tree, "keywords", "")
        self._only(keywords, ("ask",), "keywords")
        short = self._text(caption, "short", "caption")
        fields = self._fields(self._table(tree, "fields", "", is_needed=False))
        vocabulary = self._words(tree, "vocabulary", "")
        if len(vocabulary) > MOST_VALUES:
            raise self._wrong("", "vocabulary", f"may hold {MOST_VALUES} words at most")
        return Profile(
            name=name,
            title=self._text(tree, "title", "", otherwise=name),
            task=self._text(tree, "task", ""),
            short_caption=short,
            detailed_caption=self._text(caption, "detailed", "caption", otherwise=short),
            keywords=self._text(keywords, "ask", "keywords"),
            fields=fields,
            vocabulary=vocabulary,
            stop=self._words(tree, "stop", ""),
            examples=self._examples(tree, {field.name for field in fields}),
        )

    def _fields(self, table: Mapping[str, object]) -> tuple[ProfileField, ...]:
        if len(table) > MOST_FIELDS:
            raise self._wrong("", "fields", f"may hold {MOST_FIELDS} fields at most")
        return tuple(self._field(name, table) for name in table)

    def _field(self, name: str, fields: Mapping[str, object]) -> ProfileField:
        where = f"fields.{name}"
        if name in _TAKEN or not _FIELD_NAME.fullmatch(name):
            raise self._wrong(where, "", "is no name for a field: small letters, digits and _, and "
                              "not caption, keywords or sensitive")  # fmt: skip
        table = self._table(fields, name, "fields")
        self._only(table, _FIELD_KEYS, where)
        kind = self._choice(table, "kind", where, FieldKind)
        known = KNOWN_FIELDS.get(name, kind)
        if kind is not known:
            raise self._wrong(where, "kind", f'of {name} must be "{known}"')
        values = self._words(table, "values", where)
        if (kind in {FieldKind.CHOICE, FieldKind.CHOICES}) != bool(values):
            raise self._wrong(where, "values", "belong to choice and choices, and only to them")
        if len(values) > MOST_VALUES:
            raise self._wrong(where, "values", f"may be {MOST_VALUES} at most")
        return ProfileField(
            name=name,
            kind=kind,
            ask=self._text(table, "ask", where),
            tongue=self._tongue(table, kind, where),
            values=values,
            most=self._number(table, "most", where, usual=5, most=_MOST_ENTRIES),
            longest=self._number(table, "longest", where, usual=60, most=_LONGEST_TEXT),
            is_optional=self._flag(table, "optional", where),
        )

    def _tongue(self, table: Mapping[str, object], kind: FieldKind, where: str) -> Tongue:
        if kind is FieldKind.TEXT and "language" in table:
            return self._choice(table, "language", where, Tongue)
        if "language" in table:
            raise self._wrong(where, "language", "belongs to fields of the kind text")
        by_kind = {FieldKind.TEXT: Tongue.CAPTION, FieldKind.WORDS: Tongue.KEYWORDS}
        return Tongue.KEYWORDS if kind is FieldKind.SCORES else by_kind.get(kind, Tongue.NONE)

    def _examples(
        self, tree: Mapping[str, object], names: set[str]
    ) -> Mapping[str, Mapping[str, object]]:
        table = self._table(tree, "example", "", is_needed=False)
        examples = {code: self._table(table, code, "example") for code in table}
        for code, example in examples.items():
            where = f"example.{code}"
            self._only(example, ("caption", "keywords", *sorted(names)), where)
            self._text(example, "caption", where)
            if not self._words(example, "keywords", where):
                raise self._wrong(where, "keywords", "must hold at least one word")
        return examples

    def _only(self, table: Mapping[str, object], allowed: tuple[str, ...], where: str) -> None:
        for key in table:
            if key not in allowed:
                close = get_close_matches(key, allowed, n=1, cutoff=0.5)
                hint = f'; did you mean "{close[0]}"?' if close else ""
                raise self._wrong(where, key, f"is not known here: {', '.join(allowed)}{hint}")

    def _table(
        self, table: Mapping[str, object], key: str, where: str, *, is_needed: bool = True
    ) -> Mapping[str, object]:
        value = table.get(key, None if is_needed else {})
        if not isinstance(value, dict):
            name = f"{where}.{key}" if where else key
            raise self._wrong(where, key, f"is missing: it is a table, [{name}]")
        return value

    def _text(
        self, table: Mapping[str, object], key: str, where: str, *, otherwise: str = ""
    ) -> str:
        value = table.get(key, otherwise)
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if not text:
            raise self._wrong(where, key, 'is missing: it is a text in quotes, as in "..."')
        if len(text) > LONGEST_ASK:
            raise self._wrong(where, key, f"is longer than {LONGEST_ASK} characters")
        return text

    def _words(self, table: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self._wrong(where, key, 'must be a list of texts, as in ["one", "two"]')
        return tuple(dict.fromkeys(" ".join(word.split()) for word in value))

    def _number(
        self, table: Mapping[str, object], key: str, where: str, *, usual: int, most: int
    ) -> int:
        value = table.get(key, usual)
        if type(value) is not int or not 1 <= value <= most:
            raise self._wrong(where, key, f"must be a whole number from 1 to {most}")
        return value

    def _flag(self, table: Mapping[str, object], key: str, where: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(where, key, "must be true or false")
        return value

    def _choice(
        self, table: Mapping[str, object], key: str, where: str, kind: type[Choice]
    ) -> Choice:
        try:
            return kind(str(table.get(key, "")))
        except ValueError:
            allowed = ", ".join(one.value for one in kind)
            raise self._wrong(where, key, f"must be one of: {allowed}") from None

    def _wrong(self, table: str, key: str, what: str) -> ConfigError:
        name = f"[{table}] {key}".strip() if table else key
        return ConfigError(f"{self._source}, line {self._line(table, key)}: {name} {what}")

    def _line(self, table: str, key: str) -> int:
        """The line that a key stands in, or its table, or the first."""
        at, heading = 0, re.compile(rf"\s*\[\s*{re.escape(table)}\s*\]") if table else None
        if heading is not None:
            at = next((n for n, line in enumerate(self._lines) if heading.match(line)), 0)
        named = re.compile(rf"""\s*\[?["']?{re.escape(key)}["']?\s*[=.\]]""")
        for number, line in enumerate(self._lines[at + bool(table) :], start=at + bool(table)):
            if key and named.match(line):
                return number + 1
            if table and line.lstrip().startswith("["):
                break
        return at + 1
