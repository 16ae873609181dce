"""How a retagging travels between the daemon and its commands."""

from phototagd.domain.retagging import RetagPlan
from phototagd.rules.wire.showing import path_fields


def retagging_to_json(plan: RetagPlan, *, dry_run: bool) -> dict[str, object]:
    """A plan; `is_done` when the photos were queued.

    `photos` and `questions` are counts, `seconds` is an estimate or null, `examples` are some
    paths, spelt as everywhere.
    """
    return {
        "photos": plan.photos,
        "questions": plan.questions,
        "seconds": None if plan.seconds is None else round(plan.seconds, 1),
        "examples": [path_fields(path) for path in plan.examples],
        "is_done": not dry_run,
    }
