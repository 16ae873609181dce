"""Prepared photos waiting for a lane: the reason why the GPU never waits."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from phototagd.domain.asset import Prepared
from phototagd.domain.job import Lease, Priority
from phototagd.rules.scheduling import Scheduler


@dataclass(frozen=True, slots=True)
class ReadyPhoto:
    """A leased photo, decoded and small, and the path it was read from."""

    lease: Lease
    prepared: Prepared
    path: bytes


class ReadyPhotos:
    """A few prepared photos of every priority class, drawn by weight.

    Each class has room for `depth` photos of its own, so a new photo or a person's request
    is ready however long the backlog is. A prepared photo is a few hundred kilobytes.
    """

    def __init__(self, *, depth: int, on_room: Callable[[], None]) -> None:
        self._depth = depth
        self._on_room = on_room
        self._lock = threading.Lock()
        self._arrived = threading.Event()
        self._photos: dict[Priority, deque[ReadyPhoto]] = {p: deque() for p in Priority}
        self._scheduler = Scheduler()

    def wanted(self) -> tuple[Priority, ...]:
        """The classes that have room, most urgent first."""
        with self._lock:
            return tuple(p for p in Priority if len(self._photos[p]) < self._depth)

    def put(self, photo: ReadyPhoto) -> None:
        """Offer a photo to the lanes."""
        with self._lock:
            self._photos[photo.lease.priority].append(photo)
        self._arrived.set()

    def take(self, seconds: float) -> ReadyPhoto | None:
        """The next photo to ask about; waits up to `seconds` for one."""
        photo = self._draw()
        if photo is None and self._arrived.wait(seconds):
            photo = self._draw()
        return photo

    def drain(self) -> list[ReadyPhoto]:
        """Everything, to be given back: the model went away or the daemon stops."""
        with self._lock:
            photos = [photo for queue in self._photos.values() for photo in queue]
            for queue in self._photos.values():
                queue.clear()
            self._arrived.clear()
        return photos

    def _draw(self) -> ReadyPhoto | None:
        with self._lock:
            present = [p for p in Priority if self._photos[p]]
            if not present:
                self._arrived.clear()
                return None
            photo = self._photos[self._scheduler.draw(present)].popleft()
        self._on_room()
        return photo
