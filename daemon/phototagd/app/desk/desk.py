"""The front desk: answers everything a person or a supervisor can ask."""

import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from phototagd import __version__
from phototagd.adapters.metrics import Gauges, Metrics
from phototagd.app.asking.engines import summed_up
from phototagd.app.desk.amending import build_amender
from phototagd.app.desk.checking import Doctor
from phototagd.app.desk.exploring import guide_of, searches_of
from phototagd.app.desk.inquiring import Inquiring
from phototagd.app.desk.losses import confirm_losses
from phototagd.app.desk.retagging import build_retagger
from phototagd.app.desk.searching import Searching
from phototagd.app.parts import Parts
from phototagd.domain.amending import PersonsEdit, UndoOrder
from phototagd.domain.engine import EngineMemory, EngineReport
from phototagd.domain.errors import PhototagdError, Unavailable
from phototagd.domain.inquiry import Inquiry
from phototagd.domain.job import JobId, JobState, JobView
from phototagd.domain.library import LibraryReport, LibraryState
from phototagd.domain.search import Found, HitOrder
from phototagd.domain.status import Finding, StatusReport, TagReport
from phototagd.flow.reporter import NOT_RUNNING, Reporter
from phototagd.rules.asking.breaking import Phase
from phototagd.rules.wire.amending import amendment_to_json, comparison_to_json, history_to_json
from phototagd.rules.wire.retagging import retagging_to_json

STORE_PROBE = "the store cannot be written"


