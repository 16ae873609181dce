"""The store is kept: who prunes, copies, inspects and compares it."""

from datetime import datetime

from phototagd.adapters.backup_folder import BackupFolder
from phototagd.app.ground import Ground
from phototagd.app.writing.shelving import Shelving
from phototagd.flow.keeping.archivist import Archivist
from phototagd.flow.keeping.inspector import Inspector
from phototagd.flow.keeping.janitor import Janitor
from phototagd.flow.keeping.verifier import Verifier


class Keeping:
    """The janitor, the archivist and the inspector, each with a loop; `verifier` is asked."""

    def __init__(self, ground: Ground, *, shelving: Shelving) -> None:
        store = ground.store
        self.janitor = Janitor(
            queue=store.queue,
            care=store.care,
            index=store.search,
            held=ground.held,
            settler=ground.settler,
            clock=ground.clock,
        )
        self.archivist = Archivist(
            care=store.care,
            backups=BackupFolder(folder=ground.settings.state_dir / "backups"),
            keep=ground.settings.backup.keep,
            clock=ground.clock,
            emit=ground.bus,
            to_local=datetime.astimezone,
        )
        self.inspector = Inspector(
            care=store.care, queue=store.queue, clock=ground.clock, emit=ground.bus
        )
        self.verifier = Verifier(
            catalogue=store.catalogue,
            care=store.care,
            files=shelving.files,
            editor=shelving.editor,
            shelves=shelving.shelves,
        )
