"""The one place where errors become words on standard error and an exit code."""

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from phototagd.cli import exits
from phototagd.domain.errors import ConfigError, PhototagdError, Unavailable
from phototagd.rules.showing import escaped


class CommandGroup(TyperGroup):
    """Commands return their exit code; errors of the house are told without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command and end with its code."""
        try:
            code = super().invoke(ctx)
        except ConfigError as error:
            code = _tell(error, exits.SETTINGS)
        except Unavailable as error:
            code = _tell(error, exits.WAITING, remedy=error.remedy)
        except PhototagdError as error:
            code = _tell(error, exits.DEAD)
        raise typer.Exit(code or exits.OK)


def _tell(error: PhototagdError, code: int, *, remedy: str = "") -> int:
    for line in (*str(error).splitlines(), *remedy.splitlines()):
        sys.stderr.write(f"phototagd: {escaped(line)}\n")
    return code