class Desk:
    """The ports `Control` and `Health` over the parts of one daemon.

    `stuck` names the loops that make no progress; `on_rescan` wakes the watchers.
    """

    def __init__(
        self,
        parts: Parts,
        *,
        is_running: bool,
        stuck: Callable[[], Sequence[str]] = tuple,
        on_rescan: Callable[[], None] = lambda: None,
    ) -> None:
        self._parts = parts
        self._is_running = is_running
        self._stuck = stuck
        self._on_rescan = on_rescan
        self._reporter = Reporter(
            version=__version__,
            queue=parts.store.queue,
            clock=parts.clock,
            pace=parts.pace,
            pause=parts.asking.pause,
            closures=parts.asking.closures,
            is_running=is_running,
            engine=self._engine,
            libraries=self._libraries,
        )
        self._amender = build_amender(parts)
        self._inquiring = Inquiring(parts)
        self._retagger = build_retagger(parts)
        self.vocabulary = parts.vocabulary.orders
        self._searching = Searching(parts)
        self.overview, self.searches = guide_of(parts), searches_of(parts)
        self._metrics = Metrics(gauges=self._gauges())
        parts.bus.join(self._metrics)

    def status(self) -> StatusReport:
        """How far everything is."""
        return replace(self._reporter.status(), meaning=self._parts.meaning.report())

    def jobs(self, state: JobState | None, limit: int) -> list[JobView]:
        """Jobs and unreadable paths, newest change first."""
        return self._parts.store.queue.jobs(state, limit)

    def retry(self, ids: Collection[JobId] | None) -> int:
        """Queue dead jobs again."""
        count = self._parts.store.queue.retry(ids, self._parts.clock.now())
        self._parts.bells.work_came()
        return count

    def pause(self) -> None:
        """Ask the model nothing more until `resume`."""
        self._parts.asking.pause.pause()

    def resume(self) -> None:
        """Go on."""
        self._parts.asking.pause.resume()

    def rescan(self, *, full: bool) -> None:
        """Compare all libraries with the store soon."""
        for watcher in self._parts.arriving.watchers:
            watcher.rescan(full=full)
        self._on_rescan()

    def confirm(self, root: bytes | None) -> int:
        """Believe the photos gone that are missing at once."""
        return confirm_losses(self._parts.arriving.watchers, root)

    def tag(self, files: Sequence[bytes]) -> list[TagReport]:
        """Take these photos in before all others."""
        return self._parts.arriving.requests.tag(files)

    def tagged(self, files: Sequence[bytes]) -> list[TagReport]:
        """How far they are."""
        return self._parts.arriving.requests.tagged(files)

    def show(self, file: bytes) -> Mapping[str, object] | None:
        """Everything known of one photo."""
        return self._parts.arriving.requests.show(file)

    def undo(self, order: UndoOrder, *, dry_run: bool) -> Mapping[str, object]:
        """Take our words out of the sidecars that fit."""
        return amendment_to_json(self._amender.undo(order, dry_run=dry_run))

    def edit(
        self, files: Sequence[bytes], edit: PersonsEdit, *, dry_run: bool
    ) -> Mapping[str, object]:
        """Change words in the sidecars of all copies of these photos."""
        return amendment_to_json(self._amender.edit(files, edit, dry_run=dry_run))

    def history(self, file: bytes) -> Sequence[Mapping[str, object]] | None:
        """Every write that changed a photo's sidecars, newest first."""
        return history_to_json(self._amender.history(file))

    def diff(self, file: bytes) -> Mapping[str, object] | None:
        """What the next write would change, and what the model said."""
        return comparison_to_json(self._amender.compare(file))

    def ask(self, file: bytes, question: str) -> Inquiry:
        """Put a question about a photo; does not wait for the answer."""
        return self._inquiring.ask(file, question)

    def asked(self, inquiry: str) -> Inquiry | None:
        """How far a question is."""
        return self._inquiring.asked(inquiry)

    def outstanding(self) -> int:
        """How many sidecars still wait for what persons ordered."""
        return self._amender.outstanding()

    def search(self, text: str, *, limit: int, order: HitOrder) -> Found:
        """The first photos for a query."""
        return self._searching.search(text, limit=limit, order=order)

    def similar(self, file: bytes, *, limit: int) -> Found | None:
        """The photos most like one."""
        return self._searching.similar(file, limit=limit)

    def not_this(self, file: bytes, text: str, *, is_meant: bool) -> bool:
        """Remember that a photo is not what a query meant, or forget it."""
        return self._searching.not_this(file, text, is_meant=is_meant)

    def retag(self, where: str, *, dry_run: bool) -> Mapping[str, object]:
        """Ask again about the photos that `where` means."""
        return retagging_to_json(self._retagger.retag(where, dry_run=dry_run), dry_run=dry_run)

    def back_up(self, target: bytes | None) -> bytes:
        """Copy the store to a file."""
        return self._parts.keeping.archivist.back_up(target)

    def verify(self) -> list[Finding]:
        """Compare the store and its sidecars with what is on the disk."""
        return self._parts.keeping.verifier.findings()

    def check(self) -> list[Finding]:
        """Look at everything that can be wrong."""
        status = self.status()
        return Doctor(self._parts, dead=status.dead, libraries=status.libraries).findings()

    def stuck(self) -> Sequence[str]:
        """The loops that make no progress."""
        return self._stuck()

    def unready(self) -> Sequence[str]:
        """Why no work can be taken."""
        problems = []
        try:
            self._parts.store.care.prove_writable()
        except PhototagdError as error:
            problems.append(f"{STORE_PROBE}: {error}")
        libraries = self._libraries()
        if libraries and all(report.state is LibraryState.OFFLINE for report in libraries):
            problems.append("no library is online")
        return problems

    def metrics(self) -> bytes:
        """The counters in the Prometheus text format."""
        return self._metrics.render()

    def _gauges(self) -> Gauges:
        parts = self._parts
        return Gauges(
            status=self.status,
            oldest_queued=parts.store.queue.oldest_queued,
            waiting=parts.store.queue.waiting,
            endpoints=self._endpoints,
            engine_memory=self._memory,
            store_size=parts.store.care.size,
            disk_free=self._disk_free,
            last_backup=parts.keeping.archivist.newest,
            now=parts.clock.now,
        )

    def _engine(self) -> EngineReport:
        return summed_up(self._parts.asking.endpoints) if self._is_running else NOT_RUNNING

    def _libraries(self) -> list[LibraryReport]:
        if not self._is_running:
            return self._parts.arriving.libraries.glimpses()
        return [watcher.report() for watcher in self._parts.arriving.watchers]

    def _endpoints(self) -> dict[str, Phase]:
        return {endpoint.name: endpoint.phase for endpoint in self._parts.asking.endpoints}

    def _disk_free(self) -> int:
        try:
            return shutil.disk_usage(self._parts.settings.state_dir).free
        except OSError as error:
            raise Unavailable(f"the state folder cannot be read: {error.strerror}") from error

    def _memory(self) -> EngineMemory | None:
        memories = [endpoint.memory() for endpoint in self._parts.asking.endpoints]
        known = [memory for memory in memories if memory is not None]
        if not known:
            return None
        return EngineMemory(total=sum(m.total for m in known), gpu=sum(m.gpu for m in known))
