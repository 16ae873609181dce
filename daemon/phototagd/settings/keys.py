"""Dotted names of options, and which of them exist."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from phototagd.settings.options import Settings


def flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of nested tables by dotted key; entries of lists by `[index]`."""
    for name, value in tree.items():
        key = f"{prefix}{name}"
        if isinstance(value, Mapping) and value and not is_free(key):
            yield from flat(value, f"{key}.")
        elif isinstance(value, list | tuple) and all(isinstance(v, Mapping) for v in value):
            for index, entry in enumerate(value):
                yield from flat(entry, f"{key}[{index}].")
        else:
            yield key, value


def dotted(location: Iterable[int | str]) -> str:
    """A place in nested tables as a dotted key."""
    key = ""
    for part in location:
        key += f"[{part}]" if isinstance(part, int) else f".{part}" if key else part
    return key


def is_free(key: str) -> bool:
    """Whether an option is a table whose keys are not ours."""
    return key == "model.options"


def names_of(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The options of a table."""
    return model.model_fields


def model_of(field: FieldInfo) -> type[BaseModel] | None:
    """The table that an option holds, or holds a list of; None for a plain value."""
    for kind in (field.annotation, *get_args(field.annotation)):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


def table_at(parts: Iterable[int | str]) -> type[BaseModel]:
    """The innermost table on the way to a place."""
    table: type[BaseModel] = Settings
    for part in parts:
        field = names_of(table).get(str(part))
        table = (model_of(field) if field else None) or table
    return table


def nearest(name: str, candidates: Iterable[str]) -> str:
    """`; did you mean "…"?` for the most similar candidate, or nothing."""
    close = difflib.get_close_matches(name, list(candidates), n=1, cutoff=0.5)
    return f'; did you mean "{close[0]}"?' if close else ""
