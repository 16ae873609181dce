"""Where in a reply is the JSON object, when the reply is not simply that?

Servers without grammar fence it or talk around it, thinking models leave it in their
thoughts. Only whole objects are taken: a cut answer is never completed by guessing.
"""

import json
import re
from collections.abc import Iterator
from typing import TypeGuard

from phototagd.domain.errors import BadReply

_FENCE = re.compile(r"```[a-zA-Z0-9]*\s*\n?(.*?)```", re.DOTALL)
_MOST_STARTS = 200  # a reply of braces alone must not cost quadratic time
_LEAST_FIELDS = frozenset({"caption", "keywords"})


def find_object(content: str, thinking: str) -> tuple[dict[str, object], tuple[str, ...]]:
    """The answer's object, and the names of the repairs that it took to find it.

    Repairs are "control" (raw line breaks inside strings), "fenced", "embedded" and
    "thinking". Raises BadReply when there is no whole object with a caption and keywords.
    """
    for text, where in ((content, ()), (thinking, ("thinking",))):
        found = _in_text(text)
        if found is not None:
            return found[0], where + found[1]
    if not content.strip() and not thinking.strip():
        raise BadReply("the reply is empty")
    if "{" in content or "{" in thinking:
        raise BadReply("the reply holds no whole JSON object with a caption and keywords")
    raise BadReply("the reply is no JSON")


def _in_text(text: str) -> tuple[dict[str, object], tuple[str, ...]] | None:
    stripped = text.strip()
    for repairs, strict in (((), True), (("control",), False)):
        value = _loaded(stripped, strict=strict)
        if _is_answer(value):
            return value, repairs
    for name, candidates in (("fenced", _FENCE.findall(text)), ("embedded", _objects(text))):
        answers = [v for v in map(_candidate, candidates) if _is_answer(v)]
        if answers:  # drafts come first, the last one is meant
            return answers[-1], (name,)
    return None


def _candidate(value: object) -> object:
    return _loaded(value.strip(), strict=False) if isinstance(value, str) else value


def _loaded(text: str, *, strict: bool) -> object:
    try:
        return json.loads(text, strict=strict)
    except (ValueError, RecursionError):
        return None


def _objects(text: str) -> Iterator[object]:
    """Every outermost balanced object in a text, in order."""
    decoder = json.JSONDecoder(strict=False)
    start = text.find("{")
    for _ in range(_MOST_STARTS):
        if start < 0:
            return
        try:
            value, end = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            end = start + 1
        else:
            yield value
        start = text.find("{", end)


def _is_answer(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict) and value.keys() >= _LEAST_FIELDS
