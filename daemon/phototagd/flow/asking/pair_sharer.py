"""Lets the two halves of a RAW and JPEG pair share one answer."""

from dataclasses import replace

from phototagd.domain.asset import CaptureFacts
from phototagd.domain.errors import NotYet, PhotoError, ProcessKilled
from phototagd.domain.job import JobKind, JobView, Lease, Snooze
from phototagd.domain.profile import profile_asked
from phototagd.domain.record import PathRecord
from phototagd.domain.tagging import Tagging
from phototagd.ports import Catalogue, Clock, PhotoReader, Queue
from phototagd.rules.asking.pairing import (
    LONGEST_LOOK_AGAIN,
    LOOK_AGAIN,
    is_one_moment,
    may_be_pair,
    should_wait,
)
from phototagd.rules.asking.retrying import doubled


class PairSharer:
    """Looks beside the copies of an asset for the other half, and for its answer."""

    def __init__(
        self, *, catalogue: Catalogue, queue: Queue, reader: PhotoReader, clock: Clock
    ) -> None:
        self._catalogue = catalogue
        self._queue = queue
        self._reader = reader
        self._clock = clock

    def look(self, lease: Lease) -> Tagging | Snooze | None:
        """The other half's answer, or a wait for it; None when there is no other half.

        Somebody who asks again wants a new answer: an older one is not taken then.
        """
        for copy in self._catalogue.paths_of(lease.asset):
            for other in self._catalogue.namesakes(copy.id):
                if other.asset == lease.asset or not may_be_pair(copy.kind, other.kind):
                    continue
                found = self._beside(lease, copy, other)
                if found is not None and is_one_moment(self._facts(copy), self._facts(other)):
                    return found
        return None

    def _beside(self, lease: Lease, copy: PathRecord, other: PathRecord) -> Tagging | Snooze | None:
        if other.asset is None:
            return None
        question = _question(self._queue.jobs_of(other.asset, other.id))
        now = self._clock.now()
        if should_wait(question, kind=copy.kind, priority=lease.priority, now=now):
            after = doubled(LOOK_AGAIN, lease.snoozes, LONGEST_LOOK_AGAIN)
            return Snooze(after, "the other half of the pair is asked about")
        profile = profile_asked(lease.recipe)
        answer = self._catalogue.latest_tagging(other.asset, profile)
        if answer is None:
            return None
        is_asked_again = self._catalogue.latest_tagging(lease.asset, profile) is not None
        if is_asked_again and answer.created_at < lease.queued_at:
            return None
        return replace(answer, asset=lease.asset)

    def _facts(self, record: PathRecord) -> CaptureFacts | None:
        if record.facts is not None:
            return record.facts
        try:
            return self._reader.inspect(record.absolute).facts
        except (NotYet, PhotoError, ProcessKilled):
            return None  # whoever prepares it finds out why


def _question(jobs: list[JobView]) -> JobView | None:
    return next((job for job in jobs if job.kind == JobKind.TAG.value), None)
