"""Other photo programs as they write: each from a database of its own, in its own layout."""

from doubles.programs.darktable import DarktableDesk
from doubles.programs.digikam import DigikamDesk
from doubles.programs.immich import ImmichDesk
from doubles.programs.program import Program

__all__ = ["DarktableDesk", "DigikamDesk", "ImmichDesk", "Program"]
