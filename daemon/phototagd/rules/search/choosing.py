"""Which photos does a `--where` mean?

`model != qwen* and before 2024`: tests joined by and, or, not and parentheses. A test is a
field, `=`, `!=` or `:`, and a value in quotes or without spaces; or a time. Fields are how a
photo was last answered (model, recipe, language, profile), its path, and all fields of search.
"""

import re
from collections.abc import Iterator
from datetime import date

from phototagd.domain.retagging import All, Answered, Any, Choice, IsPrivate, Not, Pattern, Said
from phototagd.domain.search import Condition, Taken
from phototagd.rules.search.query_board import Mark
from phototagd.rules.search.query_fields import read_field

LONGEST = 1000
_TOKEN = re.compile(r"""\s*(?: "[^"]*" | '[^']*' | != | [()=:] | [^\s()=:!"']+ | ! )""", re.VERBOSE)
_TIMES = frozenset({"before", "after", "since"})
_SAID = {one.value: one for one in Said}


def chosen(text: str, today: date) -> Choice:
    """The choice that a text means; raises ValueError naming what is not understood."""
    if len(text) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters")
    return _Parser(list(_tokens(text)), today).whole()


def _tokens(text: str) -> Iterator[str]:
    at, text = 0, text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"a quote is not closed: {text[at:].strip()}")
        at = match.end()
        yield match.group().strip()


class _Parser:
    def __init__(self, tokens: list[str], today: date) -> None:
        self._tokens = tokens
        self._today = today

    def whole(self) -> Choice:
        if not self._tokens:
            raise ValueError('it is empty: say which photos, as in "before 2024"')
        choice = self._any()
        if self._tokens:
            raise ValueError(f'"{self._tokens[0]}" is not expected; join tests by and, or')
        return choice

    def _any(self) -> Choice:
        choices = [self._all()]
        while self._skip("or"):
            choices.append(self._all())
        return choices[0] if len(choices) == 1 else Any(tuple(choices))

    def _all(self) -> Choice:
        choices = [self._one()]
        while self._skip("and"):
            choices.append(self._one())
        return choices[0] if len(choices) == 1 else All(tuple(choices))

    def _one(self) -> Choice:
        if self._skip("not"):
            return Not(self._one())
        if self._skip("("):
            choice = self._any()
            if not self._skip(")"):
                raise ValueError("a parenthesis is not closed")
            return choice
        return self._test()

    def _test(self) -> Choice:
        name = self._next("a test").lower()
        if name == "private":
            return IsPrivate()
        if name == "tagged":
            when = self._next("before, after or since").lower()
            return self._answered(when)
        if name in _TIMES:
            self._skip(":")
            return self._searched(name, self._value(name))
        mark = self._next(f"= or != after {name}")
        if mark not in {"=", "!=", ":"}:
            raise ValueError(f'"{name} {mark}": write {name} = … or {name} != …')
        value = self._value(name)
        test = Pattern(_SAID[name], value) if name in _SAID else self._searched(name, value)
        return Not(test) if mark == "!=" else test

    def _answered(self, when: str) -> Choice:
        if when not in _TIMES:
            raise ValueError(f'"tagged {when}": write tagged before, after or since a date')
        test = self._searched(when, self._value(when))
        assert isinstance(test, Condition)
        assert isinstance(test.test, Taken)
        span = test.test.spans[0]
        return Answered(span.start, span.end)

    def _searched(self, name: str, value: str) -> Choice:
        found = read_field(name, value, self._today)
        if found is None:
            known = ", ".join((*_SAID, "tag", "category", "mood", "folder", "camera", "place"))
            raise ValueError(f'"{name}" "{value}" is not understood; there are {known}, before …')
        wish = found[0]
        if isinstance(wish, Mark):
            return IsPrivate()
        return Condition(wish)

    def _value(self, name: str) -> str:
        value = self._next(f"a value after {name}")
        while self._tokens and self._tokens[0] == ":":  # model names have a colon
            value += self._next("") + self._next(f"the rest of {value}")
        if value[0] in "\"'":
            value = value[1:-1]
        if not value:
            raise ValueError(f"the value of {name} is empty")
        return value

    def _skip(self, word: str) -> bool:
        if self._tokens and self._tokens[0].lower() == word:
            del self._tokens[0]
            return True
        return False

    def _next(self, wanted: str) -> str:
        if not self._tokens:
            raise ValueError(f"{wanted} is missing at the end")
        return self._tokens.pop(0)
