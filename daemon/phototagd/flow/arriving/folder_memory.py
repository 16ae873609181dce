"""The folders of one library as they were last listed, kept beside the store for speed."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from phototagd.domain.asset import FolderStamp

Listed = tuple[FolderStamp, datetime]


class FolderMemory:
    """Stamp and time of the last listing by folder, and which folder holds which."""

    def __init__(self, folders: Mapping[bytes, Listed]) -> None:
        self._listed: dict[bytes, Listed] = {}
        self._children: dict[bytes, set[bytes]] = {}
        for folder, listed in folders.items():
            self.remember(folder, listed)

    def __contains__(self, folder: bytes) -> bool:
        return folder in self._listed

    def __len__(self) -> int:
        return len(self._listed)

    def get(self, folder: bytes) -> Listed | None:
        """How and when a folder was last listed."""
        return self._listed.get(folder)

    def snapshot(self) -> dict[bytes, Listed]:
        """All of it, for a walk."""
        return dict(self._listed)

    def remember(self, folder: bytes, listed: Listed) -> None:
        """A folder was listed."""
        self._listed[folder] = listed
        if folder:
            parent, _, name = folder.rpartition(b"/")
            self._children.setdefault(parent, set()).add(name)

    def lost_children(self, folder: bytes, present: Iterable[bytes]) -> set[bytes]:
        """The names of known sub-folders that are not among those present."""
        return self._children.get(folder, set()).difference(present)

    def forget(self, folder: bytes) -> None:
        """A folder and all below it are not known any more."""
        pending = [folder]
        while pending:
            one = pending.pop()
            self._listed.pop(one, None)
            pending.extend(below(one, name) for name in self._children.pop(one, ()))
        parent, _, name = folder.rpartition(b"/")
        self._children.get(parent, set()).discard(name)


def below(folder: bytes, name: bytes) -> bytes:
    """The relative path of a sub-folder."""
    return folder + b"/" + name if folder else name
