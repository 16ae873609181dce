"""How do reports travel as JSON, between the daemon and its commands and out of `--json`?

One spelling for both, so that what a script reads is what the API says. Names of files are
spelt as in `showing`; times are ISO 8601 in UTC; a missing value is null. Readers raise
KeyError, ValueError or TypeError for what they cannot be.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from phototagd.domain.engine import EngineReport, EngineState
from phototagd.domain.job import JobId, JobState, JobView, Priority
from phototagd.domain.library import LibraryReport, LibraryState, WatchMode
from phototagd.domain.meaning import MeaningReport
from phototagd.domain.status import (
    Closure,
    ClosureCause,
    Finding,
    FindingCause,
    FindingLevel,
    StatusReport,
    TagReport,
)
from phototagd.rules.wire.showing import path_fields, path_from

Json = dict[str, Any]


def status_to_json(report: StatusReport) -> Json:
    """A status; `daemon` says whether one runs."""
    return {
        "queued": report.queued,
        "running": report.running,
        "done": report.done,
        "dead": report.dead,
        "cancelled": report.cancelled,
        "engine": report.engine.state.value,
        "engine_reason": report.engine.reason,
        "engine_remedy": report.engine.remedy,
        "per_minute": report.per_minute,
        "eta_seconds": report.eta_seconds,
        "libraries": [_library_to_json(library) for library in report.libraries],
        "paused": report.paused,
        "closures": [_closure_to_json(closure) for closure in report.closures],
        "meaning": None if report.meaning is None else asdict(report.meaning),
        "daemon": "stopped" if report.uptime_seconds is None else "running",
        "uptime_seconds": report.uptime_seconds,
        "version": report.version,
    }


def status_from_json(data: Mapping[str, Any]) -> StatusReport:
    """The status back."""
    return StatusReport(
        version=data["version"],
        uptime_seconds=data["uptime_seconds"],
        paused=data["paused"],
        queued=data["queued"],
        running=data["running"],
        done=data["done"],
        dead=data["dead"],
        cancelled=data["cancelled"],
        per_minute=data["per_minute"],
        eta_seconds=data["eta_seconds"],
        engine=EngineReport(
            EngineState(data["engine"]), data["engine_reason"], data["engine_remedy"]
        ),
        libraries=tuple(_library_from_json(library) for library in data["libraries"]),
        closures=tuple(_closure_from_json(closure) for closure in data["closures"]),
        meaning=None if data["meaning"] is None else MeaningReport(**data["meaning"]),
    )


def job_to_json(job: JobView) -> Json:
    """A job."""
    return {
        "id": job.id,
        "kind": job.kind,
        "state": job.state.value,
        "priority": job.priority.name.lower(),
        "attempt": job.attempt,
        "reason": job.reason,
        "run_after": _from_time(job.run_after),
        "updated_at": _from_time(job.updated_at),
        **path_fields(job.location),
    }


def job_from_json(data: Mapping[str, Any]) -> JobView:
    """The job back."""
    return JobView(
        id=JobId(data["id"]),
        kind=data["kind"],
        state=JobState(data["state"]),
        priority=Priority[data["priority"].upper()],
        attempt=data["attempt"],
        reason=data["reason"],
        run_after=_to_time(data["run_after"]),
        updated_at=datetime.fromisoformat(data["updated_at"]),
        location=path_from(data),
    )


def tag_to_json(report: TagReport) -> Json:
    """How far a named photo is."""
    return {
        **path_fields(report.path),
        "state": report.state.value,
        "reason": report.reason,
        "job": report.job,
        **({"sidecar": None} if report.sidecar is None else path_fields(report.sidecar, "sidecar")),
        "caption": report.caption,
        "keywords": list(report.keywords),
    }


def tag_from_json(data: Mapping[str, Any]) -> TagReport:
    """The report back."""
    return TagReport(
        path=path_from(data),
        state=JobState(data["state"]),
        reason=data["reason"],
        job=None if data["job"] is None else JobId(data["job"]),
        sidecar=None if data["sidecar"] is None else path_from(data, "sidecar"),
        caption=data["caption"],
        keywords=tuple(data["keywords"]),
    )


def finding_to_json(finding: Finding) -> Json:
    """A finding."""
    return {
        "name": finding.name,
        "level": finding.level.value,
        "cause": finding.cause.value,
        "detail": finding.detail,
        "remedy": finding.remedy,
    }


def finding_from_json(data: Mapping[str, Any]) -> Finding:
    """The finding back."""
    return Finding(
        name=data["name"],
        level=FindingLevel(data["level"]),
        cause=FindingCause(data["cause"]),
        detail=data["detail"],
        remedy=data["remedy"],
    )


def _closure_to_json(closure: Closure) -> Json:
    return {
        "cause": closure.cause.value,
        "reason": closure.reason,
        "until": _from_time(closure.until),
    }


def _closure_from_json(data: Mapping[str, Any]) -> Closure:
    return Closure(ClosureCause(data["cause"]), data["reason"], _to_time(data["until"]))


def _library_to_json(library: LibraryReport) -> Json:
    return {
        **path_fields(library.root),
        "watch": library.watch.value,
        "state": library.state.value,
        "why": library.why,
        "last_scan": _from_time(library.last_scan_at),
        "degraded": library.is_degraded,
        "held_losses": library.held_losses,
    }


def _library_from_json(data: Mapping[str, Any]) -> LibraryReport:
    return LibraryReport(
        root=path_from(data),
        watch=WatchMode(data["watch"]),
        state=LibraryState(data["state"]),
        why=data["why"],
        last_scan_at=_to_time(data["last_scan"]),
        is_degraded=data["degraded"],
        held_losses=data["held_losses"],
    )


def _from_time(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()


def _to_time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
