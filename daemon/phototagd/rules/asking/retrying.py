"""What becomes of a job when something went wrong?

The photo pays for the photo's faults only: world faults give the job back unchanged, files
that cannot be read yet are snoozed without blame.
"""

from datetime import timedelta

from phototagd.domain.errors import (
    BadReply,
    ConfigError,
    EmbedRefused,
    NotYet,
    PhototagdError,
    ProcessKilled,
    SidecarBroken,
    SidecarRaced,
    Unavailable,
    Unreadable,
    Vanished,
)
from phototagd.domain.job import Cancelled, Dead, GiveBack, Lease, Outcome, Retry, Snooze

MOST_ATTEMPTS = 2  # of asking a model that answers nonsense
MOST_BUG_ATTEMPTS = 3
MOST_SNOOZES = 16  # with the steps below: three days

_SNOOZES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
_FIRST_BACK_OFF = timedelta(seconds=10)
_LONGEST_BACK_OFF = timedelta(minutes=10)
_AFTER_A_KILL = timedelta(seconds=5)
_AFTER_A_DEATH = timedelta(seconds=2)  # those that wait already come first
_FIRST_RACE = timedelta(seconds=2)
_LONGEST_RACE = timedelta(minutes=5)
_NO_JITTER = 0.5


def outcome_of(  # noqa: PLR0911 -- one return per kind of error is the table
    error: PhototagdError, lease: Lease, *, jitter: float = _NO_JITTER
) -> Outcome:
    """How a run ends that failed with a named error.

    `jitter` in [0, 1) spreads the back-off from half to one and a half of its length.
    """
    reason = str(error)
    match error:
        case NotYet():
            return _not_yet(reason, lease)
        case Unreadable() | SidecarBroken() | EmbedRefused():
            return Dead(reason)
        case Vanished():
            return Cancelled(reason)
        case ProcessKilled():
            return _killed(reason, lease)
        case BadReply():
            return _bad_reply(reason, lease, jitter)
        case SidecarRaced():
            return Snooze(doubled(_FIRST_RACE, lease.snoozes, _LONGEST_RACE), reason)
        case Unavailable(died=True):
            return GiveBack(reason, after=_AFTER_A_DEATH, suspect=True)
        case Unavailable() | ConfigError():
            return GiveBack(reason)
        case _:  # a new error without a rule of its own is a bug, and ends as one
            return outcome_of_bug(reason, lease, jitter=jitter)


def outcome_of_bug(reason: str, lease: Lease, *, jitter: float = _NO_JITTER) -> Outcome:
    """How a run ends that failed with an error nobody has named: three attempts, then dead."""
    if lease.attempt >= MOST_BUG_ATTEMPTS:
        return Dead(f"failed {lease.attempt} times: {reason}")
    return Retry(back_off(lease.attempt, jitter=jitter), reason)


def back_off(attempt: int, *, jitter: float = _NO_JITTER) -> timedelta:
    """The wait after the attempt of this number (from 1): doubling, bounded, spread."""
    return doubled(_FIRST_BACK_OFF, attempt - 1, _LONGEST_BACK_OFF) * (0.5 + jitter)


def doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    """`first` doubled that often, at most `longest`."""
    few_enough = min(max(times, 0), 30)  # beyond it every first wait exceeds every limit
    return min(first * (1 << few_enough), longest)


def _not_yet(reason: str, lease: Lease) -> Outcome:
    if lease.snoozes >= MOST_SNOOZES:
        return Dead(f"not readable for three days: {reason}")
    return Snooze(_SNOOZES[min(lease.snoozes, len(_SNOOZES) - 1)], reason)


def _killed(reason: str, lease: Lease) -> Outcome:
    if lease.suspect:
        return Dead(f"killed a process twice: {reason}")
    return Retry(_AFTER_A_KILL, reason, suspect=True)


def _bad_reply(reason: str, lease: Lease, jitter: float) -> Outcome:
    if lease.attempt < MOST_ATTEMPTS:
        return Retry(back_off(lease.attempt, jitter=jitter), reason)
    before = f"first {lease.last_reason}; then " if lease.last_reason else ""
    return Dead(f"bad reply twice: {before}{reason}")
