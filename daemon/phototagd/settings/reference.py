"""The reference of all options, for the README and for `phototagd config --help`."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from phototagd.settings.environment import variable
from phototagd.settings.keys import model_of, names_of
from phototagd.settings.options import Settings


@dataclass(frozen=True, slots=True)
class Option:
    """One option as documentation shows it; `table` is `[model]`, `[[library]]` or empty."""

    table: str
    key: str
    variable: str
    allowed: str
    default: str
    help: str


def reference() -> Iterator[Option]:
    """All options in the order of the settings file."""
    for name, field in names_of(Settings).items():
        model = model_of(field)
        if model is None:
            yield _option("", name, name, field)
            continue
        is_list = get_origin(field.annotation) is tuple
        table = f"[[{name}]]" if is_list else f"[{name}]"
        for key, inner in names_of(model).items():
            yield _option(table, key, name if is_list else f"{name}.{key}", inner)


def _option(table: str, key: str, dotted: str, field: FieldInfo) -> Option:
    return Option(
        table=table,
        key=key,
        variable=variable(dotted),
        allowed=_allowed(field.annotation),
        default=_default(field),
        help=field.description or "",
    )


def _allowed(annotation: Any) -> str:
    """The type in words a person knows from TOML."""
    choices = get_args(annotation)
    if NoneType in choices:
        return _allowed(next(choice for choice in choices if choice is not NoneType))
    if choices and all(isinstance(c, str) for c in choices):
        return ", ".join(choices)
    words = {"bool": "true, false", "int": "whole number", "float": "number", "Path": "folder"}
    for kind in (annotation, *choices):
        if getattr(kind, "__name__", "") in words and get_origin(annotation) is not tuple:
            return words[kind.__name__]
    origin = get_origin(annotation)
    return {tuple: "list of text", dict: "table"}.get(origin, "text")


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return ""
    value = field.get_default(call_default_factory=True, validated_data={})
    if isinstance(value, BaseModel):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value or "")
