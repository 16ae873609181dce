"""Does write jobs: reads what a sidecar is made from, drafts it, puts it, settles the job."""

from phototagd.domain.asset import PathState
from phototagd.domain.errors import NotYet, SidecarError, SidecarRaced
from phototagd.domain.events import SidecarWritten
from phototagd.domain.job import Cancelled, Dead, Lease, Outcome
from phototagd.domain.record import PathRecord, SidecarRecord
from phototagd.domain.sidecar import KeywordPast, Provenance, SidecarState
from phototagd.flow.writing.both_places import BothPlaces
from phototagd.flow.writing.drafter import Drafter
from phototagd.flow.writing.embedder import Embedded, Embedder
from phototagd.flow.writing.follower import SidecarFollower
from phototagd.flow.writing.putter import SidecarPutter
from phototagd.flow.writing.sheet import Evidence, Written
from phototagd.flow.writing.sheet_reader import SheetReader
from phototagd.flow.writing.shelves import Shelves
from phototagd.ports import Catalogue, Clock, Listener, SidecarFiles
from phototagd.rules.sidecars.embedded_words import paths_in
from phototagd.rules.sidecars.naming import Target

MOST_RACES = 5


class SidecarWriter:
    """Does one `write` job at a time."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        files: SidecarFiles,
        shelves: Shelves,
        follower: SidecarFollower,
        sheets: SheetReader,
        drafter: Drafter,
        putter: SidecarPutter,
        clock: Clock,
        emit: Listener,
        embedder: Embedder | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._files = files
        self._shelves = shelves
        self._follower = follower
        self._sheets = sheets
        self._drafter = drafter
        self._putter = putter
        self._clock = clock
        self._emit = emit
        self._embedder = embedder

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
        evidence = self._sheets.evidence(
            record, targets, snoozes=lease.snoozes, is_embedding=self._is_embedding(record)
        )
        known = evidence.orders
        evidence, written, inside = self._put_all(evidence, targets)
        first = written[0]
        state = first.state or SidecarState()
        settled = self._catalogue.record_sidecar(
            lease,
            SidecarRecord(
                path=record.id,
                name=None if first.file is None else first.name,
                stamp=None if first.file is None else first.file.stamp,
                digest="" if first.file is None else first.file.digest,
                facts=evidence.facts,
                place=state.place or evidence.place,
                words=_words(state) | {"said": self._said(evidence, state)},
                digests=_digests(written, inside),
                orders=known,
                photo=None if inside is None else inside.stamp,
                verdict=None if state.record is None else state.record.is_private,
            ),
            self._clock.now(),
        )
        cause = next((one.cause for one in written if one.changed), None)
        if settled and (first.file is not None or cause is not None):
            self._emit(
                SidecarWritten(
                    path=self._shelves.path(record, first.name),
                    asset=lease.asset,
                    job=lease.job,
                    changed=cause is not None,
                    cause="" if cause is None else cause.value,
                    seconds=self._clock.monotonic() - started,
                )
            )

    def _is_embedding(self, record: PathRecord) -> bool:
        return self._embedder is not None and self._embedder.serves(record)

    def _put_all(
        self, evidence: Evidence, targets: tuple[Target, ...]
    ) -> tuple[Evidence, list[Written], Embedded | None]:
        if self._embedder is None or not self._embedder.serves(evidence.record):
            return evidence, [self._write_one(evidence, target) for target in targets], None
        both = BothPlaces(
            sheets=self._sheets,
            drafter=self._drafter,
            embedder=self._embedder,
            write_one=self._write_one,
        )
        done = both.write(evidence, targets)
        return done.evidence, done.beside, done.inside

    def _said(self, evidence: Evidence, state: SidecarState) -> list[str]:
        """Words of the model that are not written as it said them; searched for all the same.

        What a person took out is not, under whatever name the model said it.
        """
        if evidence.orders.is_withheld:
            return []
        past = state.record.keywords if state.record is not None else KeywordPast()
        gone = {path.rpartition("|")[2].casefold() for path in past.rejected}
        said = self._drafter.words(evidence).said
        return [word for word, leaf in said if not {word.casefold(), leaf.casefold()} & gone]

    def _write_one(self, evidence: Evidence, target: Target) -> Written:
        for _ in range(MOST_RACES):
            try:
                sheet = self._sheets.sheet(evidence, target)
                return self._putter.put(self._drafter.draft(sheet))
            except SidecarRaced:
                continue  # read what the other wrote, and merge with that
        raise SidecarRaced


def _digests(written: list[Written], inside: Embedded | None) -> dict[bytes, str]:
    digests = {one.name: "" if one.file is None else one.file.digest for one in written}
    return digests if inside is None else digests | {inside.name: inside.digest}


def _words(state: SidecarState) -> dict[str, object]:
    """What the sidecar says, for `show` and search."""
    past = state.record.keywords if state.record is not None else None
    seen = state.record.provenance if state.record is not None else Provenance()
    return {
        "caption": state.caption or state.image_description or "",
        "keywords": list(paths_in(state.lists)),
        "ours": [] if past is None else list(past.ours),
        "rejected": [] if past is None else list(past.rejected),
        "model": seen.model or None,
        "recipe": seen.recipe or None,
        "tagged_at": seen.tagged_at or None,
    }
