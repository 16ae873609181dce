"""When a file counts as finished: nobody has changed it for a while.

Closing a file proves nothing (an upload that broke off closes it too), and clocks of other
machines cannot be trusted, so a file is stable once its size, modification time and inode
have not changed for `quiet_seconds` of our own monotonic time. A file that changes again
waits twice as long as it had paused. Only what was last touched long ago needs no waiting: then
even a wrong clock of a file server makes no difference.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from phototagd.domain.asset import Stamp

LONGEST_QUIET_SECONDS = 300.0
LONG_AGO = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(days=3)

_READ_AGAIN_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may become stable: how it looks, since when, and how long it must last.

    `since` is monotonic time in seconds.
    """

    stamp: Stamp
    since: float
    quiet_seconds: float

    @property
    def stable_at(self) -> float:
        """When it becomes stable unless it changes before, in monotonic seconds."""
        return self.since + self.quiet_seconds


def first_seen(stamp: Stamp, *, now: float, quiet_seconds: float) -> Candidate:
    """A file seen for the first time."""
    return Candidate(stamp=stamp, since=now, quiet_seconds=quiet_seconds)


def seen_again(candidate: Candidate, stamp: Stamp, *, now: float) -> Candidate:
    """The same name seen once more: unchanged, or waiting anew.

    What had paused waits twice as long as the pause was; a look in the midst of one steady copy
    costs no patience.
    """
    if stamp == candidate.stamp:
        return candidate
    pause = now - candidate.since
    patience = max(candidate.quiet_seconds, min(pause * 2, LONGEST_QUIET_SECONDS))
    return Candidate(stamp=stamp, since=now, quiet_seconds=patience)


def is_stable(candidate: Candidate, *, now: float) -> bool:
    """Whether the file has been left alone for long enough."""
    return now >= candidate.stable_at


def was_left_alone(touched_ns: int, *, now: datetime, quiet_seconds: float) -> bool:
    """Whether a file was last touched so long ago that it is stable at first sight.

    `touched_ns` is the later of modification and change time, in nanoseconds since 1970. Times
    in the future are never long ago.
    """
    age = now.timestamp() - touched_ns / 1e9
    return age >= max(quiet_seconds, LONG_AGO.total_seconds())


def read_again_after(failures: int, *, waited: timedelta) -> timedelta | None:
    """When to read a file again that could not be read; None to give up.

    `failures` counts from 1; `waited` is the time since the first of them.
    """
    if waited >= GIVE_UP_AFTER:
        return None
    return _READ_AGAIN_AFTER[min(failures, len(_READ_AGAIN_AFTER)) - 1]
