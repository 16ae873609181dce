"""Values that are true now, asked for when somebody looks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from phototagd.adapters.metrics.libraries import library_gauges
from phototagd.adapters.metrics.queueing import endpoint_gauges, paused_gauge, waiting_gauge
from phototagd.domain.engine import EngineMemory, EngineState
from phototagd.domain.errors import PhototagdError
from phototagd.domain.job import Priority
from phototagd.domain.status import StatusReport
from phototagd.rules.asking.breaking import Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """Where the values come from that are asked for at each look; all must be quick.

    `oldest_queued` is when the longest waiting due job was queued; `store_size` gives bytes
    by name, `disk_free` the room beside them. `waiting` counts photos to be asked about,
    `endpoints` names the model servers and where their breakers are. One that raises an error
    of the house is left out of that answer.
    """

    status: Callable[[], StatusReport]
    oldest_queued: Callable[[], datetime | None]
    waiting: Callable[[], Mapping[Priority, int]]
    endpoints: Callable[[], Mapping[str, Phase]]
    engine_memory: Callable[[], EngineMemory | None]
    store_size: Callable[[], Mapping[str, int]]
    disk_free: Callable[[], int]
    last_backup: Callable[[], datetime | None]
    now: Callable[[], datetime]


class GaugeCollector(Collector):
    """Asks for the values that are true now."""

    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges

    def describe(self) -> Iterable[Metric]:
        """Nothing: registering must not ask a store that is not open yet."""
        return []

    def collect(self) -> Iterable[Metric]:
        """Every gauge whose source answers."""
        for part in (
            self._status,
            self._queue,
            self._endpoints,
            self._memory,
            self._store,
            self._backup,
        ):
            try:
                yield from part()
            except PhototagdError:
                continue  # one source that is away must not hide the others

    def _status(self) -> list[Metric]:
        report = self._gauges.status()
        photos = GaugeMetricFamily("phototagd_photos", "Photos by state.", labels=["state"])
        for state in ("queued", "running", "done", "dead", "cancelled"):
            photos.add_metric([state], getattr(report, state))
        build = GaugeMetricFamily("phototagd_build_info", "The version.", labels=["version"])
        build.add_metric([report.version], 1)
        is_up = report.engine.state is EngineState.OK
        return [
            photos,
            *library_gauges(report.libraries),
            paused_gauge(report.closures),
            build,
            _gauge("phototagd_engine_up", "Whether the model answers.", is_up),
            _gauge("phototagd_photos_per_minute", "Lately finished.", report.per_minute),
            _gauge("phototagd_uptime_seconds", "Since the start.", report.uptime_seconds or 0),
        ]

    def _queue(self) -> list[Metric]:
        since = self._gauges.oldest_queued()
        age = (self._gauges.now() - since).total_seconds() if since else 0
        text = "How long the oldest due job has waited."
        return [
            waiting_gauge(self._gauges.waiting()),
            _gauge("phototagd_queue_oldest_age_seconds", text, max(0, age)),
        ]

    def _endpoints(self) -> list[Metric]:
        return endpoint_gauges(self._gauges.endpoints())

    def _memory(self) -> list[Metric]:
        memory = self._gauges.engine_memory() or EngineMemory(total=0, gpu=0)
        return [
            _gauge("phototagd_model_memory_bytes", "What the loaded model takes.", memory.total),
            _gauge("phototagd_model_gpu_memory_bytes", "Its part on the GPU.", memory.gpu),
        ]

    def _store(self) -> list[Metric]:
        sizes = GaugeMetricFamily(
            "phototagd_store_size_bytes", "Files of the store.", labels=["file"]
        )
        for name, size in self._gauges.store_size().items():
            sizes.add_metric([name], size)
        text = "Room on the disk of the state folder."
        return [sizes, _gauge("phototagd_disk_free_bytes", text, self._gauges.disk_free())]

    def _backup(self) -> list[Metric]:
        at = self._gauges.last_backup()
        text = "When the last nightly backup was made; 0 for never."
        name = "phototagd_backup_last_success_timestamp_seconds"
        return [_gauge(name, text, at.timestamp() if at else 0)]


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, value=value)
