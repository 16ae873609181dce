"""`phototagd rebuild`: a new database from photos and sidecars."""

import sys
from collections.abc import Iterator
from typing import Any

import typer

from phototagd.cli import exits, flags
from phototagd.cli.house import SOCKET_NAME
from phototagd.cli.printing import print_json, print_lines
from phototagd.domain.errors import Unavailable
from phototagd.domain.rebuilding import Forgotten, RebuildProgress, Rebuilt
from phototagd.rules.wire.showing import path_fields, readable

TELL_EVERY_SECONDS = 2.0


def rebuild(
    ctx: typer.Context,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Make the database anew from photos and sidecars, without asking the model once.

    For a database that is lost or damaged; the daemon must not run. The old one is moved aside
    whole, and what only it knew is listed. Ends with 75 when a disk did not allow it all.
    """
    house = flags.house_of(ctx)
    chosen = flags.settings_of(ctx, settings, state_dir=state_dir)
    client = house.connect(chosen.state_dir / SOCKET_NAME)
    if client is not None:
        client.close()
        raise Unavailable(
            f"a daemon works with {chosen.state_dir}",
            remedy="stop it first, as in: sudo systemctl stop phototagd",
        )
    rebuilt = house.rebuild(chosen, _Teller(house.monotonic))
    if as_json:
        print_json(_as_json(rebuilt))
    else:
        print_lines(_lines(rebuilt))
    return exits.WAITING if rebuilt.trouble else exits.OK


class _Teller:
    """Says on standard error how far it is, every two seconds and whenever a stage begins."""

    def __init__(self, monotonic: Any) -> None:
        self._monotonic = monotonic
        self._stage = ""
        self._next_at = 0.0

    def __call__(self, progress: RebuildProgress) -> None:
        now = self._monotonic()
        if progress.stage == self._stage and now < self._next_at:
            return
        self._stage, self._next_at = progress.stage, now + TELL_EVERY_SECONDS
        sys.stderr.write(f"{progress.stage.value}: {_counts(progress)}\n")


def _counts(progress: RebuildProgress) -> str:
    return (
        f"{progress.photos:,} photos, {progress.answers:,} answers from sidecars, "
        f"{progress.sidecars:,} sidecars compared"
    )


def _lines(rebuilt: Rebuilt) -> Iterator[str]:
    yield f"rebuilt: {_counts(rebuilt.progress)}; the model was not asked"
    if rebuilt.aside is not None:
        yield f"the old database lies in {readable(rebuilt.aside)}"
    if rebuilt.trouble:
        yield f"not all could be done: {rebuilt.trouble}"
        yield "-> put that right; the daemon goes on where this ended"
    if rebuilt.forgotten is None:
        yield "the old database cannot be read: what only it knew cannot be listed"
        return
    for item in rebuilt.forgotten:
        yield f"not brought back: {item.what} ({item.count:,}); {item.why}"
        yield from (f"  {readable(example)}" for example in item.examples)
        if 0 < len(item.examples) < item.count:
            yield f"  and {item.count - len(item.examples):,} more"


def _as_json(rebuilt: Rebuilt) -> dict[str, Any]:
    return {
        "photos": rebuilt.progress.photos,
        "answers": rebuilt.progress.answers,
        "sidecars": rebuilt.progress.sidecars,
        "trouble": rebuilt.trouble,
        **({"aside": None} if rebuilt.aside is None else path_fields(rebuilt.aside, "aside")),
        "forgotten": None
        if rebuilt.forgotten is None
        else [_item_json(item) for item in rebuilt.forgotten],
    }


def _item_json(item: Forgotten) -> dict[str, Any]:
    return {
        "what": item.what,
        "count": item.count,
        "why": item.why,
        "examples": [path_fields(example) for example in item.examples],
    }
