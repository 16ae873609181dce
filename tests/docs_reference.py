"""Writes the parts of README.md that the code knows better: run by `make docs`.

A part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; everything else is
written by hand and left alone. The tests fail when a part is not what the code says.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields
from enum import EnumType
from pathlib import Path
from types import NoneType
from typing import get_args, get_origin, get_type_hints

from typer.models import ArgumentInfo, OptionInfo

from doubles.readers.naming_table import readers
from phototagd.cli import build
from phototagd.domain import events as event_values
from phototagd.domain.events import Event
from phototagd.rules.asking.models import RECOMMENDATIONS
from phototagd.settings import Option, reference

COMMON_OPTIONS = ("settings",)
README = Path(__file__).parent.parent / "README.md"


def models() -> str:
    """The model to take, by memory."""
    return _table(
        ("graphics memory", "model", "or", "note"),
        (
            (r.memory, f"`{r.model}`", ", ".join(f"`{a}`" for a in r.alternatives), r.note)
            for r in RECOMMENDATIONS
        ),
    )


def settings() -> str:
    """Every option by table, with default, allowed values and environment variable."""
    return _table(
        ("option", "default", "allowed", "what it does"),
        ((_written(o), _code(o.default), o.allowed, o.help) for o in reference()),
    )


def commands() -> str:
    """Every command with its arguments, and its options below."""
    return "\n".join(_command(*command) for command in visible_commands().items())


def events() -> str:
    """Every event of the log, with its level and fields."""
    return _table(
        ("event", "level", "what happened", "fields"),
        (
            (
                f"`{e.name}`",
                e.level,
                _first_paragraph(e.__doc__),
                ", ".join(f"`{f.name}`" for f in fields(e)),
            )
            for e in event_classes()
        ),
    )


PARTS: dict[str, Callable[[], str]] = {
    "models": models,
    "settings": settings,
    "commands": commands,
    "events": events,
    "readers": readers,
}


def rewritten(text: str) -> str:
    """The text with every part as the code says it today."""
    for name, part in PARTS.items():
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        if not pattern.search(text):
            raise ValueError(f"README.md has no part {name}")
        whole = f"{begin}\n{part()}\n{end}"
        text = pattern.sub(lambda _, whole=whole: whole, text)
    return text


def event_classes() -> list[type[Event]]:
    """Everything that can happen, in the order of the source.

    Not `__subclasses__`: that also gives the classes that `slots=True` replaced.
    """
    kinds = (v for v in vars(event_values).values() if isinstance(v, type))
    return [kind for kind in kinds if issubclass(kind, Event) and kind is not Event]


def visible_commands() -> dict[str, Callable[..., object]]:
    """The commands of the program by name, in the order of its help."""
    app = build()
    groups = [("", app), *((f"{g.name} ", g.typer_instance) for g in app.registered_groups)]
    return {
        f"{prefix}{command.name or command.callback.__name__}": command.callback
        for prefix, group in groups
        if group
        for command in group.registered_commands
        if command.callback and not command.hidden
    }


def _command(name: str, command: Callable[..., object]) -> str:
    # From the annotations and not from typer's command objects, whose inside changes.
    parameters = get_type_hints(command, include_extras=True)
    found = [
        (parameter, get_args(hint)[0], info)
        for parameter, hint in parameters.items()
        for info in getattr(hint, "__metadata__", ())
    ]
    arguments = [_argument(i.metavar or p, k) for p, k, i in found if isinstance(i, ArgumentInfo)]
    options = [
        f"  - `{_spelt(parameter, kind, info)}`: {info.help}"
        for parameter, kind, info in found
        if isinstance(info, OptionInfo) and not (info.rich_help_panel or info.hidden)
        if parameter not in COMMON_OPTIONS
    ]
    usage = " ".join(("phototagd", name, *arguments))
    return "\n".join((f"- **`{usage}`** {_first_paragraph(command.__doc__)}", *options))


def _argument(name: str, kind: type) -> str:
    """FILE, FILE... for several, [FILE...] when there need be none."""
    kinds = (kind, *get_args(kind))
    bare = name.strip("[].").upper()
    several = f"{bare}..." if any(list in (k, get_origin(k)) for k in kinds) else bare
    return f"[{several}]" if NoneType in kinds else several


def _spelt(parameter: str, kind: type, info: OptionInfo) -> str:
    # Inside Annotated, typer keeps the first spelling where the default would stand.
    first = [info.default] if isinstance(info.default, str) else []
    spellings = [*first, *(info.param_decls or ())]
    names = ", ".join(spellings or [f"--{parameter.replace('_', '-')}"])
    if kind is bool:
        return names
    choices = [k for k in (kind, *get_args(kind)) if isinstance(k, EnumType)]
    return f"{names} {info.metavar or '|'.join(c.value for kind in choices for c in kind)}"


def _written(option: Option) -> str:
    """As in the settings file: the table, then the key."""
    return f"`{option.table} {option.key}`".replace("` ", "`")


def _code(value: str) -> str:
    return f"`{value}`" if value else ""


def _fields(event: type[Event]) -> str:
    return ", ".join(f"`{field.name}`" for field in fields(event))


def _first_paragraph(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text()))
