"""The one place where errors become words on standard error and an exit code."""

from typing import Any

import typer
from typer.core import TyperGroup

from phototagd.cli import exits
from phototagd.cli.printing import print_trouble
from phototagd.domain.errors import ConfigError, PhototagdError, Unavailable


class CommandGroup(TyperGroup):
    """Commands return their exit code; errors of the house are told without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command and end with its code."""
        try:
            code = super().invoke(ctx)
        except ConfigError as error:
            print_trouble(str(error))
            code = exits.SETTINGS
        except Unavailable as error:
            print_trouble(str(error), error.remedy)
            code = exits.WAITING
        except PhototagdError as error:
            print_trouble(str(error))
            code = exits.DEAD
        raise typer.Exit(code or exits.OK)
