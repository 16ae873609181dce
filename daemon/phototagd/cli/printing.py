"""Text, JSON and trouble for the terminal; names of files cannot steer it."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from phototagd.rules.wire.showing import escaped


def print_json(content: Any, *, on_one_line: bool = False) -> None:
    """One JSON document; readable text where standard output can show it."""
    is_utf8 = sys.stdout.encoding.lower() in ("utf-8", "utf8")
    indent = None if on_one_line else 2
    _write(json.dumps(content, indent=indent, ensure_ascii=not is_utf8, default=str))


def print_lines(lines: Iterable[str]) -> None:
    """Lines for a person."""
    for line in lines:
        _write(escaped(line))


def print_trouble(*messages: str) -> None:
    """What is wrong, and what to do about it, on standard error."""
    for line in (line for message in messages for line in message.splitlines()):
        sys.stderr.write(f"phototagd: {escaped(line)}\n")


def outline(content: Mapping[str, Any], indent: str = "") -> Iterator[str]:
    """Nested values as indented lines; what is empty is left out."""
    for name, value in content.items():
        label = f"{indent}{name.replace('_', ' ')}:"
        match value:
            case None | "" | []:
                continue
            case Mapping() if not value:
                continue
            case Mapping():
                yield label
                yield from outline(value, indent + "  ")
            case list() | tuple() if all(isinstance(v, str | int | float) for v in value):
                yield f"{label} {', '.join(map(str, value))}"
            case list() | tuple():
                yield label
                yield from _entries(value, indent)
            case str() if "\n" in value:
                yield label
                yield from (f"{indent}  {line}" for line in value.splitlines())
            case _:
                yield f"{label} {value}"


def _write(line: str) -> None:
    # What the terminal's encoding lacks, and the bytes of names that are no text, are escaped;
    # `\\udcff` happens to be right in JSON too.
    encoding = sys.stdout.encoding
    sys.stdout.write(line.encode(encoding, "backslashreplace").decode(encoding) + "\n")
    sys.stdout.flush()


def _entries(values: Iterable[Any], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            yield f"{indent}  -"
            yield from outline(value, indent + "    ")
        else:
            yield f"{indent}  - {value}"
