"""When which folder of a library is to be listed again, besides the scans."""

from dataclasses import replace
from datetime import timedelta

from phototagd.ports import Clock
from phototagd.rules.arriving.reconciling import Difference

HOT_FOR = timedelta(minutes=15)
MOST_HOT = 32
LISTING_SHARE = 10
SLOW_LISTING = timedelta(milliseconds=100)


class Agenda:
    """Folders put off, to be confirmed, hot, or slow to list.

    What is missing must be missing for a while: a program that replaces a file by deleting
    and renaming must not make it look gone because two listings fell between.
    """

    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._put_off: dict[bytes, float] = {}
        self._confirm_at: dict[bytes, float] = {}
        self._hot: dict[bytes, float] = {}
        self._slow_until: dict[bytes, float] = {}

    @property
    def has_urgent(self) -> bool:
        """Whether a folder was put off whose content is unknown."""
        return bool(self._put_off)

    def put_off(self, folder: bytes, pause: timedelta) -> None:
        """List a folder later; the earlier of two times wins."""
        at = self._clock.monotonic() + pause.total_seconds()
        self._put_off[folder] = min(at, self._put_off.get(folder, at))

    def due(self, most: int) -> list[bytes]:
        """Take the folders whose time has come, the longest waiting first."""
        now = self._clock.monotonic()
        ready = sorted(
            (at, folder)
            for agenda in (self._put_off, self._confirm_at)
            for folder, at in agenda.items()
            if at <= now
        )
        folders = list(dict.fromkeys(folder for _, folder in ready))[:most]
        for folder in folders:
            self._put_off.pop(folder, None)
        return folders

    def confirm(self, folder: bytes, after: timedelta) -> None:
        """Something is missing in a folder: list it again to be sure."""
        self._confirm_at.setdefault(folder, self._clock.monotonic() + after.total_seconds())

    def is_confirming(self, folder: bytes) -> bool:
        """Whether what is missing in a folder now has been missing for long enough."""
        at = self._confirm_at.get(folder)
        return at is not None and at <= self._clock.monotonic()

    def is_too_early(self, folder: bytes) -> bool:
        """Whether what is missing in a folder was noticed only just now."""
        return folder in self._confirm_at and not self.is_confirming(folder)

    def confirmed(self, folder: bytes) -> None:
        """A folder was compared; its confirmation, if it was due, is done."""
        if self.is_confirming(folder):
            del self._confirm_at[folder]

    def without_early(self, folder: bytes, difference: Difference) -> Difference:
        """The difference without what is missing again before its confirmation is due."""
        if not self.is_too_early(folder):
            return difference
        early = set(difference.missing_again)
        return replace(difference, missing=tuple(p for p in difference.missing if p not in early))

    def forget(self, folder: bytes) -> None:
        """A folder cannot be listed: scans see to it when it can."""
        for agenda in (self._put_off, self._confirm_at, self._hot, self._slow_until):
            agenda.pop(folder, None)

    def heat(self, folder: bytes) -> None:
        """Something arrived in a folder: more may follow."""
        self._hot.pop(folder, None)
        self._hot[folder] = self._clock.monotonic()
        while len(self._hot) > MOST_HOT:
            del self._hot[next(iter(self._hot))]

    def hot(self) -> list[bytes]:
        """The root, and the folders where something arrived lately."""
        oldest = self._clock.monotonic() - HOT_FOR.total_seconds()
        self._hot = {folder: at for folder, at in self._hot.items() if at >= oldest}
        return [b"", *(folder for folder in self._hot if folder)]

    def took(self, folder: bytes, duration: timedelta) -> None:
        """A huge folder is listed again after ten times its listing time at the earliest."""
        if duration > SLOW_LISTING:
            pause = LISTING_SHARE * duration.total_seconds()
            self._slow_until[folder] = self._clock.monotonic() + pause
        else:
            self._slow_until.pop(folder, None)

    def pause_before(self, folder: bytes) -> timedelta:
        """How long a folder must not be listed yet; zero for nearly all."""
        until = self._slow_until.get(folder, 0.0)
        return timedelta(seconds=max(0.0, until - self._clock.monotonic()))
