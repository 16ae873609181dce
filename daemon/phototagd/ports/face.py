"""What people and supervisors can ask of the daemon."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from phototagd.domain.amending import PersonsEdit, UndoOrder
from phototagd.domain.inquiry import Inquiry
from phototagd.domain.job import (
    JobId,
    JobState,
    JobView,
)
from phototagd.domain.search import Found, HitOrder
from phototagd.domain.status import Finding, StatusReport, TagReport
from phototagd.ports.overview import Overview, SavedSearches
from phototagd.ports.vocabulary import VocabularyControl


class Control(Protocol):
    """What a person can ask of the daemon; called from several threads at once.

    Paths are absolute. Every method raises Unavailable when the store or the daemon is away.
    """

    def status(self) -> StatusReport:
        """How far everything is."""
        ...

    def jobs(self, state: JobState | None, limit: int) -> list[JobView]:
        """Jobs and unreadable paths, newest change first."""
        ...

    def retry(self, ids: Collection[JobId] | None) -> int:
        """Queue dead jobs again, all of them when `ids` is None; how many."""
        ...

    def pause(self) -> None:
        """Ask the model nothing more until `resume`; survives no restart."""
        ...

    def resume(self) -> None:
        """Go on after `pause`."""
        ...

    def rescan(self, *, full: bool) -> None:
        """Compare all libraries with the store soon; returns at once."""
        ...

    def confirm(self, root: bytes | None) -> int:
        """Believe the photos gone that are missing at once, of one library or all; how many."""
        ...

    def tag(self, files: Sequence[bytes]) -> list[TagReport]:
        """Take these photos in before all others, and say how far each is; does not wait.

        Asking again for the same photos is harmless: no work is done twice.
        """
        ...

    def tagged(self, files: Sequence[bytes]) -> list[TagReport]:
        """How far photos are that `tag` was given."""
        ...

    def show(self, file: bytes) -> Mapping[str, object] | None:
        """Everything known of one photo, JSON-ready; None when nothing is."""
        ...

    def undo(self, order: UndoOrder, *, dry_run: bool) -> Mapping[str, object]:
        """Take our words out of the sidecars that fit; what became of it, JSON-ready.

        The answer is `rules.wire.amending.amendment_to_json`: `count` photos, and the `plans`
        of the first of them. The order is on disk, the sidecars follow; see `outstanding`.
        With `dry_run` nothing is changed.
        """
        ...

    def edit(
        self, files: Sequence[bytes], edit: PersonsEdit, *, dry_run: bool
    ) -> Mapping[str, object]:
        """Change words in the sidecars of all copies of these photos; answers as `undo`."""
        ...

    def history(self, file: bytes) -> Sequence[Mapping[str, object]] | None:
        """Every write that changed a photo's sidecars, newest first; None for an unknown one."""
        ...

    def diff(self, file: bytes) -> Mapping[str, object] | None:
        """What the next write would change, and the model's words beside those that stand there.

        None when nothing is known of the photo.
        """
        ...

    def ask(self, file: bytes, question: str) -> Inquiry:
        """Put a person's question about a photo to the model; does not wait for the answer.

        Neither is stored anywhere. Raises PhotoError for a photo that is unknown or private,
        ValueError for a senseless question, NotYet or ProcessKilled when the photo cannot be
        read, and Unavailable while the model is away or paused.
        """
        ...

    def asked(self, inquiry: str) -> Inquiry | None:
        """How far a question is, by its `id`; None for an unknown or forgotten one."""
        ...

    def outstanding(self) -> int:
        """How many sidecars still wait for what persons ordered."""
        ...

    @property
    def vocabulary(self) -> VocabularyControl:
        """The words that keywords are made of."""
        ...

    @property
    def overview(self) -> Overview:
        """Ways into the library besides searching."""
        ...

    @property
    def searches(self) -> SavedSearches:
        """The searches that a person keeps."""
        ...

    def search(self, text: str, *, limit: int, order: HitOrder) -> Found:
        """The first `limit` photos for a query in a person's own words."""
        ...

    def similar(self, file: bytes, *, limit: int) -> Found | None:
        """The photos most like one, best first; None when nothing is known of it."""
        ...

    def not_this(self, file: bytes, text: str, *, is_meant: bool) -> bool:
        """Remember that a photo is not what a query meant; with `is_meant`, forget that again.

        False when nothing is known of the photo, or there was nothing to forget.
        """
        ...

    def retag(self, where: str, *, dry_run: bool) -> Mapping[str, object]:
        """Ask again about the photos that `where` means, or only say how many.

        The answer is `rules.wire.retagging.retagging_to_json`. Raises ValueError for nonsense.
        """
        ...

    def back_up(self, target: bytes | None) -> bytes:
        """Copy the store to a file, by default among the nightly backups; where it is now."""
        ...

    def verify(self) -> list[Finding]:
        """Compare the store and its sidecars with what is on the disk; changes nothing."""
        ...

    def check(self) -> list[Finding]:
        """Look at everything that can be wrong; takes as long as it takes."""
        ...


class Health(Protocol):
    """What supervisors ask of the daemon; quick, and called from several threads at once."""

    def stuck(self) -> Sequence[str]:
        """The loops that make no progress; empty while all is alive."""
        ...

    def unready(self) -> Sequence[str]:
        """Why no work can be taken: store not writable, no library up. A missing model is not."""
        ...

    def status(self) -> StatusReport:
        """How far everything is."""
        ...

    def metrics(self) -> bytes:
        """The counters in the Prometheus text format."""
        ...
