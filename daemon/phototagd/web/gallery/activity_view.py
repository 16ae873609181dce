"""How the work stands, as the activity page tells it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from phototagd.domain.engine import EngineState
from phototagd.domain.gallery import Sight
from phototagd.domain.job import JobId, JobState, JobView
from phototagd.domain.status import StatusReport
from phototagd.ports import Control, Gallery
from phototagd.rules.service.reasons import Hitch, hitch_of
from phototagd.rules.wire.showing import readable

MOST_LISTED = 200
_MOST_LATER = 20
_READ = "read"  # the kind of "jobs" that are files which could not be taken in


@dataclass(frozen=True, slots=True)
class Row:
    """One photo or file that waits or gave up; `folder` is relative to its library."""

    id: JobId
    name: str
    folder: str
    reason: str
    again_at: datetime | None


@dataclass(frozen=True, slots=True)
class Group:
    """Photos that gave up for the same kind of reason."""

    hitch: Hitch
    rows: list[Row]

    @property
    def reasons(self) -> list[str]:
        """The different reasons as they were logged."""
        return sorted({row.reason for row in self.rows})


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why photos wait; until when, if that is known. `remedy` is for who runs the daemon."""

    reason: str
    remedy: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActivityView:
    """Everything the page shows. `headline` is a key of its words."""

    report: StatusReport
    headline: str
    obstacles: list[Obstacle]
    stuck: list[Group]
    unread: list[Group]
    later: list[Row]

    @property
    def total(self) -> int:
        """All photos that are done or to be done."""
        report = self.report
        return report.done + report.queued + report.running + report.dead

    @property
    def unlisted(self) -> int:
        """How many more gave up than are shown."""
        listed = sum(len(group.rows) for group in [*self.stuck, *self.unread])
        return max(self.report.dead - listed, 0)

    @property
    def missing(self) -> int:
        """Photos that are missing at once and not believed gone."""
        return sum(library.held_losses for library in self.report.libraries)


def activity_view(control: Control, gallery: Gallery, sight: Sight) -> ActivityView:
    """How the work stands; nothing that must not be seen is named.

    Raises Unavailable when the store cannot be read.
    """
    report = control.status()
    dead = control.jobs(JobState.DEAD, MOST_LISTED)
    waiting = control.jobs(JobState.QUEUED, MOST_LISTED)
    snoozed = [job for job in waiting if job.reason and job.run_after is not None]
    later = snoozed[:_MOST_LATER]
    hidden = gallery.hidden([job.location for job in [*dead, *later]], sight)
    roots = [library.root for library in report.libraries]
    dead = [job for job in dead if job.location not in hidden]
    return ActivityView(
        report=report,
        headline=headline_of(report, snoozed=len(snoozed)),
        obstacles=obstacles_of(report),
        stuck=_grouped((job for job in dead if job.kind != _READ), roots),
        unread=_grouped((job for job in dead if job.kind == _READ), roots),
        later=[_row(job, roots) for job in later if job.location not in hidden],
    )


def headline_of(report: StatusReport, *, snoozed: int = 0) -> str:
    """What happens, in one key: what keeps photos waiting comes first, while any wait.

    `snoozed` of the queued ones are tried again at a later time, and are no work now. All is
    done only where nothing waits and nothing was given up.
    """
    if report.paused:
        return "paused"
    waits = report.queued > snoozed
    if report.engine.state is EngineState.OFF and waits:
        return "off"
    if report.engine.state is EngineState.WAITING and waits:
        return "away"
    if report.closures and waits:
        return "waiting"
    if waits or report.running:
        return "working"
    return _rest_of(report)


def _rest_of(report: StatusReport) -> str:
    """What is left where nothing happens and nothing hinders."""
    if report.dead:
        return "given_up"
    if report.queued:
        return "postponed"
    return "done" if report.done else "empty"


def obstacles_of(report: StatusReport) -> list[Obstacle]:
    """Everything that keeps photos waiting, or will once there are some."""
    found = [Obstacle(one.reason, until=one.until) for one in report.closures]
    engine = report.engine
    is_quiet = engine.state is EngineState.OK or (
        engine.state is EngineState.OFF and not report.queued
    )
    if not is_quiet:
        found.append(Obstacle(engine.reason, engine.remedy))
    if report.meaning is not None and report.meaning.trouble:
        found.append(Obstacle(f"embedding: {report.meaning.trouble}", report.meaning.remedy))
    return found


def _grouped(jobs: Iterable[JobView], roots: Sequence[bytes]) -> list[Group]:
    groups: dict[Hitch, Group] = {}
    for job in jobs:
        hitch = hitch_of(job.reason)
        groups.setdefault(hitch, Group(hitch, [])).rows.append(_row(job, roots))
    return sorted(groups.values(), key=lambda group: -len(group.rows))


def _row(job: JobView, roots: Sequence[bytes]) -> Row:
    inside = [root for root in roots if job.location.startswith(root.rstrip(b"/") + b"/")]
    root = max(inside, key=len, default=b"").rstrip(b"/")
    folder, _, name = job.location.removeprefix(root).rpartition(b"/")
    return Row(
        id=job.id,
        name=readable(name),
        folder=readable(folder.strip(b"/")),
        reason=job.reason,
        again_at=job.run_after,
    )
