"""Gauges of what waits, why it waits, and of the servers it waits for."""

from collections.abc import Mapping, Sequence

from prometheus_client.core import GaugeMetricFamily, Metric

from phototagd.domain.job import Priority
from phototagd.domain.status import Closure, ClosureCause
from phototagd.rules.asking.breaking import Phase


def waiting_gauge(waiting: Mapping[Priority, int]) -> Metric:
    """Photos to be asked about, by class."""
    gauge = GaugeMetricFamily(
        "phototagd_jobs_waiting", "Photos to be asked about.", labels=["priority"]
    )
    for priority in Priority:
        gauge.add_metric([priority.name.lower()], waiting.get(priority, 0))
    return gauge


def paused_gauge(closures: Sequence[Closure]) -> Metric:
    """Who or what holds photos back."""
    causes = {closure.cause for closure in closures}
    gauge = GaugeMetricFamily(
        "phototagd_paused", "Whether photos wait for this reason.", labels=["reason"]
    )
    for cause in ClosureCause:
        gauge.add_metric([cause.value], cause in causes)
    return gauge


def endpoint_gauges(endpoints: Mapping[str, Phase]) -> list[Metric]:
    """Each model server by its address, and where its breaker stands."""
    up = GaugeMetricFamily(
        "phototagd_endpoint_up", "Whether this server answers.", labels=["endpoint"]
    )
    breaker = GaugeMetricFamily(
        "phototagd_breaker_state", "1 for where its breaker is.", labels=["endpoint", "state"]
    )
    for name, phase in endpoints.items():
        up.add_metric([name], phase is Phase.CLOSED)
        for state in Phase:
            breaker.add_metric([name, state.value], phase is state)
    return [up, breaker]
