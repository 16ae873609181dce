"""The names in a folder by their beginning, without listing a huge folder for every photo."""

import os
import threading
from bisect import bisect_left, insort
from collections.abc import Callable

QUICK_SECONDS = 0.005
RELIST_AFTER = 10
"""A slow listing is good for so many times as long as it took: 200,000 names cost a tenth of
the time at most, and what a person adds meanwhile is seen a moment later."""


class FolderNames:
    """Listings of folders; the last slow one is remembered for a short while.

    A folder that lists quickly is listed anew each time. `monotonic` gives seconds. Safe to
    call from several threads.
    """

    def __init__(self, *, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._folder = b""
        self._names: list[tuple[bytes, bytes]] = []  # lower case, as it is; sorted
        self._good_until = 0.0

    def beginning(self, folder: bytes, start: bytes) -> frozenset[bytes]:
        """The names that begin so, whatever their case; empty where there is no folder.

        Raises OSError as the listing does.
        """
        start = start.lower()
        with self._lock:
            if folder != self._folder or self._monotonic() >= self._good_until:
                self._list(folder)
            first = bisect_left(self._names, (start, b""))
            last = first
            while last < len(self._names) and self._names[last][0].startswith(start):
                last += 1
            return frozenset(name for _, name in self._names[first:last])

    def add(self, folder: bytes, name: bytes) -> None:
        """We have just made this file."""
        with self._lock:
            entry = (name.lower(), name)
            if folder == self._folder and entry not in self._around(entry):
                insort(self._names, entry)

    def forget(self, folder: bytes) -> None:
        """We have just removed a file from it."""
        with self._lock:
            if folder == self._folder:
                self._good_until = 0.0

    def _around(self, entry: tuple[bytes, bytes]) -> list[tuple[bytes, bytes]]:
        where = bisect_left(self._names, entry)
        return self._names[where : where + 1]

    def _list(self, folder: bytes) -> None:
        started = self._monotonic()
        self._folder, self._names, self._good_until = b"", [], 0.0
        try:
            with os.scandir(folder) as entries:
                self._names = sorted((e.name.lower(), e.name) for e in entries)
        except FileNotFoundError:
            return
        took = self._monotonic() - started
        if took > QUICK_SECONDS:
            self._folder = folder
            self._good_until = self._monotonic() + RELIST_AFTER * took
