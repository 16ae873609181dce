"""What is wrong with an option, said so that a person can put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from phototagd.settings.keys import dotted, flat, names_of, nearest, table_at
from phototagd.settings.masking import masked


@dataclass(frozen=True, slots=True)
class Source:
    """One place where options are written, and what it says."""

    name: str
    values: Mapping[str, Any]


def explained(error: ErrorDetails, sources: Sequence[Source]) -> str:
    """One line: where it is written, the key, the value, and what is allowed."""
    location = error["loc"]
    key = dotted(location)
    where = _written_in(key, sources)
    match error["type"]:
        case "extra_forbidden":
            known = names_of(table_at(location[:-1]))
            return f'{where}: unknown key "{key}"{nearest(str(location[-1]), known)}'
        case "missing":
            return f"{where}: {key} is missing"
        case _:
            value = masked(error["input"])
            return f"{where}: {key} = {value!r}: {_allowed(error)}"


def _allowed(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "literal_error":
            return f"must be one of {context['expected']}"
        case "value_error":
            return str(context["error"])
        case "tuple_type":
            name = dotted(error["loc"])
            return f"must be a list; in the file, write [[{name}]]"
        case "model_type" | "model_attributes_type":
            return f"must be a table; in the file, write [{dotted(error['loc'])}]"
        case _:
            return error["msg"].replace("Input should", "should").replace("String should", "should")


def _written_in(key: str, sources: Sequence[Source]) -> str:
    """The strongest source that has the key, or the table it is missing from."""
    while key:
        for source in reversed(sources):
            if any(_is_at_or_below(k, key) for k, _ in flat(source.values)):
                return source.name
        key = key.rpartition("[" if key.endswith("]") else ".")[0]
    return "settings"


def _is_at_or_below(key: str, place: str) -> bool:
    return key == place or key.startswith((f"{place}.", f"{place}["))
