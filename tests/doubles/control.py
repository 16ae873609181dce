"""A daemon without photos: keeps the Control and Health contracts in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from doubles.overview import FakeOverview, FakeSearches
from doubles.vocabulary import FakeVocabulary
from phototagd.domain.amending import PersonsEdit, UndoOrder
from phototagd.domain.asset import AssetId
from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.inquiry import Inquiry, InquiryState
from phototagd.domain.job import JobId, JobState, JobView, Priority
from phototagd.domain.library import LibraryReport, LibraryState, WatchMode
from phototagd.domain.search import Chip, Found, Hit, HitOrder, Query, Reason
from phototagd.domain.status import (
    Finding,
    FindingCause,
    FindingLevel,
    StatusReport,
    TagReport,
)

if TYPE_CHECKING:
    from phototagd.domain.errors import PhototagdError
    from phototagd.ports.overview import Overview, SavedSearches

AT = datetime(2026, 5, 1, 12, tzinfo=UTC)


def a_status(**changes: Any) -> StatusReport:
    """A daemon at work, two photos waiting and one dead."""
    report = StatusReport(
        version="1.2.3",
        uptime_seconds=60.0,
        paused=False,
        queued=2,
        running=1,
        done=10,
        dead=1,
        cancelled=0,
        per_minute=12.5,
        eta_seconds=14.4,
        engine=EngineReport(EngineState.OK),
        libraries=(
            LibraryReport(b"/photos/\xff", WatchMode.NATIVE, LibraryState.ONLINE, "local disk", AT),
        ),
    )
    return replace(report, **changes)


def a_job(number: int, state: JobState = JobState.DEAD, location: bytes = b"/p/a.jpg") -> JobView:
    """One row of `jobs`."""
    return JobView(
        id=JobId(number),
        kind="tag",
        state=state,
        priority=Priority.NEW,
        attempt=2,
        reason="the file is cut off" if state is JobState.DEAD else "",
        run_after=None if state is JobState.DEAD else AT,
        updated_at=AT,
        location=location,
    )


def a_found() -> Found:
    """Two photos of three, one with a name that is no UTF-8."""
    chip = Chip(0, 3, "dog", "words", "dog")
    night = Chip(4, 13, "not night", "time", "at night", is_negated=True)
    reason = Reason("dog", "keyword", "puppy")
    return Found(
        query=Query("dog not night", chips=(chip, night)),
        hits=(
            Hit(AssetId(1), b"/photos/a.jpg", "A dog, asleep", AT, 3.5, (reason,)),
            Hit(AssetId(2), b"/photos/\xff\n.jpg", "", None, 1.25, ()),
        ),
        total=3,
        undated=1,
        not_indexed=12,
    )


class FakeControl:
    """Answers from its attributes, remembers what it was told, raises `error` if it has one.

    A tagged photo is `queued` until `tagged` has been asked `polls` times.
    """

    def __init__(self) -> None:
        self.report = a_status()
        self.listed = [a_job(1), a_job(2, JobState.QUEUED, b"/p/\xff\n.jpg")]
        self.findings = [
            Finding(
                name="store",
                level=FindingLevel.OK,
                cause=FindingCause.SETTINGS,
                detail="writable",
            )
        ]
        self.found = a_found()
        self.planned: Mapping[str, object] = {"path": "/p/a.jpg", "reason": "", "sidecars": []}
        self.changes: dict[bytes, list[Mapping[str, object]]] = {}
        self.retagging: dict[str, object] = {
            "photos": 2,
            "questions": 2,
            "seconds": 90.0,
            "examples": [],
        }
        self.differences: dict[bytes, Mapping[str, object]] = {}
        self.known: dict[bytes, Mapping[str, object]] = {}
        self.outcomes: dict[bytes, TagReport] = {}
        self.inquiry = Inquiry(id="q1", path=b"/p/a.jpg", question="Which bird?")
        self.vocabulary = FakeVocabulary()
        self.overview: Overview = FakeOverview()
        self.searches: SavedSearches = FakeSearches()
        self.polls = 1
        self.error: PhototagdError | None = None
        self.told: list[tuple[object, ...]] = []
        self.stuck_loops: list[str] = []
        self.unready_reasons: list[str] = []

    def _tell(self, *what: object) -> None:
        self.told.append(what)
        if self.error:
            raise self.error

    def status(self) -> StatusReport:
        self._tell("status")
        return self.report

    def jobs(self, state: JobState | None, limit: int) -> list[JobView]:
        self._tell("jobs", state, limit)
        return [job for job in self.listed if state in (None, job.state)][:limit]

    def retry(self, ids: Collection[JobId] | None) -> int:
        self._tell("retry", None if ids is None else sorted(ids))
        dead = [job.id for job in self.listed if job.state is JobState.DEAD]
        return len(dead if ids is None else set(dead) & set(ids))

    def pause(self) -> None:
        self._tell("pause")

    def resume(self) -> None:
        self._tell("resume")

    def rescan(self, *, full: bool) -> None:
        self._tell("rescan", full)

    def confirm(self, root: bytes | None) -> int:
        self._tell("confirm", root)
        return 120

    def tag(self, files: Sequence[bytes]) -> list[TagReport]:
        self._tell("tag", *files)
        return [TagReport(path=file, state=JobState.QUEUED) for file in files]

    def tagged(self, files: Sequence[bytes]) -> list[TagReport]:
        self._tell("tagged", *files)
        self.polls -= 1
        if self.polls > 0:
            return [TagReport(path=file, state=JobState.RUNNING) for file in files]
        return [self.outcomes.get(file) or _done(file) for file in files]

    def show(self, file: bytes) -> Mapping[str, object] | None:
        self._tell("show", file)
        return self.known.get(file)

    def undo(self, order: UndoOrder, *, dry_run: bool) -> Mapping[str, object]:
        self._tell("undo", order, dry_run)
        return {"count": len(order.files) or 2, "is_done": not dry_run, "plans": [self.planned]}

    def edit(
        self, files: Sequence[bytes], edit: PersonsEdit, *, dry_run: bool
    ) -> Mapping[str, object]:
        self._tell("edit", *files, edit, dry_run)
        return {"count": len(files), "is_done": not dry_run, "plans": [self.planned]}

    def history(self, file: bytes) -> Sequence[Mapping[str, object]] | None:
        self._tell("history", file)
        return self.changes.get(file)

    def diff(self, file: bytes) -> Mapping[str, object] | None:
        self._tell("diff", file)
        return self.differences.get(file)

    def ask(self, file: bytes, question: str) -> Inquiry:
        self._tell("ask", file, question)
        self.inquiry = replace(self.inquiry, path=file, question=question)
        return self.inquiry

    def asked(self, inquiry: str) -> Inquiry | None:
        self._tell("asked", inquiry)
        if inquiry != self.inquiry.id:
            return None
        self.polls -= 1
        answered = replace(self.inquiry, state=InquiryState.ANSWERED, answer="A falcon.")
        return self.inquiry if self.polls > 0 else answered

    def outstanding(self) -> int:
        self._tell("outstanding")
        self.polls -= 1
        return max(self.polls, 0)

    def similar(self, file: bytes, *, limit: int) -> Found | None:
        self._tell("similar", file, limit)
        return self.found if file in self.known else None

    def not_this(self, file: bytes, text: str, *, is_meant: bool) -> bool:
        self._tell("not this", file, text, is_meant)
        return file in self.known

    def retag(self, where: str, *, dry_run: bool) -> Mapping[str, object]:
        self._tell("retag", where, dry_run)
        return {**self.retagging, "is_done": not dry_run}

    def back_up(self, target: bytes | None) -> bytes:
        self._tell("back_up", target)
        return target or b"/state/backups/\xff.db"

    def verify(self) -> list[Finding]:
        self._tell("verify")
        return self.findings

    def search(self, text: str, *, limit: int, order: HitOrder) -> Found:
        self._tell("search", text, limit, order)
        return replace(self.found, query=replace(self.found.query, text=text))

    def check(self) -> list[Finding]:
        self._tell("check")
        return self.findings

    def stuck(self) -> Sequence[str]:
        return self.stuck_loops

    def unready(self) -> Sequence[str]:
        return self.unready_reasons

    def metrics(self) -> bytes:
        return b"phototagd_engine_up 1.0\n"


def _done(file: bytes) -> TagReport:
    return TagReport(
        path=file,
        state=JobState.DONE,
        job=JobId(9),
        sidecar=file + b".xmp",
        caption="A dog on a beach.",
        keywords=("dog", "beach"),
    )
