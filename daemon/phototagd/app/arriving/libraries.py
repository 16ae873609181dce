"""The watched folders: one watcher each, and where their sidecars lie."""

import os
from datetime import timedelta
from pathlib import Path

from phototagd.adapters.hints import WatchdogHintSource
from phototagd.adapters.mounts import MountTable
from phototagd.adapters.walking import ScandirWalker
from phototagd.app.asking.profiling import Profiles
from phototagd.domain.asset import LibraryId
from phototagd.domain.library import Library, LibraryReport, LibraryState
from phototagd.domain.sidecar import Naming, SidecarPolicy
from phototagd.flow.arriving.intake import Intake
from phototagd.flow.arriving.root_guard import RootGuard
from phototagd.flow.arriving.scanner import Scanner
from phototagd.flow.arriving.watcher import ScanSchedule, Watcher
from phototagd.ports import Catalogue, Clock, Listener
from phototagd.rules.arriving.eligibility import IgnoreRules
from phototagd.rules.arriving.watching import choose_mode
from phototagd.settings import LibrarySettings, Settings


def schedule_of(settings: Settings) -> ScanSchedule:
    """How often libraries are scanned."""
    return ScanSchedule(
        rescan=timedelta(minutes=settings.intake.rescan_minutes),
        full_scan=timedelta(hours=settings.intake.full_scan_hours),
    )


class LibraryBuilder:
    """Makes what each library needs; a library is opened in the store on the way."""

    def __init__(
        self,
        *,
        settings: Settings,
        catalogue: Catalogue,
        mounts: MountTable,
        clock: Clock,
        emit: Listener,
        profiles: Profiles,
    ) -> None:
        self.settings = settings
        self._catalogue = catalogue
        self._mounts = mounts
        self.clock = clock
        self._emit = emit
        self._opened = [(self._open(library, profiles), library) for library in settings.library]

    def _open(self, library: LibrarySettings, profiles: Profiles) -> Library:
        root = _bytes(library.path)
        return self._catalogue.open_library(root, profile=profiles.of(library))

    @property
    def default_policy(self) -> SidecarPolicy:
        """Sidecars of photos outside the libraries lie beside them."""
        return SidecarPolicy(naming=Naming(self.settings.sidecar.naming))

    def policies(self) -> dict[LibraryId, SidecarPolicy]:
        """Where the sidecars of each library lie."""
        naming = Naming(self.settings.sidecar.naming)
        return {
            library.id: SidecarPolicy(naming=naming, mirror_root=_mirror(settings))
            for library, settings in self._opened
        }

    def embedding(self) -> frozenset[LibraryId]:
        """The libraries whose photos bear words themselves."""
        return frozenset(library.id for library, settings in self._opened if settings.embed)

    def watchers(self, intake: Intake) -> list[Watcher]:
        """One watcher for each library."""
        return [self._watcher(library, settings, intake) for library, settings in self._opened]

    def scanners(self, intake: Intake) -> list[Scanner]:
        """One scanner for each library that is scanned at all."""
        return [
            self._scanner(library, settings, intake)
            for library, settings in self._opened
            if settings.watch != "off"
        ]

    def glimpses(self) -> list[LibraryReport]:
        """How the libraries are at the moment, when nobody watches them."""
        return [self._glimpse(library, settings) for library, settings in self._opened]

    def _glimpse(self, library: Library, settings: LibrarySettings) -> LibraryReport:
        guard = RootGuard(
            library=library,
            catalogue=self._catalogue,
            walker=ScandirWalker(ignore=IgnoreRules(settings.ignore)),
            mounts=self._mounts,
        )
        why_offline = guard.why_offline()
        choice = choose_mode(settings.watch, self._mounts.mount_of(library.root))
        return LibraryReport(
            root=library.root,
            watch=choice.mode,
            state=LibraryState.OFFLINE if why_offline else LibraryState.ONLINE,
            why=why_offline or choice.why,
            last_scan_at=self._catalogue.last_scan(library.id),
        )

    def _scanner(self, library: Library, settings: LibrarySettings, intake: Intake) -> Scanner:
        ignore = IgnoreRules(settings.ignore)
        return Scanner(
            library=library,
            catalogue=self._catalogue,
            walker=ScandirWalker(ignore=ignore),
            mounts=self._mounts,
            intake=intake,
            clock=self.clock,
            emit=self._emit,
            ignore=ignore,
            mirror_root=_mirror(settings),
        )

    def _watcher(self, library: Library, settings: LibrarySettings, intake: Intake) -> Watcher:
        return Watcher(
            library=library,
            watch=settings.watch,
            scanner=self._scanner(library, settings, intake),
            new_hints=lambda: WatchdogHintSource(root=library.root, clock=self.clock),
            catalogue=self._catalogue,
            clock=self.clock,
            emit=self._emit,
            schedule=schedule_of(self.settings),
        )


def _mirror(settings: LibrarySettings) -> bytes | None:
    return None if settings.mirror_dir is None else _bytes(settings.mirror_dir)


def _bytes(path: Path) -> bytes:
    return os.fsencode(path)
