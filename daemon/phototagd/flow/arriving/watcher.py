"""Watches one library: hints when they can be had, scans always, nothing while it is away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from phototagd.domain.errors import Unavailable
from phototagd.domain.events import HintsLost, LibraryChanged
from phototagd.domain.library import Library, LibraryReport, LibraryState, WatchMode
from phototagd.flow.arriving.hint_supervisor import HintSupervisor
from phototagd.flow.arriving.scanner import Scanner
from phototagd.ports import Catalogue, Clock, HintSource, Listener
from phototagd.rules.arriving import watching

HEALTH_EVERY_SECONDS = 5.0
OFFLINE_PROBE_SECONDS = 10.0
HOT_EVERY_SECONDS = 5.0
TICK_SECONDS = 0.25
NO_ROOM_SECONDS = 0.5
SLICE_SECONDS = 0.5
MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class ScanSchedule:
    """How long to rest between scans that skip unchanged folders, and between full ones."""

    rescan: timedelta
    full_scan: timedelta


class Watcher:
    """One library, one step at a time; `run_once` belongs to one thread.

    `watch` is the setting: "auto", "native", "scan" or "off". `new_hints` makes a source of
    hints; it is called again whenever the last one could not be trusted any more.
    """

    def __init__(
        self,
        *,
        library: Library,
        watch: str,
        scanner: Scanner,
        new_hints: Callable[[], HintSource],
        catalogue: Catalogue,
        clock: Clock,
        emit: Listener,
        schedule: ScanSchedule,
    ) -> None:
        self._library = library
        self._wanted_watch = watch
        self._scanner = scanner
        self._catalogue = catalogue
        self._clock = clock
        self._emit = emit
        self._schedule = schedule
        self._hints = HintSupervisor(new_source=new_hints, clock=clock)
        self._choice: watching.ModeChoice | None = None
        self._offline_why = "not looked at yet"
        self._check_at = 0.0
        self._hot_at = 0.0
        self._pruned_at = 0.0
        self._full_at = 0.0
        self._scan: Iterator[bool] | None = None
        self._scan_is_full = False
        self._scan_started = 0.0
        self._last_scan_at = catalogue.last_scan(library.id)
        self._told = ("", "", "")

    def run_once(self) -> float:
        """Do what is due, for about half a second; returns the seconds until there is more.

        Raises Unavailable when the store cannot be written; a full scan makes up for it.
        """
        if self._clock.monotonic() >= self._check_at:
            self._check_root()
        try:
            self._follow_hints()
            self._tell()
            if self._choice is None:
                return OFFLINE_PROBE_SECONDS
            if self._choice.mode is WatchMode.OFF:
                return HEALTH_EVERY_SECONDS
            self._visit_hot()
            self._scanner.revisit()
            return min(self._advance_scan(), TICK_SECONDS)
        except Unavailable:
            self._scan = None
            self._full_at = 0.0
            raise

    def rescan(self, *, full: bool) -> None:
        """Look whether it is there, and scan as soon as possible, whatever the schedule says."""
        self._check_at = 0.0
        self._pruned_at = 0.0
        if full:
            self._full_at = 0.0

    def confirm_losses(self) -> int:
        """A mass deletion was meant: believe it; how many photos are gone."""
        return self._scanner.confirm_losses()

    def reschedule(self, schedule: ScanSchedule) -> None:
        """Scan on another schedule from now on."""
        self._schedule = schedule
        now = self._clock.monotonic()
        self._pruned_at = min(self._pruned_at, now + schedule.rescan.total_seconds())
        self._full_at = min(self._full_at, now + schedule.full_scan.total_seconds())

    def report(self) -> LibraryReport:
        """How the library is watched and whether it is there."""
        is_online = self._choice is not None
        return LibraryReport(
            root=self._library.root,
            watch=self._mode,
            state=LibraryState.ONLINE if is_online else LibraryState.OFFLINE,
            why=self._why,
            last_scan_at=self._last_scan_at,
            is_degraded=self._choice is not None and self._mode is not self._choice.mode,
            held_losses=self._scanner.held_losses,
        )

    @property
    def is_idle(self) -> bool:
        """Whether the library has been compared, or cannot be, and no scan is due."""
        if self._choice is None:
            return self._check_at > 0.0
        if self._choice.mode is WatchMode.OFF:
            return True
        is_due = self._clock.monotonic() >= min(self._full_at, self._pruned_at)
        return self._scan is None and not is_due and not self._scanner.has_urgent_visits

    def stop(self) -> None:
        """End the hints; may be called twice."""
        self._hints.stop()
        self._scan = None

    @property
    def _mode(self) -> WatchMode:
        """How it is watched just now: native only while hints can be trusted."""
        chosen = WatchMode.SCAN if self._choice is None else self._choice.mode
        if chosen is WatchMode.NATIVE and not self._hints.are_trusted:
            return WatchMode.SCAN
        return chosen

    @property
    def _why(self) -> str:
        if self._choice is None:
            return self._offline_why
        if self._choice.mode is WatchMode.NATIVE and self._hints.trouble:
            return f"scans alone for now: {self._hints.trouble}"
        return self._choice.why

    def _check_root(self) -> None:
        """Notice that the library went away or came back."""
        now = self._clock.monotonic()
        why = self._scanner.why_offline()
        if why:
            self._offline_why = why
            self._choice = None
            self._scan = None
            self._hints.stop()
            self._check_at = now + OFFLINE_PROBE_SECONDS
        else:
            if self._choice is None:
                mount = self._scanner.came_online()
                self._choice = watching.choose_mode(self._wanted_watch, mount)
                self._full_at = 0.0
            self._check_at = now + HEALTH_EVERY_SECONDS

    def _follow_hints(self) -> None:
        """Look where hints point; lost hints, or new ones, ask for a full scan."""
        if self._choice is None or self._choice.mode is not WatchMode.NATIVE:
            return
        if self._hints.begin_if_due():
            self._full_at = 0.0
        hints = self._hints.drain()
        if hints.everything:
            self._full_at = 0.0
            why = self._hints.trouble or "too much changed at once"
            self._emit(HintsLost(root=self._library.root, why=why))
        else:
            self._scanner.look(hints.names)

    def _visit_hot(self) -> None:
        """Without hints, look every few seconds where something arrived lately."""
        now = self._clock.monotonic()
        if self._mode is WatchMode.SCAN and now >= self._hot_at:
            self._hot_at = now + HOT_EVERY_SECONDS
            self._scanner.visit_hot()

    def _advance_scan(self) -> float:
        """Begin the scan that is due, or go on with the one that is under way."""
        now = self._clock.monotonic()
        if self._scan is None:
            if now < min(self._full_at, self._pruned_at):
                return min(self._full_at, self._pruned_at) - now
            self._begin_scan(full=now >= self._full_at)
        assert self._scan is not None
        for _ in range(MOST_STEPS):
            progress = next(self._scan, None)
            if progress is None:
                self._end_scan()
                return 0.0
            if not progress:
                return NO_ROOM_SECONDS
            if self._clock.monotonic() - now >= SLICE_SECONDS:
                break
        return 0.0

    def _begin_scan(self, *, full: bool) -> None:
        now = self._clock.monotonic()
        self._scan = self._scanner.scan(full=full)
        self._scan_is_full = full
        self._scan_started = now
        if full:
            self._full_at = now + self._schedule.full_scan.total_seconds()
        self._pruned_at = now + self._schedule.rescan.total_seconds()

    def _end_scan(self) -> None:
        """Rest until the next scan; one that a person asked for meanwhile stays due."""
        self._scan = None
        now = self._clock.monotonic()
        self._last_scan_at = self._catalogue.last_scan(self._library.id)
        if self._scan_is_full or self._pruned_at <= self._scan_started:
            took = timedelta(0)
        else:
            took = timedelta(seconds=now - self._scan_started)
        pause = watching.pause_between_scans(took, mode=self._mode, rescan=self._schedule.rescan)
        if self._pruned_at > self._scan_started:
            self._pruned_at = now + pause.total_seconds()

    def _tell(self) -> None:
        """Report a change of state or mode once; the expected beginning is no news."""
        report = self.report()
        told = (report.state, report.watch, report.why)
        if told == self._told:
            return
        is_first = self._told == ("", "", "")
        self._told = told
        if is_first and self._choice is not None and not self._hints.trouble:
            return
        self._emit(
            LibraryChanged(root=report.root, state=report.state, watch=report.watch, why=report.why)
        )
