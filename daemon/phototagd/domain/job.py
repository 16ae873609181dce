"""A unit of work, the right to do it for a while, and the ways it can end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import NewType

from phototagd.domain.asset import AssetId, PathId

JobId = NewType("JobId", int)


class JobKind(StrEnum):
    """What is to be done: ask the model about an asset, or write a path's sidecar."""

    TAG = "tag"
    WRITE = "write"


class JobState(StrEnum):
    """Where a job stands; only `queued` and `running` are ever worked on."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Priority(IntEnum):
    """Who is asked first; classes are drawn by weights, so none starves."""

    PERSON = 0  # somebody waits for it
    NEW = 1  # a photo that has just arrived
    RETRY = 2  # asked before, in vain
    BACKLOG = 3  # there when the library was first scanned


EVERYBODY = frozenset(Priority)
ONLY_A_PERSON = frozenset({Priority.PERSON})
NOBODY = frozenset[Priority]()


@dataclass(frozen=True, slots=True)
class Lease:
    """The exclusive right to work on a job until `until`; fenced by owner and generation.

    `attempt` counts from 1 and only failures that were the photo's fault. `path` is set for
    `write` jobs only. `suspect` is set when this photo may have killed a process before.
    `last_reason` says why the previous attempt failed, empty on the first.
    """

    job: JobId
    kind: JobKind
    asset: AssetId
    path: PathId | None
    recipe: str
    priority: Priority
    attempt: int
    snoozes: int
    suspect: bool
    generation: int
    owner: str
    until: datetime
    queued_at: datetime
    last_reason: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """It is finished and its effects are on disk."""


@dataclass(frozen=True, slots=True)
class Retry:
    """The photo failed and may be tried again: an attempt is charged."""

    after: timedelta
    reason: str
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Snooze:
    """Later, without blame; `snoozes` counts how often."""

    after: timedelta
    reason: str


@dataclass(frozen=True, slots=True)
class GiveBack:
    """The world failed: queued again as it was, nothing charged.

    A `suspect` over which a server may have died is asked about alone from now on.
    """

    reason: str
    after: timedelta = timedelta(0)
    suspect: bool = False


@dataclass(frozen=True, slots=True)
class Dead:
    """It gave up; a person can look at the reason and retry."""

    reason: str


@dataclass(frozen=True, slots=True)
class Cancelled:
    """No longer wanted: the photo is gone or changed."""

    reason: str


Outcome = Done | Retry | Snooze | GiveBack | Dead | Cancelled


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as a person sees it in `phototagd jobs`.

    `location` is the absolute path of one live copy, or of the last known one.
    """

    id: JobId
    kind: str
    state: JobState
    priority: Priority
    attempt: int
    reason: str
    run_after: datetime | None
    updated_at: datetime
    location: bytes


@dataclass(frozen=True, slots=True)
class Tally:
    """How many photos stand where; a photo counts once, by its least finished job."""

    queued: int = 0
    running: int = 0
    done: int = 0
    dead: int = 0
    cancelled: int = 0
    snoozed: int = 0  # of the queued ones: waiting for a later time
