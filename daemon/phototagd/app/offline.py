"""What commands can do when no daemon runs: take the lock and act themselves."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from phototagd.app.crew import Crew
from phototagd.app.desk.desk import Desk
from phototagd.app.opening import opened
from phototagd.app.parts import Parts
from phototagd.domain.amending import PersonsEdit, UndoOrder
from phototagd.domain.inquiry import Inquiry
from phototagd.domain.status import TagReport
from phototagd.ports import Control, Listener
from phototagd.settings import Settings


class OfflineDesk(Desk):
    """A desk without a daemon behind it: tagging starts the loops it needs, once."""

    def __init__(self, parts: Parts, *, resources: ExitStack) -> None:
        super().__init__(parts, is_running=False)
        self._resources = resources
        self._crew: Crew | None = None

    def tag(self, files: Sequence[bytes]) -> list[TagReport]:
        """Take the photos in, and work on them until the desk closes."""
        self._start()
        return super().tag(files)

    def ask(self, file: bytes, question: str) -> Inquiry:
        """Put a question to the model, which is looked for first."""
        self._start()
        return super().ask(file, question)

    def undo(self, order: UndoOrder, *, dry_run: bool) -> Mapping[str, object]:
        """Take our words out, and write that at once."""
        amendment = super().undo(order, dry_run=dry_run)
        self._write_ordered()
        return amendment

    def edit(
        self, files: Sequence[bytes], edit: PersonsEdit, *, dry_run: bool
    ) -> Mapping[str, object]:
        """Change words, and write that at once."""
        amendment = super().edit(files, edit, dry_run=dry_run)
        self._write_ordered()
        return amendment

    def _start(self) -> None:
        if self._crew is None:
            self._crew = Crew(self._parts, is_watching=False)
            self._is_running = True
            self._crew.start()
            self._resources.callback(self._crew.stop)

    def _write_ordered(self) -> None:
        """Do the writer's work until nothing that was ordered is due; the model is left alone."""
        if self._crew is None and self.outstanding():
            self._parts.store.queue.reclaim(self._parts.clock.now(), everything=True)
            while self.outstanding() and not self._parts.writing.worker.step():
                pass


@contextmanager
def offline_control(settings: Settings, *, listeners: Sequence[Listener] = ()) -> Iterator[Control]:
    """A Control without a daemon; the state folder is locked for the length of the block.

    Raises ConfigError when a daemon runs, Unavailable when the store cannot be opened.
    """
    with opened(settings, listeners=listeners) as parts, ExitStack() as resources:
        yield OfflineDesk(parts, resources=resources)
