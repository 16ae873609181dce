"""Fills an empty store from photos and sidecars; the model is not asked."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import Unavailable
from phototagd.domain.job import JobKind
from phototagd.domain.rebuilding import RebuildProgress, RebuildStage
from phototagd.flow.arriving.intake import Intake
from phototagd.flow.arriving.scanner import Scanner
from phototagd.flow.asking.adopter import Adopter
from phototagd.flow.writing.write_worker import WriteWorker
from phototagd.ports import Catalogue, Clock, Queue

PAGE = 200  # answers in one transaction


class Rebuilder:
    """Scans everything, takes answers over from sidecars, and lets each sidecar be merged.

    Merging reads back what of a sidecar was ours and what a person rejected; a sidecar that
    already holds what it should is not written. Photos without an answer stay in the queue.
    `restores` bring back what else lies in files, before any sidecar is merged.
    """

    def __init__(
        self,
        *,
        scanners: Sequence[Scanner],
        intake: Intake,
        adopter: Adopter,
        writing: WriteWorker,
        catalogue: Catalogue,
        queue: Queue,
        clock: Clock,
        restores: Sequence[Callable[[], object]] = (),
    ) -> None:
        self._scanners = scanners
        self._intake = intake
        self._adopter = adopter
        self._writing = writing
        self._catalogue = catalogue
        self._queue = queue
        self._clock = clock
        self._restores = restores
        self.progress = RebuildProgress()

    def run(self) -> Iterator[RebuildProgress]:
        """All of it, a little at a time.

        Raises Unavailable when a library is away, or the store or a sidecar cannot be written.
        """
        for restore in self._restores:
            restore()
        for scanner in self._scanners:
            yield from self._scan(scanner)
        yield from self._adopt()
        yield from self._merge()

    def _scan(self, scanner: Scanner) -> Iterator[RebuildProgress]:
        why = scanner.why_offline()
        if why:
            raise Unavailable(why, remedy="mount it, then start again")
        scanner.came_online()
        for has_room in scanner.scan(full=True):
            if not has_room:
                self._take_in()
                yield self._at(RebuildStage.SCANNING)
        while scanner.has_urgent_visits or not self._intake.is_idle:
            scanner.revisit()
            self._take_in()
            yield self._at(RebuildStage.SCANNING)
        yield self._at(RebuildStage.SCANNING)

    def _take_in(self) -> None:
        """A round of intake; a file that is not finished yet is waited for."""
        rest = self._intake.run_once()
        if rest:
            self._clock.wait(threading.Event(), rest)

    def _adopt(self) -> Iterator[RebuildProgress]:
        last = AssetId(0)
        while assets := self._catalogue.unanswered(last, PAGE):
            answers = [self._adopter.answer_for(asset) for asset in assets]
            adopted = self._catalogue.adopt(
                [answer for answer in answers if answer is not None], self._clock.now()
            )
            last = assets[-1]
            yield self._at(RebuildStage.ADOPTING, answers=adopted)

    def _merge(self) -> Iterator[RebuildProgress]:
        """Work off the write jobs that are due now; others wait for words."""
        while True:
            now = self._clock.now()
            due = self._queue.next_due(JobKind.WRITE, now)
            if due is None or due > now:
                return
            if self._writing.step() == 0.0:
                yield self._at(RebuildStage.MERGING, sidecars=1)

    def _at(self, stage: RebuildStage, *, answers: int = 0, sidecars: int = 0) -> RebuildProgress:
        photos = self.progress.photos
        if stage is RebuildStage.SCANNING:  # counting reads all of them, and later none come
            photos = self._catalogue.photo_count()
        self.progress = replace(
            self.progress,
            stage=stage,
            photos=photos,
            answers=self.progress.answers + answers,
            sidecars=self.progress.sidecars + sidecars,
        )
        return self.progress
