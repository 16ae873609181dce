"""Photos that look alike: what is compared of them, and the groups they form."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from phototagd.domain.asset import AssetId
from phototagd.domain.sketch import Sketch


class Likeness(StrEnum):
    """Why photos stand in one group."""

    COPIES = "copies"  # the same photo under several names
    SIMILAR = "similar"  # the same picture in other files: smaller, other format, touched up
    BURST = "burst"  # one after the other from one camera


@dataclass(frozen=True, slots=True)
class Sketched:
    """A photo with what is compared of it.

    `taken_at` is the reading of its own clock in seconds, `camera` empty where not known.
    `stem` names folder and file without its ending: RAW and JPEG of one shot share it.
    """

    asset: AssetId
    sketch: Sketch
    aspect: float
    taken_at: int | None
    camera: str
    is_raw: bool
    stem: bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that holds a photo; the size is in bytes."""

    path: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Alike:
    """A photo in a group; width and height in pixels, 0 where it was never decoded."""

    asset: AssetId
    width: int
    height: int
    taken_at: datetime | None
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class LikeGroup:
    """Photos that belong together, the largest picture first, or a burst in its order."""

    likeness: Likeness
    photos: tuple[Alike, ...]


@dataclass(frozen=True, slots=True)
class LikeGroups:
    """Some of all groups; `not_compared` photos were not decoded yet since this is known."""

    groups: tuple[LikeGroup, ...]
    total: int
    not_compared: int
