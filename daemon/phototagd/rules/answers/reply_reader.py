# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""Reads the fields of a reply leniently and remembers what it had to forgive."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from phototagd.domain.errors import BadReply

MOST_COUNTED = 999
_LIST_SEPARATORS = re.compile(r"[,;|\n、，；]+")
_LINE_SEPARATORS = re.compile(r"\n+")


@dataclass(slots=True)
class ReplyReader:
    """The fields of one reply, and the repairs they needed."""

    fields: dict[str, object]
    repairs: list[str] = field(default_factory=list)

    def choice(self, name: str, allowed: Collection[str], *, otherwise: str) -> str:
        """One of the allowed words, however it is spelt."""
        word = token(self.fields.get(name, ""))
        if word in allowed:
            return word
        self.repairs.append(name)
        return otherwise

    def choices(self, name: str, allowed: Collection[str]) -> tuple[str, ...]:
        """Those of the words that are allowed."""
        return tuple(word for word in self.words(name) if word in allowed)

    def words(self, name: str) -> Sequence[str]:
        """A list of words; one text is split at commas."""
        return [word.strip() for word in self._strings(name, _LIST_SEPARATORS)]

    def lines(self, name: str) -> Iterable[str]:
        """A list of lines; one text is split at line breaks."""
        return self._strings(name, _LINE_SEPARATORS)

    def text(self, name: str) -> str:
        """One text; a list of them is joined."""
        value = self.fields.get(name)
        if isinstance(value, str):
            return value
        return " ".join(self._strings(name, _LINE_SEPARATORS))

    def count(self, name: str, otherwise: int) -> int:
        """A whole number from 0; `otherwise` when it is none."""
        value = self.fields.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return min(value, MOST_COUNTED)
        self.repairs.append(name)
        text = str(value).strip().removesuffix(".0")
        if text.isascii() and text.isdigit():
            return min(int(text[:9]), MOST_COUNTED)
        return otherwise

    def _strings(self, name: str, separators: re.Pattern[str]) -> Iterable[str]:
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


def token(value: object) -> str:
    """A value as choices are spelt."""
    return str(value).strip().lower().replace(" ", "_")
