"""Keeps a mass deletion from being believed until a person says that it was meant."""

from phototagd.domain.errors import Unavailable
from phototagd.domain.events import PhotosGone, PhotosMissing
from phototagd.domain.library import Library
from phototagd.flow.arriving.losses import MANY
from phototagd.flow.arriving.root_guard import RootGuard
from phototagd.ports import Catalogue, Clock, Listener
from phototagd.rules.wire.showing import readable

LOOK_EVERY_SECONDS = 10.0


class LossKeeper:
    """Looks after what one library holds back; `confirm` may be called by any thread.

    Photos that come back, or turn out to have been moved, resolve it by themselves.
    """

    def __init__(
        self,
        *,
        library: Library,
        catalogue: Catalogue,
        guard: RootGuard,
        clock: Clock,
        emit: Listener,
    ) -> None:
        self._library = library
        self._catalogue = catalogue
        self._guard = guard
        self._clock = clock
        self._emit = emit
        self._look_at = 0.0
        self.held = 0

    def look(self) -> None:
        """Every ten seconds: ask, believe what needs no asking any more, or be content."""
        if self._clock.monotonic() < self._look_at:
            return
        self._look_at = self._clock.monotonic() + LOOK_EVERY_SECONDS
        losses = self._catalogue.losses(self._library.id)
        if losses.held and not losses.is_mass:
            self._believe()
        elif losses.held and not self.held:
            self._ask(losses.held, losses.known)
        self.held = losses.held if losses.is_mass else 0

    def confirm(self) -> int:
        """What is missing was meant to go: believe it; how many photos.

        Raises Unavailable while the library is away: then nobody knows what is missing.
        """
        why = self._guard.why_offline()
        if why:
            raise Unavailable(f"{readable(self._library.root)}: {why}", remedy="mount it first")
        if not self._catalogue.losses(self._library.id).held:
            return 0
        self._catalogue.confirm_losses(self._library.id, self._clock.now())
        return self._believe()

    def _believe(self) -> int:
        if self._guard.why_offline():
            return 0
        count = self._catalogue.believe_losses(self._library.id)
        self.held = 0
        if count >= MANY:
            self._emit(PhotosGone(root=self._library.root, count=count))
        return count

    def _ask(self, count: int, known: int) -> None:
        self._emit(
            PhotosMissing(
                root=self._library.root,
                count=count,
                known=known,
                remedy="put them back; or, if they were meant to go: "
                f"phototagd confirm {readable(self._library.root)}",
            )
        )
