"""Claims tag jobs and decodes their photos ahead of the lanes."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from phototagd.domain.asset import AssetId, Prepared
from phototagd.domain.errors import PhototagdError, Unavailable, Unreadable, Vanished
from phototagd.domain.events import PhotoAdopted
from phototagd.domain.job import NOBODY, GiveBack, JobKind, Lease, Priority, Snooze
from phototagd.domain.profile import profile_asked
from phototagd.domain.record import PathRecord
from phototagd.domain.tagging import Tagging
from phototagd.flow.asking.adopter import Adopter
from phototagd.flow.asking.ready import ReadyPhoto, ReadyPhotos
from phototagd.flow.held import HeldLeases
from phototagd.flow.settler import Settler
from phototagd.ports import Catalogue, Clock, Listener, PhotoReader, Queue, Walker
from phototagd.rules.asking.retrying import outcome_of, outcome_of_bug

LEASE = timedelta(hours=1)
OWNER = "preparer"
LONGEST_REST_SECONDS = 5.0


class Preparer:
    """Keeps `ReadyPhotos` filled while somebody is there to ask.

    Photos that are merely prepared are innocent: when the model goes away they are given
    back and nothing is charged. Several threads may take steps at the same time: they choose
    photos one after the other, and decode side by side. `screen` sees each photo before the
    model does.
    """

    def __init__(
        self,
        *,
        queue: Queue,
        catalogue: Catalogue,
        walker: Walker,
        reader: PhotoReader,
        adopter: Adopter,
        share: Callable[[Lease], Tagging | Snooze | None],
        ready: ReadyPhotos,
        held: HeldLeases,
        settler: Settler,
        clock: Clock,
        emit: Listener,
        long_side: int,
        on_changed: Callable[[PathRecord], None],
        admitted: Callable[[], frozenset[Priority]],
        screen: Callable[[AssetId, bytes, Prepared], None] = lambda *_: None,
    ) -> None:
        self._queue = queue
        self._catalogue = catalogue
        self._walker = walker
        self._reader = reader
        self._adopter = adopter
        self._share = share
        self._ready = ready
        self._held = held
        self._settler = settler
        self._clock = clock
        self._emit = emit
        self._long_side = long_side
        self._on_changed = on_changed
        self._admitted = admitted
        self._screen = screen
        # The halves of a pair must not be claimed at the same moment: each would see the other
        # in work, and both would wait.
        self._choosing = threading.Lock()

    def step(self) -> float:
        """Prepare one photo; give back those that nobody may ask about any more.

        Raises Unavailable when nothing can be read or recorded; the job is given back then.
        """
        classes = self._admitted()
        self.give_back("not now", keep=classes)
        if not classes:
            return LONGEST_REST_SECONDS
        now = self._clock.now()
        with self._choosing:
            lease = self._claim(classes, now)
            copies = None if lease is None else self._unanswered(lease)
        if lease is not None:
            if copies is not None:
                self._prepare(lease, copies)
            return 0.0
        due = self._queue.next_due(JobKind.TAG, now)
        if due is None or due <= now:  # nothing queued, or its class has no room
            return LONGEST_REST_SECONDS
        return min((due - now).total_seconds(), LONGEST_REST_SECONDS)

    def give_back(self, reason: str, *, keep: frozenset[Priority] = NOBODY) -> None:
        """Return every prepared photo to the queue as it was, but for the classes to keep.

        Raises Unavailable when the store cannot be written; the rest stays ready then.
        """
        while (photo := self._ready.pop(keep=keep)) is not None:
            self._settler.settle(photo.lease, GiveBack(reason), photo.path)

    def _claim(self, classes: frozenset[Priority], now: datetime) -> Lease | None:
        for priority in (wanted for wanted in self._ready.wanted() if wanted in classes):
            lease = self._queue.claim(JobKind.TAG, priority, OWNER, now, LEASE)
            if lease is not None:
                self._held.add(lease)
                return lease
        return None

    def _unanswered(self, lease: Lease) -> Sequence[PathRecord] | None:
        """The copies of a photo that must be asked about; None when its job is settled."""
        copies: Sequence[PathRecord] = ()
        with self._blame(lease, lambda: copies):
            copies = self._catalogue.paths_of(lease.asset)
            profile = profile_asked(lease.recipe)
            answer = self._adopter.answer_for(lease.asset, profile) or self._share(lease)
            if answer is None:
                return copies
            if isinstance(answer, Snooze):
                self._settler.settle(lease, answer, _first(copies))
            else:
                self._adopt(lease, answer)
        return None

    def _prepare(self, lease: Lease, copies: Sequence[PathRecord]) -> None:
        with self._blame(lease, lambda: copies):
            record, prepared = self._read_a_copy(copies)
            self._catalogue.record_pixels(lease.asset, prepared)
            self._screen(lease.asset, record.absolute, prepared)
            self._ready.put(ReadyPhoto(lease, prepared, record.absolute))

    @contextmanager
    def _blame(self, lease: Lease, copies: Callable[[], Sequence[PathRecord]]) -> Iterator[None]:
        """Settle the job with whatever goes wrong; raises Unavailable alone."""
        try:
            yield
        except Unavailable as error:
            self._settler.settle(lease, GiveBack(str(error)), b"")
            raise  # the loop tells it and rests, or the same photo would spin
        except PhototagdError as error:
            self._settler.settle(lease, outcome_of(error, lease), _first(copies()))
        except Exception as error:  # noqa: BLE001 -- one photo must not stop the others
            bug = outcome_of_bug(f"{type(error).__name__}: {error}", lease)
            self._settler.settle(lease, bug, _first(copies()))

    def _adopt(self, lease: Lease, answer: Tagging) -> None:
        """Settle a job whose answer is there already: no decoding, no GPU."""
        is_mine = self._catalogue.record_tagging(lease, answer, self._clock.now())
        self._held.drop(lease)
        if is_mine:
            self._emit(PhotoAdopted(asset=lease.asset, job=lease.job, model=answer.recipe.model))

    def _read_a_copy(self, copies: Sequence[PathRecord]) -> tuple[PathRecord, Prepared]:
        """The first copy that can be read and still is what was queued.

        Otherwise raises the problem that is most likely to pass.
        """
        problem: PhototagdError = Vanished("no copy of the photo is left")
        for record in copies:
            try:
                self._refuse_changed(record)
                prepared = self._reader.prepare(record.absolute, long_side=self._long_side)
                self._refuse_changed(record)  # it was this very file while it was read
            except PhototagdError as error:
                problem = max(error, problem, key=_hope)
            else:
                return record, prepared
        raise problem

    def _refuse_changed(self, record: PathRecord) -> None:
        """Raises Vanished for another file; inodes are left out, shares renumber them."""
        seen = self._walker.sight(record.absolute)
        queued = record.stamp
        if seen is None:
            raise Vanished("the photo is gone")
        if (seen.stamp.size, seen.stamp.mtime_ns) != (queued.size, queued.mtime_ns):
            self._on_changed(record)  # the hint for it may have been lost
            raise Vanished("the photo changed since it was queued")


def _first(copies: Sequence[PathRecord]) -> bytes:
    return copies[0].absolute if copies else b""


def _hope(problem: PhototagdError) -> int:
    """How much hope a problem leaves: gone, broken, anything that may pass."""
    if isinstance(problem, Vanished):
        return 0
    return 1 if isinstance(problem, Unreadable) else 2
