"""Folders that held more new files than intake had room for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from phototagd.domain.job import Priority
from phototagd.domain.library import FileRow

Bring = Callable[[bytes, FileRow, Priority], bool]


@dataclass(frozen=True, slots=True)
class Half:
    """What a folder has left, and the class in which its photos wait."""

    left: tuple[FileRow, ...]
    priority: Priority


class Halves:
    """Brings the rest of large folders while intake works, without listing them again.

    Listing a folder of 200,000 files takes seconds, and intake must not rest for it. What is
    left may be gone or changed by its turn: intake looks at each file before it reads it.
    """

    def __init__(self, *, bring: Bring) -> None:
        self._bring = bring
        self._halves: dict[bytes, Half] = {}

    def __contains__(self, folder: bytes) -> bool:
        return folder in self._halves

    def priority(self, folder: bytes) -> Priority:
        """The class of a folder's new photos."""
        half = self._halves.get(folder)
        return Priority.NEW if half is None else half.priority

    def offer(
        self, folder: bytes, rows: Iterable[FileRow], priority: Priority, *, has_more: bool
    ) -> bool:
        """Bring what is new in a folder; False, and kept in mind, when that was not all."""
        left = tuple(row for row in rows if not self._bring(folder, row, priority))
        if left or has_more:
            self._halves[folder] = Half(left, priority)
            return False
        self._halves.pop(folder, None)
        return True

    def go_on(self, folder: bytes) -> bool:
        """Bring what is left of a folder; whether it is time to list it again."""
        half = self._halves.get(folder)
        if half is None or not half.left:
            return True
        self.offer(folder, half.left, half.priority, has_more=True)
        return False

    def forget(self, folder: bytes) -> None:
        """A folder cannot be listed any more."""
        self._halves.pop(folder, None)
