"""Reads a stable file and says what the store should know of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from phototagd.domain.asset import AssetId, Identity, Location, PathState, Stamp
from phototagd.domain.errors import NotYet, PhotoError, ProcessKilled, Vanished
from phototagd.domain.record import Arrival, PathRecord, Refusal
from phototagd.flow.arriving.candidates import Found
from phototagd.ports import Catalogue, Clock, Identifier, PhotoReader
from phototagd.rules.arriving import reconciling, stability
from phototagd.rules.photo import kinds


@dataclass(frozen=True, slots=True)
class Changed:
    """The file is not the one that was stable: it waits anew."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to record: gone again, or known already."""


Finding = Arrival | Refusal | Changed | Nothing


class Examiner:
    """Turns a found file into an arrival or a refusal; remembers how often reading failed.

    `long_side` is only the size at which pictures are decoded to compare their pixels.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        identifier: Identifier,
        reader: PhotoReader,
        clock: Clock,
        long_side: int = 1024,
    ) -> None:
        self._catalogue = catalogue
        self._identifier = identifier
        self._reader = reader
        self._clock = clock
        self._long_side = long_side
        self._failures: dict[Location, tuple[int, datetime]] = {}

    def examine(self, found: Found, stamp: Stamp) -> Finding:
        """Read a file that looked like `stamp` when it was found stable."""
        record = self._catalogue.find_path(
            found.location.library, found.location.folder, found.location.name
        )
        if record is not None and not found.must_read and _is_known(record, found, stamp):
            return Nothing()
        try:
            identity = self._identifier.identify(found.photo)
        except Vanished:
            return Nothing()
        except NotYet as error:
            return self.unread(found.location, stamp, str(error))
        self._failures.pop(found.location, None)
        if identity.stamp != stamp:
            return Changed(identity.stamp)
        if identity.kind is None:
            return _no_photo(found.location, identity)
        return Arrival(
            location=found.location,
            identity=identity,
            priority=found.priority,
            same_pixels_as=self._same_pixels(found, identity, record),
        )

    def unread(self, location: Location, stamp: Stamp, reason: str) -> Refusal:
        """A file that cannot be read now: again later and later, for three days.

        A name that promises no photo is not worth the trouble.
        """
        if not kinds.looks_like_photo(location.name):
            return Refusal(location, stamp, PathState.FOREIGN, reason, None)
        now = self._clock.now()
        count, since = self._failures.get(location, (0, now))
        after = stability.read_again_after(count + 1, waited=now - since)
        if after is None:
            self._failures.pop(location, None)
            waited = now - since
            return Refusal(
                location, stamp, PathState.DEAD, f"not readable for {_days(waited)}: {reason}", None
            )
        self._failures[location] = (count + 1, since)
        return Refusal(location, stamp, PathState.WAITING, reason, now + after)

    def _same_pixels(
        self, found: Found, identity: Identity, record: PathRecord | None
    ) -> AssetId | None:
        """The asset at this path, if only the metadata in its file changed.

        Asked only where the hash covers metadata too; it costs one decoding, and saves an
        inference.
        """
        if record is None or record.asset is None or not identity.covers_metadata:
            return None
        if record.content_hash == identity.content_hash or record.kind != identity.kind:
            return None
        remembered = self._catalogue.pixel_hash(record.asset)
        if not remembered:
            return None
        try:
            prepared = self._reader.prepare(found.photo, long_side=self._long_side)
        except (NotYet, PhotoError, ProcessKilled):
            return None  # preparing it for the model will meet the same fault, and report it
        return record.asset if prepared.pixel_hash == remembered else None


def _is_known(record: PathRecord, found: Found, stamp: Stamp) -> bool:
    return not record.is_gone and reconciling.same_content(
        stamp, record.stamp, trust_inode=found.trust_inode
    )


def _no_photo(location: Location, identity: Identity) -> Refusal:
    if not kinds.looks_like_photo(location.name):
        return Refusal(location, identity.stamp, PathState.FOREIGN, identity.looks_like, None)
    reason = kinds.misnamed(location.name, identity.looks_like)
    return Refusal(location, identity.stamp, PathState.DEAD, reason, None)


def _days(waited: timedelta) -> str:
    return f"{waited.days} days"
