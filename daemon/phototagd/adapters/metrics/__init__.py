"""The counters of the house in the Prometheus text format.

Names have a prefix, base units and no label that could hold the name of a photo. Counters
follow events; gauges are asked for when somebody looks. Every series is there from the start
with 0, so that an alert on a rate sees the first increase.
"""

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.exposition import generate_latest

from phototagd.adapters.metrics.counting import JobCounters, PhotoCounters, WorldCounters
from phototagd.adapters.metrics.gauges import GaugeCollector, Gauges
from phototagd.domain.events import Event

__all__ = ["Gauges", "Metrics"]


class Metrics:
    """A listener that counts, and the page that shows the counts."""

    def __init__(self, *, gauges: Gauges) -> None:
        self._registry = CollectorRegistry()
        self._counters = (
            PhotoCounters(registry=self._registry),
            JobCounters(registry=self._registry),
            WorldCounters(registry=self._registry),
        )
        self._registry.register(GaugeCollector(gauges))
        ProcessCollector(registry=self._registry)

    def __call__(self, event: Event) -> None:
        """Count the event; those without a counter are passed over."""
        for count in self._counters:
            count(event)

    def render(self) -> bytes:
        """Everything in the Prometheus text format, version 0.0.4."""
        return generate_latest(self._registry)
