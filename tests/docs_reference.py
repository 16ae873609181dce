"""Writes the parts of README.md that the code knows better: run by `make docs`.

A part stands between `<!-- begin NAME -->` and `<!-- end NAME -->`; everything else is
written by hand and left alone. The tests fail when a part is not what the code says.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import click
import typer.main

from phototagd.cli import app
from phototagd.domain import events as event_values
from phototagd.domain.events import Event
from phototagd.rules.models import RECOMMENDATIONS
from phototagd.settings import Option, reference

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
    return "\n".join(_command(command) for command in visible_commands())


def events() -> str:
    """Every event of the log, with its level and fields."""
    return _table(
        ("event", "level", "what happened", "fields"),
        (
            (f"`{e.name}`", e.level, _summary(e), ", ".join(f"`{f.name}`" for f in fields(e)))
            for e in event_classes()
        ),
    )


PARTS: dict[str, Callable[[], str]] = {
    "models": models,
    "settings": settings,
    "commands": commands,
    "events": events,
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


def visible_commands() -> Iterator[click.Command]:
    """The commands of the program in the order of its help."""
    group = typer.main.get_command(app)
    assert isinstance(group, click.Group)
    context = click.Context(group, info_name="phototagd")
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command and not command.hidden:
            yield command


def _command(command: click.Command) -> str:
    context = click.Context(command, info_name=f"phototagd {command.name}")
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    summary = (command.help or "").split("\n\n")[0].replace("\n", " ").strip()
    options = [
        f"  - `{', '.join(p.opts)}`{_metavar(p, context)}: {p.help or ''}".rstrip(": ")
        for p in command.params
        if isinstance(p, click.Option) and not p.hidden and p.name != "help"
    ]
    return "\n".join((f"- **`{usage}`** {summary}", *options))


def _metavar(option: click.Option, context: click.Context) -> str:
    return "" if option.is_flag else f" {option.make_metavar(context)}"


def _written(option: Option) -> str:
    """As in the settings file: the table, then the key."""
    return f"`{option.table} {option.key}`".replace("` ", "`")


def _code(value: str) -> str:
    return f"`{value}`" if value else ""


def _summary(event: type[Event]) -> str:
    return (event.__doc__ or "").split("\n\n")[0].replace("\n", " ").strip()


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text()))
