"""`phototagd backup` and `verify`: a copy of what is known, and whether it is true."""

from pathlib import Path
from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.check import finding_lines
from phototagd.cli.naming import absolute
from phototagd.cli.printing import print_json, print_lines
from phototagd.cli.reaching import control_of
from phototagd.domain.status import FindingLevel
from phototagd.rules.wire.reports import finding_to_json
from phototagd.rules.wire.showing import path_fields, readable

File = Annotated[
    Path | None,
    typer.Argument(
        dir_okay=False,
        help="Where to; by default beside the nightly backups in the state folder.",
        show_default=False,
    ),
]


def backup(
    ctx: typer.Context,
    file: File = None,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Copy the database to a file, while the daemon runs or not.

    To restore it, stop the daemon and put the copy in the place of phototagd.db.
    """
    with control_of(ctx, settings, state_dir) as control:
        made = control.back_up(None if file is None else absolute(file))
    if as_json:
        print_json(path_fields(made))
    else:
        print_lines([readable(made)])
    return exits.OK


def verify(
    ctx: typer.Context,
    *,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Check the database, and that every sidecar is there and as it was left.

    Reads everything and changes nothing. Ends with 1 when something is wrong; what other
    programs changed is no more than a warning.
    """
    with control_of(ctx, settings, state_dir) as control:
        findings = control.verify()
    if as_json:
        print_json([finding_to_json(finding) for finding in findings])
    else:
        print_lines(finding_lines(findings))
    is_wrong = any(finding.level is FindingLevel.PROBLEM for finding in findings)
    return exits.DEAD if is_wrong else exits.OK
