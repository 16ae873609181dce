"""What a person asks for by name: tag these files now, show what is known of one."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from phototagd.domain.asset import PathState
from phototagd.domain.job import JobState, JobView, Priority
from phototagd.domain.profile import recipe_asking
from phototagd.domain.record import PathRecord
from phototagd.domain.status import TagReport
from phototagd.domain.tagging import Tagging
from phototagd.flow.arriving.intake import Intake
from phototagd.flow.whereabouts import Whereabouts
from phototagd.ports import Catalogue, Clock, Ledger, Queue

UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


class Requests:
    """Takes named photos in before all others, inside the libraries or anywhere else."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        queue: Queue,
        intake: Intake,
        ledger: Ledger,
        clock: Clock,
        on_arrival: Callable[[], None] = lambda: None,
        profile: str | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._queue = queue
        self._intake = intake
        self._ledger = ledger
        self._whereabouts = Whereabouts(catalogue=catalogue, profile=profile)
        self._clock = clock
        self._on_arrival = on_arrival

    def tag(self, files: Sequence[bytes]) -> list[TagReport]:
        """Take the files in, ask again about dead ones, and say how far each is.

        What was undone may have words again.
        """
        for file in files:
            library, location = self._whereabouts.locate(file)
            self._intake.take(library, location)
            record = self._catalogue.find_path(location.library, location.folder, location.name)
            if record is not None and record.asset is not None:
                self._hurry(record)
        self._on_arrival()
        return self.tagged(files)

    def find(self, file: bytes) -> PathRecord | None:
        """What is known of a file; None when it was never seen."""
        return self._whereabouts.find(file)

    def known(self, file: bytes) -> PathRecord | None:
        """What is known of a file, which is taken in if it was never seen."""
        record = self.find(file)
        if record is None:
            library, location = self._whereabouts.locate(file)
            self._intake.take(library, location)
        return record or self.find(file)

    def tagged(self, files: Sequence[bytes]) -> list[TagReport]:
        """How far the files are."""
        return [self._report(file) for file in files]

    def show(self, file: bytes) -> Mapping[str, object] | None:
        """Everything known of one file, JSON-ready; None when it was never seen."""
        record = self._whereabouts.find(file)
        if record is None:
            return None
        tagging = self._catalogue.tagging_for(record.id)
        copies = () if record.asset is None else self._catalogue.paths_of(record.asset)
        return {
            "path": os.fsdecode(record.absolute),
            "state": record.state,
            "reason": record.reason,
            "kind": record.kind,
            "asset": record.asset,
            "content_hash": record.content_hash,
            "size": record.stamp.size,
            "copies": [os.fsdecode(c.absolute) for c in copies if c.id != record.id],
            "camera": None if record.facts is None else asdict(record.facts),
            "place": None if record.place is None else asdict(record.place),
            "sidecar": None if record.sidecar_name is None else os.fsdecode(record.sidecar_name),
            "words": dict(self._catalogue.words_of(record.id)),
            "tagging": None if tagging is None else _shown(tagging),
            "jobs": [_job_shown(job) for job in self._jobs(record)],
        }

    def _jobs(self, record: PathRecord) -> list[JobView]:
        return [] if record.asset is None else self._queue.jobs_of(record.asset, record.id)

    def _hurry(self, record: PathRecord) -> None:
        """A person waits: queue what is dead again, or raise what waits to the front."""
        now = self._clock.now()
        self._ledger.lift([record.id])
        jobs = self._jobs(record)
        self._queue.retry([job.id for job in jobs if job.state is JobState.DEAD], now)
        if record.asset is not None and self._catalogue.tagging_for(record.id) is None:
            recipe = recipe_asking(self._catalogue.profile_of(record.id))
            self._queue.enqueue_tag(record.asset, recipe, Priority.PERSON, now)
        elif record.sidecar_name is None or any(job.state in UNFINISHED for job in jobs):
            self._queue.enqueue_write(record.id, Priority.PERSON, now)

    def _report(self, file: bytes) -> TagReport:
        record = self._whereabouts.find(file)
        if record is None:
            return TagReport(path=file, state=JobState.DEAD, reason="there is no such file")
        if record.asset is None:
            state = JobState.QUEUED if record.state is PathState.WAITING else JobState.DEAD
            reason = record.reason or "this is not a photo"
            return TagReport(path=file, state=state, reason=reason)
        return self._progress(file, record)

    def _progress(self, file: bytes, record: PathRecord) -> TagReport:
        """The least finished job decides."""
        rank = list(JobState).index
        jobs = sorted(self._jobs(record), key=lambda job: rank(job.state))
        least = next((job for job in jobs if job.state is not JobState.DONE), None)
        words = self._catalogue.words_of(record.id)
        caption, keywords = words.get("caption"), words.get("keywords")
        return TagReport(
            path=file,
            state=JobState.DONE if least is None else least.state,
            reason="" if least is None else least.reason,
            job=None if least is None else least.id,
            sidecar=record.sidecar_name,
            caption=caption if isinstance(caption, str) else "",
            keywords=tuple(keywords) if isinstance(keywords, list | tuple) else (),
        )


def _shown(tagging: Tagging) -> dict[str, object]:
    return {
        "answer": asdict(tagging.answer),
        "model": tagging.recipe.model,
        "model_digest": tagging.recipe.model_digest,
        "recipe": tagging.recipe.key,
        "language": tagging.recipe.language,
        "prompt": {
            "system": tagging.recipe.system,
            "user": tagging.recipe.user,
            "schema": tagging.recipe.schema,
            "options": tagging.recipe.options,
        },
        "image_long_side": tagging.recipe.image_long_side,
        "raw_reply": tagging.raw,
        "created_at": tagging.created_at.isoformat(),
        "seconds": tagging.seconds,
        "tokens_per_second": tagging.tokens_per_second,
        "salvage": tagging.salvage,
        "private": [asdict(redaction) for redaction in tagging.redactions],
    }


def _job_shown(job: JobView) -> dict[str, object]:
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state,
        "attempt": job.attempt,
        "reason": job.reason,
        "updated_at": job.updated_at.isoformat(),
    }
