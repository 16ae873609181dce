"""Claims tag jobs and decodes their photos ahead of the lanes."""

from collections.abc import Callable
from datetime import timedelta

from phototagd.domain.asset import Prepared
from phototagd.domain.errors import PhototagdError, Vanished
from phototagd.domain.events import PhotoAdopted
from phototagd.domain.job import GiveBack, JobKind, Lease
from phototagd.domain.record import PathRecord
from phototagd.domain.tagging import Tagging
from phototagd.flow.adopter import Adopter
from phototagd.flow.held import HeldLeases
from phototagd.flow.ready import ReadyPhoto, ReadyPhotos
from phototagd.flow.settler import Settler
from phototagd.ports import Catalogue, Clock, Listener, PhotoReader, Queue, Walker
from phototagd.rules.retrying import outcome_of, outcome_of_bug

LEASE = timedelta(minutes=15)
OWNER = "preparer"
LONGEST_REST_SECONDS = 5.0


class Preparer:
    """Keeps `ReadyPhotos` filled while somebody is there to ask.

    Photos that are merely prepared are innocent: when the model goes away they are given
    back and nothing is charged.
    """

    def __init__(
        self,
        *,
        queue: Queue,
        catalogue: Catalogue,
        walker: Walker,
        reader: PhotoReader,
        adopter: Adopter,
        ready: ReadyPhotos,
        held: HeldLeases,
        settler: Settler,
        clock: Clock,
        emit: Listener,
        long_side: int,
        may_ask: Callable[[], bool],
    ) -> None:
        self._queue = queue
        self._catalogue = catalogue
        self._walker = walker
        self._reader = reader
        self._adopter = adopter
        self._ready = ready
        self._held = held
        self._settler = settler
        self._clock = clock
        self._emit = emit
        self._long_side = long_side
        self._may_ask = may_ask

    def step(self) -> float:
        """Prepare one photo, or give everything back when nobody may ask."""
        if not self._may_ask():
            self.give_back("the model is away")
            return LONGEST_REST_SECONDS
        now = self._clock.now()
        for priority in self._ready.wanted():
            lease = self._queue.claim(JobKind.TAG, priority, OWNER, now, LEASE)
            if lease is not None:
                self._prepare(lease)
                return 0.0
        due = self._queue.next_due(JobKind.TAG, now)
        if due is None or due <= now:  # nothing queued, or its class has no room
            return LONGEST_REST_SECONDS
        return min((due - now).total_seconds(), LONGEST_REST_SECONDS)

    def give_back(self, reason: str) -> None:
        """Return every prepared photo to the queue as it was."""
        for photo in self._ready.drain():
            self._settler.settle(photo.lease, GiveBack(reason), photo.path)

    def _prepare(self, lease: Lease) -> None:
        self._held.add(lease)
        path = b""
        try:
            answer = self._adopter.answer_for(lease.asset)
            if answer is not None:
                self._adopt(lease, answer)
                return
            record, prepared = self._read_a_copy(lease)
            path = record.absolute
            self._catalogue.record_pixels(lease.asset, prepared)
        except PhototagdError as error:
            self._settler.settle(lease, outcome_of(error, lease), path)
            return
        except Exception as error:  # noqa: BLE001 -- one photo must not stop the others
            reason = f"{type(error).__name__}: {error}"
            self._settler.settle(lease, outcome_of_bug(reason, lease), path)
            return
        self._ready.put(ReadyPhoto(lease, prepared, path))

    def _adopt(self, lease: Lease, answer: Tagging) -> None:
        """Settle a job whose answer stands beside the photo: no decoding, no GPU."""
        self._catalogue.record_tagging(lease, answer, self._clock.now())
        self._held.drop(lease)
        self._emit(PhotoAdopted(asset=lease.asset, job=lease.job, model=answer.recipe.model))

    def _read_a_copy(self, lease: Lease) -> tuple[PathRecord, Prepared]:
        """The first copy of the asset that can be read and still is what was queued."""
        problem: PhototagdError = Vanished("no copy of the photo is left")
        for record in self._catalogue.paths_of(lease.asset):
            try:
                self._refuse_changed(record)
                prepared = self._reader.prepare(record.absolute, long_side=self._long_side)
                self._refuse_changed(record)  # it was this very file while it was read
            except PhototagdError as error:
                if isinstance(problem, Vanished):  # any other problem may pass
                    problem = error
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
            raise Vanished("the photo changed since it was queued")
