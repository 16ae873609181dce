"""What is counted, and which event moves which counter."""

from prometheus_client import CollectorRegistry, Counter, Histogram

from phototagd.domain.events import (
    EngineLost,
    Event,
    HintsLost,
    JobEnded,
    ModelSlowed,
    ModelUnloaded,
    PhotoFound,
    PhotoRefused,
    PhotoTagged,
    ScanFinished,
    SidecarFollowed,
    SidecarWritten,
    Trouble,
)

LATENCY_BUCKETS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 12, 20, 30, 60, 120)
_SPEED_BUCKETS = (5, 10, 20, 40, 60, 80, 120, 200, 400)
_SCAN_BUCKETS = (0.01, 0.1, 1, 10, 60, 600, 3600)
_OUTCOMES = ("done", "retry", "snooze", "cancelled", "dead")


class PhotoCounters:
    """Photos taken in and answers of the model."""

    def __init__(self, *, registry: CollectorRegistry) -> None:
        self._found = Counter(
            "phototagd_photos_found", "Photos taken in.", ["how"], registry=registry
        )
        self._refused = Counter(
            "phototagd_photos_refused", "Files that cannot be read as photos.", registry=registry
        )
        self._private = Counter(
            "phototagd_photos_private", "Photos with private things.", registry=registry
        )
        self._latency = Histogram(
            "phototagd_inference_duration_seconds",
            "From the request to the last word of an answer.",
            buckets=LATENCY_BUCKETS,
            registry=registry,
        )
        self._speed = Histogram(
            "phototagd_inference_tokens_per_second",
            "How fast answers were written.",
            buckets=_SPEED_BUCKETS,
            registry=registry,
        )
        self._tokens = Counter(
            "phototagd_inference_tokens", "Tokens of all answers.", registry=registry
        )
        self._salvaged = Counter(
            "phototagd_inference_salvaged", "Answers that needed a repair.", registry=registry
        )
        for how in ("new", "copy", "moved", "changed", "metadata"):
            self._found.labels(how)

    def __call__(self, event: Event) -> None:
        """Count the event if it is about a photo or an answer."""
        match event:
            case PhotoFound():
                self._found.labels(event.how).inc()
            case PhotoRefused():
                self._refused.inc()
            case PhotoTagged():
                self._count_answer(event)

    def _count_answer(self, event: PhotoTagged) -> None:
        self._latency.observe(event.seconds)
        self._tokens.inc(event.tokens)
        if event.tokens_per_second:
            self._speed.observe(event.tokens_per_second)
        if event.salvage:
            self._salvaged.inc()
        if event.is_private:
            self._private.inc()


class JobCounters:
    """Ended runs of jobs and what they wrote."""

    def __init__(self, *, registry: CollectorRegistry) -> None:
        self._jobs = Counter(
            "phototagd_jobs_completed",
            "Ended runs of jobs.",
            ["kind", "outcome"],
            registry=registry,
        )
        self._sidecars = Counter(
            "phototagd_sidecar_writes",
            "Sidecars brought up to date.",
            ["outcome"],
            registry=registry,
        )
        for kind in ("tag", "write"):
            for outcome in _OUTCOMES:
                self._jobs.labels(kind, outcome)
        for outcome in ("written", "unchanged", "followed"):
            self._sidecars.labels(outcome)

    def __call__(self, event: Event) -> None:
        """Count the event if it ends a job or brings a sidecar up to date."""
        match event:
            case PhotoTagged():
                self._jobs.labels("tag", "done").inc()
            case JobEnded():
                self._jobs.labels(event.kind, event.outcome).inc()
            case SidecarWritten():
                self._jobs.labels("write", "done").inc()
                self._sidecars.labels("written" if event.changed else "unchanged").inc()
            case SidecarFollowed():
                self._sidecars.labels("followed").inc()


class WorldCounters:
    """Scans, lost hints, an absent model, and the daemon's own troubles."""

    def __init__(self, *, registry: CollectorRegistry) -> None:
        self._scan_seconds = Histogram(
            "phototagd_scan_duration_seconds",
            "Comparisons of a library with the store.",
            ["kind"],
            buckets=_SCAN_BUCKETS,
            registry=registry,
        )
        self._scan_found = Counter(
            "phototagd_scan_files_appeared", "Files that a scan saw first.", registry=registry
        )
        self._hints_lost = Counter(
            "phototagd_hints_lost", "Times that change hints were lost.", registry=registry
        )
        self._engine_lost = Counter(
            "phototagd_engine_lost", "Times that the model went away.", registry=registry
        )
        self._slowed = Counter(
            "phototagd_model_slowed", "Times that answers became slow.", registry=registry
        )
        self._unloaded = Counter(
            "phototagd_model_unloaded", "Times that we freed its memory.", registry=registry
        )
        self._trouble = Counter(
            "phototagd_trouble", "Troubles of the daemon's own.", registry=registry
        )

    def __call__(self, event: Event) -> None:
        """Count the event if it is about the world around."""
        match event:
            case ScanFinished():
                self._scan_seconds.labels(event.kind).observe(event.seconds)
                self._scan_found.inc(event.appeared)
            case HintsLost():
                self._hints_lost.inc()
            case EngineLost():
                self._engine_lost.inc()
            case ModelSlowed():
                self._slowed.inc()
            case ModelUnloaded():
                self._unloaded.inc()
            case Trouble():
                self._trouble.inc()
