"""The daemon as a person sees it: how far it is, what is wrong, and what to do about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from phototagd.domain.engine import EngineReport
from phototagd.domain.job import JobId, JobState
from phototagd.domain.library import LibraryReport
from phototagd.domain.meaning import MeaningReport


class ClosureCause(StrEnum):
    """Who or what keeps photos from being asked about."""

    PERSON = "person"
    SCHEDULE = "schedule"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Closure:
    """Why no photos are asked about although the model works; until when, if that is known."""

    cause: ClosureCause
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """Everything `status` shows; the counts are photos, each in one state only.

    `uptime_seconds` is None when no daemon runs and the report comes from the store alone.
    `per_minute` counts photos finished lately; `eta_seconds` is None when nothing waits or
    nothing moves. `closures` say why photos wait although the model works. `meaning` is how far
    the index of meaning is; None without one.
    """

    version: str
    uptime_seconds: float | None
    paused: bool
    queued: int
    running: int
    done: int
    dead: int
    cancelled: int
    per_minute: float
    eta_seconds: float | None
    engine: EngineReport
    libraries: tuple[LibraryReport, ...]
    closures: tuple[Closure, ...] = ()
    meaning: MeaningReport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagReport:
    """How far one photo is that a person named; `sidecar` is set once it is written.

    A file that is no photo, or cannot be read, is `dead` with the reason.
    """

    path: bytes
    state: JobState
    reason: str = ""
    job: JobId | None = None
    sidecar: bytes | None = None
    caption: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will happen to it by itself."""
        return self.state not in (JobState.QUEUED, JobState.RUNNING)


class FindingLevel(StrEnum):
    """How bad a finding is; only a problem makes `check` fail."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


class FindingCause(StrEnum):
    """What has to change for the finding to go away; decides the exit code of `check`."""

    SETTINGS = "settings"
    ENGINE = "engine"
    PHOTOS = "photos"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing `check` looked at; `remedy` says what to do unless it is all right."""

    name: str
    level: FindingLevel
    cause: FindingCause
    detail: str
    remedy: str = ""
