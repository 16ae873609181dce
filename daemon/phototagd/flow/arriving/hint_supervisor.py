"""Keeps a source of hints as long as it can be trusted, and tries a new one later."""

from collections.abc import Callable
from datetime import timedelta

from phototagd.domain.errors import Unavailable
from phototagd.domain.library import Hints
from phototagd.ports import Clock, HintSource
from phototagd.rules.arriving import watching

_NO_HINTS = Hints(names={})


class HintSupervisor:
    """One source at a time; after trouble none for a minute, then two, up to an hour."""

    def __init__(self, *, new_source: Callable[[], HintSource], clock: Clock) -> None:
        self._new_source = new_source
        self._clock = clock
        self._source: HintSource | None = None
        self._began_at = 0.0
        self._pause = timedelta(0)
        self._retry_at = 0.0
        self.trouble = ""

    @property
    def are_trusted(self) -> bool:
        """Whether hints come in."""
        return self._source is not None

    def begin_if_due(self) -> bool:
        """Start a source when there is none and it is time; True when one was started."""
        now = self._clock.monotonic()
        if self._source is not None or now < self._retry_at:
            return False
        source = self._new_source()
        try:
            source.start()
        except Unavailable as error:
            source.stop()
            self._fail(f"{error} ({error.remedy})" if error.remedy else str(error))
            return False
        self._source, self._began_at, self.trouble = source, now, ""
        return True

    def drain(self) -> Hints:
        """The hints since the last call; everything, when the source proved untrustworthy."""
        if self._source is None:
            return _NO_HINTS
        trouble = self._source.trouble()
        hints = self._source.drain()
        if trouble:
            self.stop()
            self._fail(trouble)
            return Hints(names=hints.names, everything=True)
        return hints

    def stop(self) -> None:
        """Do without; may be called twice."""
        source, self._source = self._source, None
        if source is not None:
            source.stop()

    def _fail(self, why: str) -> None:
        """Wait twice as long as the last time, unless the source had been good for long."""
        now = self._clock.monotonic()
        was_good = now - self._began_at >= watching.LONGEST_RETRY.total_seconds()
        self._pause = watching.next_retry(timedelta(0) if was_good else self._pause)
        self._retry_at = now + self._pause.total_seconds()
        self.trouble = why
