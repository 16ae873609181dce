"""`phototagd jobs` and `retry`: what waits, what gave up and why."""

from typing import Annotated

import typer

from phototagd.cli import exits, flags
from phototagd.cli.printing import print_json, print_lines, print_trouble
from phototagd.cli.reaching import control_of
from phototagd.domain.job import JobId, JobState, JobView
from phototagd.rules.wire.reports import job_to_json
from phototagd.rules.wire.showing import readable

State = Annotated[JobState | None, typer.Option(help="Only jobs in this state.")]
Limit = Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")]
Ids = Annotated[
    list[int] | None,
    typer.Argument(metavar="ID", help="Jobs, as `jobs` lists them.", show_default=False),
]
AllDead = Annotated[bool, typer.Option("--dead", help="All dead jobs; the default without ID.")]


def jobs(
    ctx: typer.Context,
    *,
    state: State = None,
    limit: Limit = 1000,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """List jobs and unreadable photos with their reason, newest change first."""
    with control_of(ctx, settings, state_dir) as control:
        found = control.jobs(state, limit)
    if as_json:
        print_json([job_to_json(job) for job in found])
    else:
        print_lines(_line(job) for job in found)
    return exits.OK


def retry(
    ctx: typer.Context,
    ids: Ids = None,
    *,
    dead: AllDead = False,
    as_json: flags.Json = False,
    settings: flags.SettingsFile = None,
    state_dir: flags.StateDir = None,
) -> int:
    """Queue dead jobs again: those named, or all."""
    if ids and dead:
        raise typer.BadParameter("name jobs or all of them, not both", param_hint="--dead")
    with control_of(ctx, settings, state_dir) as control:
        count = control.retry([JobId(one) for one in ids] if ids else None)
    if as_json:
        print_json({"queued": count})
    else:
        print_lines([f"{count} queued again"])
    missed = len(set(ids or ())) - count
    if missed > 0:
        are = "is" if missed == 1 else "are"
        print_trouble(f"{missed} of them {are} not dead: phototagd jobs --state dead")
        return exits.DEAD
    return exits.OK


def _line(job: JobView) -> str:
    words = (f"{job.id:>8}", f"{job.kind:<5}", f"{job.state.value:<9}", readable(job.location))
    return "  ".join((*words, job.reason)).rstrip()
