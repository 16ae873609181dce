"""Photos that are sent, with real files and a real store, and a reader that looks shallowly."""

import os
from collections.abc import Sequence
from pathlib import Path

from doubles.photo_reader import FakePhotoReader
from phototagd.adapters.hashing import ContentIdentifier
from phototagd.adapters.inbox_folder import InboxFolder
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import Location
from phototagd.domain.errors import Unavailable
from phototagd.domain.job import Priority
from phototagd.domain.record import Arrival
from phototagd.flow.receiving.receiver import Receiver

MOST_BYTES = 100_000


class PostRoom:
    """`receiver` takes photos into `folder`; `tagged` are those that were taken in."""

    def __init__(self, store: Store, folder: Path) -> None:
        folder.parent.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.folders = [folder]
        self.reader = FakePhotoReader()
        self.tagged: list[bytes] = []
        self.is_store_away = False
        self._store = store
        self.receiver = Receiver(
            inbox=InboxFolder(folders=lambda: self.folders),
            catalogue=store.catalogue,
            identifier=ContentIdentifier(),
            reader=self.reader,
            tag=self._tag,
            most_bytes=MOST_BYTES,
        )

    @property
    def files(self) -> dict[str, bytes]:
        """What lies in the folder."""
        return {file.name: file.read_bytes() for file in self.folder.glob("*")}

    def _tag(self, files: Sequence[bytes]) -> None:
        if self.is_store_away:
            raise Unavailable("the store is away")
        self.tagged += files
        for file in files:
            folder, name = os.path.split(file)
            library = self._store.catalogue.open_library(folder)
            identity = ContentIdentifier().identify(file)
            at = Location(library.id, b"", name)
            self._store.catalogue.take_in([Arrival(at, identity, Priority.PERSON)])
