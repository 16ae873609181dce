"""From a found file to a promise on disk: stable, read, recorded with its jobs."""

from collections.abc import Callable, Iterable, Sequence
from typing import assert_never

from phototagd.domain.asset import Location, PathState, Stamp
from phototagd.domain.errors import NotYet, Unavailable
from phototagd.domain.events import PhotoFound, PhotoRefused
from phototagd.domain.job import Priority
from phototagd.domain.library import Library
from phototagd.domain.record import Arrival, Arrived, Refusal
from phototagd.flow.arriving.candidates import MOST_WAITING, CandidatePool, Found, Waiting
from phototagd.flow.arriving.examiner import Changed, Examiner, Nothing
from phototagd.ports import Catalogue, Clock, Identifier, Listener, PhotoReader, Walker
from phototagd.rules.arriving import stability

MOST_IN_ONE_TRANSACTION = 200
LONGEST_BATCH_SECONDS = 1.0
LOOK_AGAIN_SECONDS = 10.0
REST_SECONDS = 1.0
RECALL_EVERY_SECONDS = 30.0
_UNSEEN = Stamp(size=0, mtime_ns=0, inode=0)


class Intake:
    """Takes files in for all libraries: each once, when it is finished.

    A candidate is looked at when it is found, and again when it should be stable; the stable
    ones are read and recorded in batches. `on_arrival` is called when there is work for the
    queue. All methods are safe between threads; `run_once` belongs to one.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        walker: Walker,
        identifier: Identifier,
        reader: PhotoReader,
        clock: Clock,
        emit: Listener,
        on_arrival: Callable[[], None],
        quiet_seconds: float,
        long_side: int = 1024,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self._catalogue = catalogue
        self._walker = walker
        self._clock = clock
        self._emit = emit
        self._on_arrival = on_arrival
        self._quiet_seconds = quiet_seconds
        self._pool = CandidatePool(quiet_seconds=quiet_seconds, clock=clock, most=most_waiting)
        self._examiner = Examiner(
            catalogue=catalogue,
            identifier=identifier,
            reader=reader,
            clock=clock,
            long_side=long_side,
        )
        self._refused: set[Location] = set()
        self._recall_at = clock.monotonic()

    @property
    def has_room(self) -> bool:
        """Whether scanners may bring more; they come back later when not."""
        return self._pool.has_room

    @property
    def has_much_room(self) -> bool:
        """Whether it is worth while to list a large folder again."""
        return self._pool.has_much_room

    def offer(self, files: Iterable[Found]) -> bool:
        """Bring files that are new, changed, or back; False when there was no room for all."""
        is_taken = True
        for found in files:
            is_taken &= self._pool.offer(found)
        return is_taken

    def pending(self) -> int:
        """How many files wait to be stable or to be read."""
        return len(self._pool)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits here."""
        return not len(self._pool)

    def run_once(self) -> float:
        """Work for about a second; returns the seconds until there may be more to do.

        Raises Unavailable when the store cannot be written; nothing is lost then.
        """
        self._recall_refused()
        until = self._clock.monotonic() + LONGEST_BATCH_SECONDS
        arrivals: list[tuple[Waiting, Arrival]] = []
        refusals: list[tuple[Waiting, Refusal]] = []
        try:
            while len(arrivals) + len(refusals) < MOST_IN_ONE_TRANSACTION:
                waiting = self._pool.take()
                if waiting is None:
                    break
                self._step(waiting, arrivals, refusals)
                if self._clock.monotonic() >= until:
                    break
            self._record(arrivals, refusals)
        except Unavailable:
            for waiting, _ in (*arrivals, *refusals):
                self._look_again(waiting)
            raise
        seconds = self._pool.seconds_until_due()
        return REST_SECONDS if seconds is None else min(seconds, REST_SECONDS)

    def take(self, library: Library, location: Location) -> Arrived | Refusal | None:
        """Take in one file that a person named, at once, however fresh it is.

        What is no photo, or cannot be read, is recorded and returned as a refusal; None when
        there is no such file. Raises Unavailable when the store cannot be written.
        """
        found = Found(
            location=location,
            root=library.root,
            stamp=_UNSEEN,
            priority=Priority.PERSON,
            must_read=True,
        )
        try:
            sighting = self._walker.sight(found.photo)
        except NotYet as error:
            return self._refuse(found, self._examiner.unread(location, _UNSEEN, str(error)))
        if sighting is None:
            return None
        match self._examiner.examine(found, sighting.stamp):
            case Arrival() as arrival:
                return self._take_in([(found, arrival)])[0]
            case Refusal() as refusal:
                return self._refuse(found, refusal)
            case Changed(stamp):
                busy = self._examiner.unread(location, stamp, "it is being written")
                return self._refuse(found, busy)
            case Nothing():
                return None
            case other:
                assert_never(other)

    def _step(
        self,
        waiting: Waiting,
        arrivals: list[tuple[Waiting, Arrival]],
        refusals: list[tuple[Waiting, Refusal]],
    ) -> None:
        """Look at one candidate; read it when it is stable."""
        try:
            if not self._is_stable(waiting):
                return
            finding = self._examiner.examine(waiting.found, waiting.candidate.stamp)
        except Unavailable:
            self._look_again(waiting)
            raise
        match finding:
            case Arrival():
                arrivals.append((waiting, finding))
            case Refusal():
                refusals.append((waiting, finding))
            case Changed(stamp):
                now = self._clock.monotonic()
                candidate = stability.seen_again(waiting.candidate, stamp, now=now)
                self._pool.put_back(waiting, candidate, at=candidate.stable_at)
            case Nothing():
                self._pool.finish(waiting)
            case other:
                assert_never(other)

    def _is_stable(self, waiting: Waiting) -> bool:
        """Look at the file as it is now; what is not stable waits on, what is gone goes."""
        try:
            sighting = self._walker.sight(waiting.found.photo)
        except NotYet:
            self._look_again(waiting)
            return False
        if sighting is None:
            self._pool.finish(waiting)
            return False
        now = self._clock.monotonic()
        candidate = stability.seen_again(waiting.candidate, sighting.stamp, now=now)
        waiting.candidate = candidate
        if stability.is_stable(candidate, now=now) or stability.was_left_alone(
            sighting.touched_ns, now=self._clock.now(), quiet_seconds=self._quiet_seconds
        ):
            return True
        self._pool.put_back(waiting, candidate, at=candidate.stable_at)
        return False

    def _look_again(self, waiting: Waiting) -> None:
        at = self._clock.monotonic() + LOOK_AGAIN_SECONDS
        self._pool.put_back(waiting, waiting.candidate, at=at)

    def _record(
        self,
        arrivals: Sequence[tuple[Waiting, Arrival]],
        refusals: Sequence[tuple[Waiting, Refusal]],
    ) -> None:
        if arrivals:
            self._take_in([(waiting.found, arrival) for waiting, arrival in arrivals])
        if refusals:
            self._catalogue.refuse([refusal for _, refusal in refusals])
        for waiting, refusal in refusals:
            self._tell_refused(waiting.found.photo, refusal)
        for waiting, _ in (*arrivals, *refusals):
            self._pool.finish(waiting)

    def _take_in(self, arrivals: Sequence[tuple[Found, Arrival]]) -> list[Arrived]:
        arrived = self._catalogue.take_in([arrival for _, arrival in arrivals])
        for (found, arrival), done in zip(arrivals, arrived, strict=True):
            self._refused.discard(arrival.location)
            self._emit(
                PhotoFound(
                    path=found.photo,
                    asset=done.asset,
                    kind=str(arrival.identity.kind),
                    how=done.how,
                )
            )
        self._on_arrival()
        return arrived

    def _refuse(self, found: Found, refusal: Refusal) -> Refusal:
        self._catalogue.refuse([refusal])
        self._tell_refused(found.photo, refusal)
        return refusal

    def _tell_refused(self, photo: bytes, refusal: Refusal) -> None:
        """Say once that a file cannot be read, and once more when it is given up."""
        is_final = refusal.state is PathState.DEAD
        if refusal.state is PathState.FOREIGN or (
            not is_final and refusal.location in self._refused
        ):
            return
        (self._refused.discard if is_final else self._refused.add)(refusal.location)
        self._emit(PhotoRefused(path=photo, reason=refusal.reason, is_final=is_final))

    def _recall_refused(self) -> None:
        """Bring back the files that could not be read and whose time has come."""
        if self._clock.monotonic() < self._recall_at:
            return
        self._recall_at = self._clock.monotonic() + RECALL_EVERY_SECONDS
        now = self._clock.now()
        self.offer(
            Found(
                location=record.location,
                root=record.root,
                stamp=record.stamp,
                priority=Priority.RETRY,
                must_read=True,
            )
            for record in self._catalogue.due_refusals(now, MOST_IN_ONE_TRANSACTION)
        )
