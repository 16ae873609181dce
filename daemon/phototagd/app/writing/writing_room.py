"""Everything that writes sidecars, wired together."""

from collections.abc import Callable

from phototagd import __version__
from phototagd.adapters.gazetteer import GeonamesGazetteer
from phototagd.adapters.sqlite.store import Store
from phototagd.app.writing.shelving import Shelving
from phototagd.domain.sidecar import SidecarFile
from phototagd.flow.writing.drafter import Drafter
from phototagd.flow.writing.embedder import Embedder
from phototagd.flow.writing.planner import Planner
from phototagd.flow.writing.putter import SidecarPutter
from phototagd.flow.writing.sheet_reader import SheetReader
from phototagd.flow.writing.wording import Wording
from phototagd.flow.writing.writer import SidecarWriter
from phototagd.ports import Clock, Listener, PhotoReader


class WritingRoom:
    """The writer, and the planner that others ask what it would write."""

    def __init__(
        self,
        *,
        store: Store,
        shelving: Shelving,
        reader: PhotoReader,
        wording: Wording,
        language: str,
        clock: Clock,
        emit: Listener,
    ) -> None:
        drafter = Drafter(
            editor=shelving.editor,
            wording=wording,
            clock=clock,
            generator=f"phototagd {__version__}",
        )
        self._store, self._shelving, self._clock = store, shelving, clock
        self._reader, self.gazetteer = reader, GeonamesGazetteer(language=language)
        self.planner = Planner(
            sheets=self._sheets(shelving.files.look), drafter=drafter, shelves=shelving.shelves
        )
        self.writer = SidecarWriter(
            catalogue=store.catalogue,
            files=shelving.files,
            shelves=shelving.shelves,
            follower=shelving.follower(store.ledger, emit),
            sheets=self._sheets(shelving.files.read),
            drafter=drafter,
            putter=self._putter(),
            clock=clock,
            emit=emit,
            embedder=self._embedder(drafter, emit),
        )

    def _sheets(self, read: Callable[[bytes], SidecarFile | None]) -> SheetReader:
        return SheetReader(
            catalogue=self._store.catalogue,
            read=read,
            editor=self._shelving.editor,
            reader=self._reader,
            gazetteer=self.gazetteer,
            ledger=self._store.ledger,
            shelves=self._shelving.shelves,
            clock=self._clock,
        )

    def _embedder(self, drafter: Drafter, emit: Listener) -> Embedder | None:
        embedding = self._shelving.embedding
        if embedding is None:
            return None
        return Embedder(
            packets=embedding.packets,
            libraries=embedding.libraries,
            editor=self._shelving.editor,
            drafter=drafter,
            ledger=self._store.ledger,
            clock=self._clock,
            emit=emit,
        )

    def _putter(self) -> SidecarPutter:
        return SidecarPutter(
            files=self._shelving.files,
            ledger=self._store.ledger,
            shelves=self._shelving.shelves,
            clock=self._clock,
        )
