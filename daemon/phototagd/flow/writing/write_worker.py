"""Claims write jobs, one at a time, and hands them to the sidecar writer."""

from datetime import timedelta

from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.domain.job import GiveBack, JobKind, Lease, Priority
from phototagd.flow.held import HeldLeases
from phototagd.flow.settler import Settler
from phototagd.flow.writing.writer import SidecarWriter
from phototagd.ports import Catalogue, Clock, Queue
from phototagd.rules.asking.retrying import outcome_of, outcome_of_bug

LEASE = timedelta(minutes=5)
OWNER = "writer"
LONGEST_REST_SECONDS = 5.0


class WriteWorker:
    """Works off the write jobs, the most urgent class first: each takes milliseconds."""

    def __init__(
        self,
        *,
        queue: Queue,
        catalogue: Catalogue,
        writer: SidecarWriter,
        held: HeldLeases,
        settler: Settler,
        clock: Clock,
    ) -> None:
        self._queue = queue
        self._catalogue = catalogue
        self._writer = writer
        self._held = held
        self._settler = settler
        self._clock = clock

    def step(self) -> float:
        """Write one sidecar; how long to rest when none is due.

        Raises Unavailable when the disk does not take it; the job is given back then.
        """
        self._settler.settle_late()
        now = self._clock.now()
        for priority in Priority:
            lease = self._queue.claim(JobKind.WRITE, priority, OWNER, now, LEASE)
            if lease is not None:
                self._write(lease)
                return 0.0
        due = self._queue.next_due(JobKind.WRITE, now)
        if due is None:
            return LONGEST_REST_SECONDS
        return min(max((due - now).total_seconds(), 0.0), LONGEST_REST_SECONDS)

    def _write(self, lease: Lease) -> None:
        self._held.add(lease)
        try:
            outcome = self._writer.write(lease)
        except Unavailable as error:
            self._settler.settle(lease, GiveBack(str(error)), b"")
            raise  # the loop tells it and rests, or the same job would spin
        except PhototagdError as error:
            outcome = outcome_of(error, lease)
        except Exception as error:  # noqa: BLE001 -- one sidecar must not stop the others
            outcome = outcome_of_bug(f"{type(error).__name__}: {error}", lease)
        if outcome is None:
            self._held.drop(lease)
        else:
            self._settler.settle(lease, outcome, self._path(lease))

    def _path(self, lease: Lease) -> bytes:
        record = self._catalogue.path(lease.path) if lease.path is not None else None
        return record.absolute if record is not None else b""
