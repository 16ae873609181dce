"""What was found when the whole store was read to see whether it is sound."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Inspection:
    """The last look at all of the store, and what was wrong; no complaints when it was sound."""

    at: datetime
    complaints: tuple[str, ...] = ()
