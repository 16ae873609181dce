"""How far everything is; stop and go."""

from pydantic import AwareDatetime, Field

from phototagd.domain.engine import EngineState
from phototagd.domain.library import LibraryState
from phototagd.domain.status import StatusReport
from phototagd.rules.wire.showing import readable
from phototagd.web.gallery.api.operation import Asked, get, post
from phototagd.web.gallery.api.shapes import Answer, Body


class LibraryStatus(Answer):
    """A watched folder."""

    path: str
    state: LibraryState
    why: str
    last_scan: AwareDatetime | None


class Waiting(Answer):
    """Why photos wait although the model works."""

    cause: str
    reason: str
    until: AwareDatetime | None


class Status(Answer):
    """How far everything is; numbers are photos."""

    version: str
    is_paused: bool
    queued: int
    running: int
    done: int
    dead: int
    cancelled: int
    per_minute: float
    eta_seconds: float | None
    engine: EngineState
    engine_reason: str
    engine_remedy: str = Field(description="What a person can do about it.")
    waiting_for: list[Waiting]
    libraries: list[LibraryStatus]


class Rescan(Body):
    """How thoroughly."""

    full: bool = Field(default=False, description="Also folders that seem unchanged.")


class Nothing(Body):
    """No choice to make: an empty object."""


def status(asked: Asked) -> Status:
    """Tell how far everything is."""
    return _told(asked.needs.control.status())


def pause(asked: Asked, body: Nothing) -> Status:  # noqa: ARG001 -- every order has a body
    """Ask the model nothing more until `resume`."""
    asked.needs.control.pause()
    return _told(asked.needs.control.status())


def resume(asked: Asked, body: Nothing) -> Status:  # noqa: ARG001 -- every order has a body
    """Go on after `pause`."""
    asked.needs.control.resume()
    return _told(asked.needs.control.status())


def rescan(asked: Asked, body: Rescan) -> Status:
    """Compare all libraries with the store soon."""
    asked.needs.control.rescan(full=body.full)
    return _told(asked.needs.control.status())


def _told(report: StatusReport) -> Status:
    return Status(
        version=report.version,
        is_paused=report.paused,
        queued=report.queued,
        running=report.running,
        done=report.done,
        dead=report.dead,
        cancelled=report.cancelled,
        per_minute=report.per_minute,
        eta_seconds=report.eta_seconds,
        engine=report.engine.state,
        engine_reason=report.engine.reason,
        engine_remedy=report.engine.remedy,
        waiting_for=[
            Waiting(cause=one.cause.value, reason=one.reason, until=one.until)
            for one in report.closures
        ],
        libraries=[
            LibraryStatus(
                path=readable(one.root), state=one.state, why=one.why, last_scan=one.last_scan_at
            )
            for one in report.libraries
        ],
    )


OPERATIONS = (
    get("/status", status),
    post("/pause", pause),
    post("/resume", resume),
    post("/rescan", rescan),
)
