"""Everything that writes sidecars, wired together."""

from collections.abc import Callable

from phototagd import __version__
from phototagd.adapters.gazetteer import GeonamesGazetteer
from phototagd.app.ground import Ground
from phototagd.app.writing.shelving import Shelving
from phototagd.domain.sidecar import SidecarFile
from phototagd.flow.writing.drafter import Drafter
from phototagd.flow.writing.embedder import Embedder
from phototagd.flow.writing.planner import Planner
from phototagd.flow.writing.putter import SidecarPutter
from phototagd.flow.writing.sheet_reader import SheetReader
from phototagd.flow.writing.wording import Wording
from phototagd.flow.writing.write_worker import WriteWorker
from phototagd.flow.writing.writer import SidecarWriter


class WritingRoom:
    """The worker with its writer, and the planner that others ask what it would write."""

    def __init__(
        self,
        ground: Ground,
        *,
        shelving: Shelving,
        wording: Wording,
        language: str,
    ) -> None:
        store = ground.store
        drafter = Drafter(
            editor=shelving.editor,
            wording=wording,
            clock=ground.clock,
            generator=f"phototagd {__version__}",
        )
        self._ground, self._shelving = ground, shelving
        self.gazetteer = GeonamesGazetteer(language=language)
        self.planner = Planner(
            sheets=self._sheets(shelving.files.look), drafter=drafter, shelves=shelving.shelves
        )
        self.worker = WriteWorker(
            queue=store.queue,
            catalogue=store.catalogue,
            writer=self._writer(drafter),
            held=ground.held,
            settler=ground.settler,
            clock=ground.clock,
        )

    def _writer(self, drafter: Drafter) -> SidecarWriter:
        ground, shelving = self._ground, self._shelving
        return SidecarWriter(
            catalogue=ground.store.catalogue,
            files=shelving.files,
            shelves=shelving.shelves,
            follower=shelving.follower(ground.store.ledger, ground.bus),
            sheets=self._sheets(shelving.files.read),
            drafter=drafter,
            putter=self._putter(),
            clock=ground.clock,
            emit=ground.bus,
            embedder=self._embedder(drafter),
        )

    def _sheets(self, read: Callable[[bytes], SidecarFile | None]) -> SheetReader:
        return SheetReader(
            catalogue=self._ground.store.catalogue,
            read=read,
            editor=self._shelving.editor,
            reader=self._ground.reader,
            gazetteer=self.gazetteer,
            ledger=self._ground.store.ledger,
            shelves=self._shelving.shelves,
            clock=self._ground.clock,
        )

    def _embedder(self, drafter: Drafter) -> Embedder | None:
        embedding = self._shelving.embedding
        if embedding is None:
            return None
        return Embedder(
            packets=embedding.packets,
            libraries=embedding.libraries,
            editor=self._shelving.editor,
            drafter=drafter,
            ledger=self._ground.store.ledger,
            clock=self._ground.clock,
            emit=self._ground.bus,
        )

    def _putter(self) -> SidecarPutter:
        return SidecarPutter(
            files=self._shelving.files,
            ledger=self._ground.store.ledger,
            shelves=self._shelving.shelves,
            clock=self._ground.clock,
        )
