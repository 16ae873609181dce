"""What is to be done, and what failed."""

from pydantic import AwareDatetime, Field

from phototagd.domain.job import JobId, JobState, JobView
from phototagd.rules.wire.showing import readable
from phototagd.web.gallery.api.operation import Asked, get, post
from phototagd.web.gallery.api.shapes import MOST_ID, Answer, Body, Portion, Whole

_MOST_IDS = 10_000


class JobList(Portion):
    """Which jobs."""

    state: JobState | None = Field(default=None, description="Those in this state alone.")


class Job(Answer):
    """A unit of work."""

    id: int
    kind: str
    state: JobState
    priority: str
    attempt: int
    reason: str
    run_after: AwareDatetime | None
    updated_at: AwareDatetime
    file: str = Field(description="The photo; empty when it is not for you to see.")


class Jobs(Answer):
    """Jobs and files that cannot be read, newest change first."""

    jobs: list[Job]
    next: str | None = Field(description="The cursor of the next portion; null at the end.")


class Retry(Body):
    """Which dead jobs."""

    ids: list[Whole] | None = Field(
        default=None, max_length=_MOST_IDS, description="Their numbers; all of them without."
    )


class Queued(Answer):
    """How many were queued again."""

    queued: int


def jobs(asked: Asked, params: JobList) -> Jobs:
    """List jobs."""
    wanted = params.start + params.limit
    found = asked.needs.control.jobs(params.state, wanted + 1)
    told = found[params.start : wanted]
    hidden = asked.needs.gallery.hidden([job.location for job in told], asked.sight)
    return Jobs(
        jobs=[_told(job, is_hidden=job.location in hidden) for job in told],
        next=params.next(len(told), is_more=len(found) > wanted),
    )


def retry(asked: Asked, body: Retry) -> Queued:
    """Queue dead jobs again."""
    ids = None if body.ids is None else [JobId(one) for one in body.ids if 0 < one <= MOST_ID]
    return Queued(queued=asked.needs.control.retry(ids))


def _told(job: JobView, *, is_hidden: bool) -> Job:
    return Job(
        id=job.id,
        kind=job.kind,
        state=job.state,
        priority=job.priority.name.lower(),
        attempt=job.attempt,
        reason=job.reason,
        run_after=job.run_after,
        updated_at=job.updated_at,
        file="" if is_hidden else readable(job.location),
    )


OPERATIONS = (get("/jobs", jobs), post("/jobs/retry", retry))
