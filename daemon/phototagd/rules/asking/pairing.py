"""Are a RAW and a photo beside it one picture, and which of them is asked about?

Cameras that record both give them one name and one moment. The developed one is asked about,
because it is what the photographer saw; the RAW takes its answer over.
"""

from datetime import datetime, timedelta

from phototagd.domain.asset import CaptureFacts, PhotoKind
from phototagd.domain.job import JobState, JobView, Priority

LOOK_AGAIN = timedelta(seconds=5)
LONGEST_LOOK_AGAIN = timedelta(seconds=40)
SOON = timedelta(minutes=1)
_DEVELOPED = frozenset({PhotoKind.JPEG.value, PhotoKind.HEIF.value})
_CLOCK_TICKS = timedelta(seconds=1)  # a camera may write its two files a second apart


def may_be_pair(kind: str, other: str) -> bool:
    """Whether one is RAW and the other what cameras write beside it."""
    if kind == PhotoKind.RAW.value:
        return other in _DEVELOPED
    return other == PhotoKind.RAW.value and kind in _DEVELOPED


def is_one_moment(facts: CaptureFacts | None, other: CaptureFacts | None) -> bool:
    """Whether both were taken at the same time by the camera's clock; unknown is no."""
    if facts is None or other is None or facts.taken_at is None or other.taken_at is None:
        return False
    # One of the two often lacks the offset, so the clock's hands are compared.
    hands = facts.taken_at.replace(tzinfo=None)
    return abs(hands - other.taken_at.replace(tzinfo=None)) <= _CLOCK_TICKS


def should_wait(question: JobView | None, *, kind: str, priority: Priority, now: datetime) -> bool:
    """Whether the question about the other half is to be answered first.

    Args:
        question: The newest question about the other half.
        kind: What kind of photo would wait.
        priority: How urgent it is.
        now: The time, aware.
    """
    if question is None:
        return False
    if question.state is JobState.RUNNING:
        return True
    is_next = question.run_after is None or question.run_after <= now + SOON
    return (
        question.state is JobState.QUEUED
        and kind == PhotoKind.RAW.value
        and question.priority <= priority
        and is_next
    )
