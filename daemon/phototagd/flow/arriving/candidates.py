"""The files that wait to be stable, or to be read: in memory, bounded, each name once."""

import heapq
import itertools
import threading
from dataclasses import dataclass
from typing import NamedTuple

from phototagd.domain.asset import Location, Stamp
from phototagd.domain.job import Priority
from phototagd.ports import Clock
from phototagd.rules.arriving import stability
from phototagd.rules.arriving.stability import Candidate

MOST_WAITING = 10_000


class Found(NamedTuple):
    """A file that a scan or a hint brought up.

    `must_read` asks to read it even if the store knows it unchanged.
    """

    location: Location
    root: bytes
    stamp: Stamp
    priority: Priority
    trust_inode: bool = True
    must_read: bool = False

    @property
    def photo(self) -> bytes:
        """The absolute path."""
        return self.root.rstrip(b"/") + b"/" + self.location.relative


@dataclass(slots=True)
class Waiting:
    """A found file on its way; `turn` tells which entry in the heaps is the present one."""

    found: Found
    candidate: Candidate
    turn: int
    is_taken: bool = False
    has_changed: bool = False


class CandidatePool:
    """Hands out candidates when they are due, the most urgent first; safe between threads.

    A candidate stays in the pool while somebody works on it, so that finding it again in the
    meantime neither doubles nor loses it; `finish` or `put_back` ends that.
    """

    def __init__(self, *, quiet_seconds: float, clock: Clock, most: int = MOST_WAITING) -> None:
        self._quiet_seconds = quiet_seconds
        self._clock = clock
        self._most = most
        self._lock = threading.Lock()
        self._turns = itertools.count()
        self._waiting: dict[Location, Waiting] = {}
        self._later: list[tuple[float, int, Location]] = []
        self._due: list[tuple[Priority, int, Location]] = []

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def has_room(self) -> bool:
        """Whether a polite finder may bring more."""
        return len(self._waiting) < self._most

    @property
    def has_much_room(self) -> bool:
        """Whether at most half of the room is taken."""
        return len(self._waiting) <= self._most // 2

    def offer(self, found: Found) -> bool:
        """Add a file, due at once for a first look; or note that it was seen again.

        False when it is new and there is no room.
        """
        now = self._clock.monotonic()
        with self._lock:
            waiting = self._waiting.get(found.location)
            if waiting is None and not self.has_room:
                return False
            if waiting is None:
                candidate = stability.first_seen(
                    found.stamp, now=now, quiet_seconds=self._quiet_seconds
                )
                waiting = Waiting(found=found, candidate=candidate, turn=-1)
                self._waiting[found.location] = waiting
                self._schedule(waiting, at=now)
                return True
            changed = found.stamp != waiting.candidate.stamp
            waiting.found = _stronger(found, waiting.found)
            waiting.candidate = stability.seen_again(waiting.candidate, found.stamp, now=now)
            if waiting.is_taken:
                waiting.has_changed |= changed
            elif changed:
                self._schedule(waiting, at=waiting.candidate.stable_at)
            return True

    def take(self) -> Waiting | None:
        """The most urgent candidate that is due; None when none is."""
        with self._lock:
            self._move_due()
            while self._due:
                _, turn, location = heapq.heappop(self._due)
                waiting = self._waiting.get(location)
                if waiting is not None and waiting.turn == turn:
                    waiting.is_taken = True
                    return waiting
            return None

    def put_back(self, waiting: Waiting, candidate: Candidate, *, at: float) -> None:
        """Not finished: it is due again at a monotonic time."""
        with self._lock:
            waiting.candidate = candidate
            self._schedule(waiting, at=at)

    def finish(self, waiting: Waiting) -> None:
        """It is recorded, or of no interest; found again changed meanwhile, it waits anew."""
        with self._lock:
            if waiting.has_changed:
                self._schedule(waiting, at=waiting.candidate.stable_at)
            else:
                self._waiting.pop(waiting.found.location, None)

    def seconds_until_due(self) -> float | None:
        """How long until the next candidate is due; None when none waits."""
        with self._lock:
            self._move_due()
            if self._due:
                return 0.0
            if not self._later:
                return None
            return max(0.0, self._later[0][0] - self._clock.monotonic())

    def _schedule(self, waiting: Waiting, *, at: float) -> None:
        waiting.turn = next(self._turns)
        waiting.is_taken = waiting.has_changed = False
        heapq.heappush(self._later, (at, waiting.turn, waiting.found.location))

    def _move_due(self) -> None:
        now = self._clock.monotonic()
        while self._later and self._later[0][0] <= now:
            _, turn, location = heapq.heappop(self._later)
            waiting = self._waiting.get(location)
            if waiting is not None and waiting.turn == turn:
                heapq.heappush(self._due, (waiting.found.priority, turn, location))


def _stronger(new: Found, old: Found) -> Found:
    """The newer sight of a file with the stronger of both wishes."""
    return Found(
        location=new.location,
        root=new.root,
        stamp=new.stamp,
        priority=min(new.priority, old.priority),
        trust_inode=new.trust_inode,
        must_read=new.must_read or old.must_read,
    )
