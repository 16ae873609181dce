"""`phototagd config`: the settings in force and where each was written."""

import json

import typer

from phototagd.cli import exits, flags
from phototagd.cli.printing import print_json, print_lines
from phototagd.settings import Row, effective


def config(
    ctx: typer.Context,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
    model: flags.Model = None,
    url: flags.Url = None,
    engine: flags.Engine = None,
    listen: flags.Listen = None,
    log_level: flags.LogLevel = None,
    log_format: flags.LogFormat = None,
) -> int:
    """Show every setting in force, and who says so: flag, environment, file or default."""
    chosen = flags.settings_of(
        ctx,
        settings,
        state_dir=state_dir,
        model__name=model,
        model__url=url,
        model__engine=engine,
        web__listen=listen,
        log__level=log_level,
        log__format=log_format,
    )
    rows = effective(chosen)
    if as_json:
        print_json({row.key: {"value": row.value, "source": row.source} for row in rows})
    else:
        print_lines(_line(row) for row in rows)
    return exits.OK


def _line(row: Row) -> str:
    value = "" if row.value is None else json.dumps(row.value, ensure_ascii=False)
    return f"{f'{row.key} = {value}':<60}  # {row.source}"
