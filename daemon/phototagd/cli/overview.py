"""`phototagd timeline` and `phototagd places`: the library as a whole."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Annotated, Literal

import typer

from phototagd.cli import exits, flags
from phototagd.cli.printing import print_json, print_lines
from phototagd.cli.reaching import control_of, reached
from phototagd.domain.gallery import Month, Sight
from phototagd.domain.overview import Anniversary, PlaceNode
from phototagd.rules.wire.overview import anniversary_to_json, month_to_json, place_to_json
from phototagd.rules.wire.showing import readable

Private = Annotated[bool, typer.Option("--private", help="Private photos are among them.")]
OnThisDay = Annotated[
    bool,
    typer.Option("--on-this-day", help="What was photographed on this day of earlier years."),
]
Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help="Another day than today."),
]
Most = Annotated[
    int, typer.Option("--limit", "-k", min=1, max=100_000, metavar="N", help="Paths of each year.")
]
Language = Annotated[Literal["en", "zh"], typer.Option(help="The language of the names.")]


def timeline(
    ctx: typer.Context,
    *,
    on_this_day: OnThisDay = False,
    day: Day = None,
    limit: Most = 20,
    private: Private = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Count photos by month, or look back on this day; photos: phototagd search taken:2026-05."""
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    sight = Sight(sees_private=private)
    with reached(flags.house_of(ctx), chosen) as control:
        if on_this_day or day is not None:
            asked = None if day is None else day.date()
            found = control.overview.on_this_day(asked, most=limit, sight=sight)
            content: list[object] = [anniversary_to_json(one) for one in found]
            lines = _day_lines(found, asked)
        else:
            months = control.overview.timeline(sight)
            content = [month_to_json(month) for month in months]
            lines = _month_lines(months)
    if as_json:
        print_json(content)
    else:
        print_lines(lines)
    return exits.OK


def places(
    ctx: typer.Context,
    *,
    language: Language = "en",
    private: Private = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Count photos by country, region and city; photos: phototagd search place:NAME."""
    with control_of(ctx, settings, state_dir) as control:
        tree = control.overview.places(language, Sight(sees_private=private))
    if as_json:
        print_json([place_to_json(node) for node in tree])
    else:
        print_lines(_place_lines(tree, ""))
    return exits.OK


def _month_lines(months: Iterable[Month]) -> Iterator[str]:
    for month in months:
        yield f"{month.name:10}  {month.count:>9,}"


def _day_lines(found: Iterable[Anniversary], asked: date | None) -> Iterator[str]:
    empty = True
    for one in found:
        empty = False
        yield f"{one.day}  {one.count:,} photo{'s' if one.count != 1 else ''}"
        for photo in one.photos:
            yield f"  {readable(photo.path)}" + (f": {photo.caption}" if photo.caption else "")
    if empty:
        yield f"nothing was photographed on {asked or 'this day'} of earlier years"


def _place_lines(nodes: Iterable[PlaceNode], indent: str) -> Iterator[str]:
    for node in nodes:
        yield f"{indent}{node.name}  {node.count:,}"
        yield from _place_lines(node.below, indent + "  ")
