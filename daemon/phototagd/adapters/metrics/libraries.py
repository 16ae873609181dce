"""Gauges of each library, by its number in the settings: names of folders stay in the house."""

from collections.abc import Sequence

from prometheus_client.core import GaugeMetricFamily, Metric

from phototagd.domain.library import LibraryReport, LibraryState


def library_gauges(libraries: Sequence[LibraryReport]) -> list[Metric]:
    """Whether each is there, watched as wanted, and when it was last compared."""
    states = GaugeMetricFamily("phototagd_libraries", "Libraries by state.", labels=["state"])
    for state in LibraryState:
        states.add_metric([state.value], sum(library.state is state for library in libraries))
    up = _by_library("phototagd_library_up", "Whether the library is there.")
    degraded = _by_library(
        "phototagd_watch_degraded", "Whether scans alone watch it although hints were wanted."
    )
    scanned = _by_library(
        "phototagd_scan_last_success_timestamp_seconds", "When it was last compared; 0 for never."
    )
    for number, library in enumerate(libraries, start=1):
        label = [str(number)]
        up.add_metric(label, library.state is LibraryState.ONLINE)
        degraded.add_metric(label, library.is_degraded)
        at = library.last_scan_at
        scanned.add_metric(label, at.timestamp() if at else 0)
    return [states, up, degraded, scanned]


def _by_library(name: str, text: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, text, labels=["library"])
