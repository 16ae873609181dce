"""Everything that writes sidecars, wired together."""

from collections.abc import Callable

from phototagd import __version__
from phototagd.adapters.gazetteer import GeonamesGazetteer
from phototagd.adapters.sqlite.store import Store
from phototagd.app.shelving import Shelving
from phototagd.domain.sidecar import SidecarFile
from phototagd.flow.writing.drafter import Drafter
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
        self.drafter = Drafter(
            editor=shelving.editor,
            wording=wording,
            clock=clock,
            generator=f"phototagd {__version__}",
        )
        gazetteer = GeonamesGazetteer(language=language)

        def sheets(read: Callable[[bytes], SidecarFile | None]) -> SheetReader:
            return SheetReader(
                catalogue=store.catalogue,
                read=read,
                editor=shelving.editor,
                reader=reader,
                gazetteer=gazetteer,
                ledger=store.ledger,
                shelves=shelving.shelves,
                clock=clock,
            )

        self.planner = Planner(
            sheets=sheets(shelving.files.look), drafter=self.drafter, shelves=shelving.shelves
        )
        self.writer = SidecarWriter(
            catalogue=store.catalogue,
            files=shelving.files,
            shelves=shelving.shelves,
            follower=shelving.follower(store.ledger, emit),
            sheets=sheets(shelving.files.read),
            drafter=self.drafter,
            putter=SidecarPutter(
                files=shelving.files, ledger=store.ledger, shelves=shelving.shelves, clock=clock
            ),
            clock=clock,
            emit=emit,
        )
