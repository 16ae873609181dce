"""Keeps a few backups of the store, one a night."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta

from phototagd.domain.errors import Unavailable
from phototagd.domain.events import BackupMade, Trouble
from phototagd.ports import Backups, Clock, Listener, StoreCare
from phototagd.rules.service.backing_up import is_due

REST_SECONDS = 600.0
PATIENCE = timedelta(hours=1)


class Archivist:
    """Makes backups; `keep` is how many stay, 0 for none at all.

    A backup that fails is told and tried again an hour later: the work goes on without it.
    """

    def __init__(
        self,
        *,
        care: StoreCare,
        backups: Backups,
        keep: int,
        clock: Clock,
        emit: Listener,
        to_local: Callable[[datetime], datetime],
    ) -> None:
        self._care = care
        self._backups = backups
        self._keep = keep
        self._clock = clock
        self._emit = emit
        self._to_local = to_local
        self._not_before = clock.now()

    def newest(self) -> datetime | None:
        """When the last backup was made."""
        return self._backups.newest()

    def step(self) -> float:
        """Make one if it is time; how many seconds to rest."""
        now = self._clock.now()
        is_patient = now < self._not_before <= now + PATIENCE
        if not self._keep or is_patient:
            return REST_SECONDS
        try:
            if is_due(self._backups.newest(), self._to_local(now)):
                self.back_up(None)
                self._backups.keep(self._keep)
        except Unavailable as error:
            self._not_before = now + PATIENCE
            self._emit(Trouble(what="backup", reason=str(error), remedy=error.remedy))
        return REST_SECONDS

    def back_up(self, target: bytes | None) -> bytes:
        """Copy the store to a file, or among the nightly ones; where it is now."""
        started = self._clock.monotonic()
        place = target or self._backups.place_for(self._clock.now())
        self._care.back_up(place)
        seconds = self._clock.monotonic() - started
        self._emit(BackupMade(path=os.path.normpath(place), seconds=round(seconds, 3)))
        return place
