"""A rebuild as a person follows it: how far it is, what it made, what it could not bring back."""

from dataclasses import dataclass
from enum import StrEnum


class RebuildStage(StrEnum):
    """What a rebuild does at the moment, in this order."""

    SCANNING = "scanning"  # folders are read, photos hashed
    ADOPTING = "adopting"  # answers are taken over from sidecars
    MERGING = "merging"  # sidecars are compared with what they should hold


@dataclass(frozen=True, slots=True, kw_only=True)
class RebuildProgress:
    """How far a rebuild is: photos taken in, answers taken over, sidecars looked at."""

    stage: RebuildStage = RebuildStage.SCANNING
    photos: int = 0
    answers: int = 0
    sidecars: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """Something the old database knew and the new one does not.

    `what` is a plural for a person, `why` what follows from it; `examples` are some of the
    photos it was about.
    """

    what: str
    count: int
    why: str
    examples: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """The end of a rebuild; `aside` is the folder that holds the old database, if there was one.

    `forgotten` is None when the old database could not be read, so that nobody can say.
    """

    progress: RebuildProgress
    aside: bytes | None
    forgotten: tuple[Forgotten, ...] | None
    trouble: str = ""
