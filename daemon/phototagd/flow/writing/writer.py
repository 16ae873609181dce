"""Writes what is known of a photo into its sidecar: read, merge, edit, replace, settle."""

from dataclasses import dataclass
from datetime import UTC, datetime

from phototagd.domain.asset import Inspection, PathState, Place
from phototagd.domain.errors import (
    NotYet,
    PhotoError,
    ProcessKilled,
    SidecarBroken,
    SidecarError,
    SidecarRaced,
)
from phototagd.domain.events import SidecarWritten
from phototagd.domain.job import Cancelled, Dead, Lease, Outcome
from phototagd.domain.record import PathRecord, SidecarRecord
from phototagd.domain.sidecar import SidecarFile, SidecarState
from phototagd.domain.tagging import Tagging
from phototagd.flow.writing.follower import SidecarFollower
from phototagd.flow.writing.shelves import Shelves
from phototagd.ports import (
    Catalogue,
    Clock,
    Gazetteer,
    Listener,
    PacketEditor,
    PhotoReader,
    SidecarFiles,
)
from phototagd.rules.sidecars.embedded_words import embedded_hash, paths_in, with_iptc
from phototagd.rules.sidecars.merging import Offer, keywords_of, merge
from phototagd.rules.sidecars.naming import Target

MOST_RACES = 5
MOST_PATIENT_SNOOZES = 3  # for a photo whose own words cannot be read yet
YOUNG_SECONDS = 60.0  # a broken file of this age may still be being written


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Everything one sidecar is made from."""

    record: PathRecord
    target: Target
    old: SidecarFile | None
    packet: bytes
    inspection: Inspection | None
    tagging: Tagging | None
    place: Place | None


@dataclass(frozen=True, slots=True)
class _Written:
    """A sidecar as it stands now; `file` is None when there was nothing to write."""

    name: bytes
    file: SidecarFile | None
    state: SidecarState | None
    changed: bool


class SidecarWriter:
    """Does one `write` job at a time."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        files: SidecarFiles,
        editor: PacketEditor,
        reader: PhotoReader,
        gazetteer: Gazetteer,
        shelves: Shelves,
        follower: SidecarFollower,
        clock: Clock,
        emit: Listener,
        generator: str,
    ) -> None:
        self._catalogue = catalogue
        self._files = files
        self._editor = editor
        self._reader = reader
        self._gazetteer = gazetteer
        self._shelves = shelves
        self._follower = follower
        self._clock = clock
        self._emit = emit
        self._generator = generator

    def write(self, lease: Lease) -> Outcome | None:
        """Bring the sidecars of a path up to date; None when that is recorded and settled.

        Raises NotYet, Unavailable and, after several tries, SidecarRaced.
        """
        started = self._clock.monotonic()
        record = None if lease.path is None else self._catalogue.path(lease.path)
        if record is None or record.is_gone or record.state is not PathState.KNOWN:
            return Cancelled("the photo is gone")
        if record.asset != lease.asset:
            return Cancelled("the file holds another photo now")
        if not self._files.has_file(record.absolute):
            raise NotYet("the photo is not there at the moment")
        outcome = self._follower.follow(record, lease)
        if outcome is not None:
            return outcome
        targets = self._shelves.targets(record)
        if not targets:
            return Dead("every name its sidecar could have is too long, or another photo's")
        try:
            self._write_all(record, lease, targets, started)
        except (SidecarRaced, NotYet):
            raise
        except SidecarError as error:
            return Dead(str(error))
        return None

    def _write_all(
        self, record: PathRecord, lease: Lease, targets: tuple[Target, ...], started: float
    ) -> None:
        inspection = self._inspect(record, lease, targets)
        facts = record.facts if inspection is None else inspection.facts
        place = None
        if facts is not None and facts.latitude is not None and facts.longitude is not None:
            place = self._gazetteer.place_at(facts.latitude, facts.longitude)
        tagging = self._catalogue.latest_tagging(lease.asset)
        written = [self._write_one(record, t, inspection, tagging, place) for t in targets]
        first = written[0]
        state = first.state or SidecarState()
        settled = self._catalogue.record_sidecar(
            lease,
            SidecarRecord(
                path=record.id,
                name=None if first.file is None else first.name,
                stamp=None if first.file is None else first.file.stamp,
                digest="" if first.file is None else first.file.digest,
                facts=facts,
                place=state.place or place,
                words=_words(state),
            ),
            self._clock.now(),
        )
        if settled and first.file is not None:
            self._emit(
                SidecarWritten(
                    path=self._shelves.path(record, first.name),
                    asset=lease.asset,
                    job=lease.job,
                    changed=any(one.changed for one in written),
                    seconds=self._clock.monotonic() - started,
                )
            )

    def _inspect(
        self, record: PathRecord, lease: Lease, targets: tuple[Target, ...]
    ) -> Inspection | None:
        """What the photo itself says, where that is not known or must go into a new sidecar.

        A photo that cannot be read still gets what the model said about it; one that cannot
        be read yet is given some time, because its own words belong into the new sidecar.
        """
        if record.facts is not None and all(target.exists for target in targets):
            return None
        try:
            return self._reader.inspect(record.absolute)
        except NotYet:
            if lease.snoozes < MOST_PATIENT_SNOOZES:
                raise
        except (PhotoError, ProcessKilled):
            pass
        return None

    def _write_one(
        self,
        record: PathRecord,
        target: Target,
        inspection: Inspection | None,
        tagging: Tagging | None,
        place: Place | None,
    ) -> _Written:
        path = self._shelves.path(record, target.name)
        for _ in range(MOST_RACES):
            old = None
            try:
                old = self._files.read(path)
                packet = old.content if old is not None else self._seed(record, target, inspection)
                sheet = _Sheet(record, target, old, packet, inspection, tagging, place)
                return self._put(sheet, path)
            except SidecarRaced:
                continue  # read what the other wrote, and merge with that
            except SidecarBroken as error:
                self._excuse_young(old, error)
                raise
        raise SidecarRaced

    def _seed(self, record: PathRecord, target: Target, inspection: Inspection | None) -> bytes:
        other = None
        if target.seed is not None:
            other = self._files.read(self._shelves.path(record, target.seed))
        if other is not None:
            self._editor.read(other.content)  # a broken one must not be hidden by a new one
            return self._editor.seed(other.content)
        return self._editor.seed(None if inspection is None else inspection.xmp)

    def _put(self, sheet: _Sheet, path: bytes) -> _Written:
        """Merge, edit and write one sidecar, if that changes anything."""
        found = self._editor.read(sheet.packet)
        if sheet.old is None:
            found = with_iptc(found, sheet.inspection)
        edit = merge(found, self._offer(sheet, found))
        is_idle = sheet.old is None and sheet.tagging is None and edit and edit.place is None
        if edit is None or is_idle:
            return _Written(sheet.target.name, sheet.old, found if sheet.old else None, False)
        content = self._editor.edit(sheet.packet, edit, self._clock.now())
        if sheet.old is not None and content == sheet.old.content:
            return _Written(sheet.target.name, sheet.old, found, False)
        if sheet.old is not None:
            file = self._files.replace(path, content, expected=sheet.old)
        else:
            self._shelves.make_folder(sheet.record)
            file = self._files.create(path, content, photo=sheet.record.absolute)
        return _Written(sheet.target.name, file, self._editor.read(content), True)

    def _offer(self, sheet: _Sheet, found: SidecarState) -> Offer:
        hashed = embedded_hash(sheet.inspection)
        known = "" if found.record is None else found.record.embedded_hash
        embedded: tuple[str, ...] = ()
        is_grown_from_photo = sheet.old is None and sheet.target.seed is None
        if sheet.inspection is not None and hashed != known and not is_grown_from_photo:
            seed = self._editor.read(self._editor.seed(sheet.inspection.xmp))
            embedded = paths_in(with_iptc(seed, sheet.inspection).lists)
        return Offer(
            generator=self._generator,
            image_hash=sheet.record.content_hash,
            embedded_hash=hashed,
            tagging=sheet.tagging,
            keywords=keywords_of(sheet.tagging),
            place=sheet.place,
            embedded_keywords=embedded,
        )

    def _excuse_young(self, file: SidecarFile | None, error: SidecarBroken) -> None:
        """Programs like darktable write in place: a file may be seen half-written."""
        if file is None:
            return
        changed_at = datetime.fromtimestamp(file.stamp.mtime_ns / 1e9, tz=UTC)
        if abs((self._clock.now() - changed_at).total_seconds()) < YOUNG_SECONDS:
            raise NotYet(f"the sidecar may still be being written: {error}") from error


def _words(state: SidecarState) -> dict[str, object]:
    """What the sidecar says, for `show` and search."""
    past = state.record.keywords if state.record is not None else None
    return {
        "caption": state.caption or state.image_description or "",
        "keywords": list(paths_in(state.lists)),
        "ours": [] if past is None else list(past.ours),
        "rejected": [] if past is None else list(past.rejected),
    }
