"""Photos come in: watched folders, what they tell of, and what persons hand over."""

from phototagd.adapters.hashing import ContentIdentifier
from phototagd.adapters.walking import ScandirWalker
from phototagd.app.arriving.libraries import LibraryBuilder
from phototagd.app.asking.profiling import Profiles
from phototagd.app.ground import Ground
from phototagd.domain.job import Priority
from phototagd.domain.record import PathRecord
from phototagd.flow.arriving.candidates import Found
from phototagd.flow.arriving.intake import Intake
from phototagd.flow.requests import Requests
from phototagd.rules.arriving.eligibility import IgnoreRules


class Arriving:
    """One watcher for each library, one intake for all; `requests` are photos of persons."""

    def __init__(self, ground: Ground, *, profiles: Profiles, long_side: int) -> None:
        self._ground = ground
        self.walker = ScandirWalker(ignore=IgnoreRules())
        self.libraries = LibraryBuilder(
            settings=ground.settings,
            catalogue=ground.store.catalogue,
            mounts=ground.mounts,
            clock=ground.clock,
            emit=ground.bus,
            profiles=profiles,
        )
        self.intake = self._intake(long_side)
        self.watchers = self.libraries.watchers(self.intake)
        self.requests = Requests(
            catalogue=ground.store.catalogue,
            queue=ground.store.queue,
            intake=self.intake,
            ledger=ground.store.ledger,
            clock=ground.clock,
            on_arrival=ground.bells.person_came,
            profile=profiles.usual.name,
        )

    def look_again(self, record: PathRecord) -> None:
        """A photo is not what was taken in: whatever it is now must not be missed."""
        self.intake.offer(
            [
                Found(
                    location=record.location,
                    root=record.root,
                    stamp=record.stamp,
                    priority=Priority.NEW,
                    must_read=True,
                )
            ]
        )

    def _intake(self, long_side: int) -> Intake:
        ground = self._ground
        return Intake(
            catalogue=ground.store.catalogue,
            walker=self.walker,
            identifier=ContentIdentifier(),
            reader=ground.reader,
            clock=ground.clock,
            emit=ground.bus,
            on_arrival=ground.bells.work_came,
            quiet_seconds=ground.settings.intake.quiet_seconds,
            long_side=long_side,
        )
