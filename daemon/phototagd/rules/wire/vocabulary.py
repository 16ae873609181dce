"""The vocabulary as JSON: its words, orders, and what they change."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from phototagd.domain.vocabulary import Entry, Order, Suggestion, Tended, TermOrigin, Verb
from phototagd.rules.wire.showing import path_fields, path_from


def order_to_json(order: Order) -> dict[str, Any]:
    """An order; its words and target are texts."""
    return asdict(order)


def order_from_json(given: Mapping[str, Any]) -> Order:
    """The reverse; raises ValueError for what is none."""
    words = given.get("words", [])
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError("words must be a list of texts")
    return Order(
        verb=Verb(_text(given, "verb")),
        words=tuple(words),
        target=_text(given, "target"),
        text=_text(given, "text"),
    )


def tended_to_json(tended: Tended) -> dict[str, Any]:
    """What an order changes; examples are paths."""
    return asdict(tended) | {"examples": [path_fields(path) for path in tended.examples]}


def tended_from_json(data: Mapping[str, Any]) -> Tended:
    """The reverse."""
    examples = tuple(path_from(path) for path in data["examples"])
    return Tended(**(dict(data) | {"examples": examples}))


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """A word of the list."""
    return asdict(entry)


def entry_from_json(data: Mapping[str, Any]) -> Entry:
    """The reverse."""
    lists = {key: tuple(data[key]) for key in ("synonyms", "translations")}
    return Entry(**(dict(data) | lists | {"origin": TermOrigin(data["origin"])}))


def suggestion_to_json(suggestion: Suggestion) -> dict[str, Any]:
    """Words that look like one."""
    return asdict(suggestion)


def suggestion_from_json(data: Mapping[str, Any]) -> Suggestion:
    """The reverse."""
    return Suggestion(**(dict(data) | {"words": tuple(data["words"])}))


def _text(given: Mapping[str, Any], key: str) -> str:
    text = given.get(key, "")
    if not isinstance(text, str):
        raise ValueError(f"{key} must be a text")  # noqa: TRY004 -- one error for every bad body
    return text
