"""Prepared photos waiting for a lane: the reason why the GPU never waits."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from phototagd.domain.asset import Prepared
from phototagd.domain.job import EVERYBODY, NOBODY, Lease, Priority
from phototagd.rules.asking.scheduling import Scheduler


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
        self._lock = threading.Condition()
        self._photos: dict[Priority, deque[ReadyPhoto]] = {p: deque() for p in Priority}
        self._scheduler = Scheduler()
        self._wakes = 0

    def wanted(self) -> tuple[Priority, ...]:
        """The classes that have room, most urgent first."""
        with self._lock:
            return tuple(p for p in Priority if len(self._photos[p]) < self._depth)

    def has_some(self) -> bool:
        """Whether the next lane that asks need not wait for decoding."""
        with self._lock:
            return bool(self._present(EVERYBODY))

    def put(self, photo: ReadyPhoto) -> None:
        """Offer a photo to the lanes."""
        with self._lock:
            self._photos[photo.lease.priority].append(photo)
            self._lock.notify_all()

    def wake(self) -> None:
        """Let lanes that wait for a photo look for other work."""
        with self._lock:
            self._wakes += 1
            self._lock.notify_all()

    def take(self, seconds: float, classes: frozenset[Priority] = EVERYBODY) -> ReadyPhoto | None:
        """The next photo of these classes to ask about; waits up to `seconds` for one."""
        with self._lock:
            wakes = self._wakes
            self._lock.wait_for(lambda: self._present(classes) or self._wakes != wakes, seconds)
            if not self._present(classes):
                return None
            drawn = self._scheduler.draw(self._present(classes))
            photo = self._photos[drawn].popleft()
        self._on_room()
        return photo

    def pop(self, *, keep: frozenset[Priority] = NOBODY) -> ReadyPhoto | None:
        """Any photo of the other classes, to be given back: nobody may ask about it now."""
        with self._lock:
            present = self._present(EVERYBODY - keep)
            return self._photos[present[0]].popleft() if present else None

    def _present(self, classes: frozenset[Priority]) -> list[Priority]:
        return [p for p in Priority if p in classes and self._photos[p]]
