"""Doubles that keep the contracts of the ports; the real things pass the same suites."""

import threading
from datetime import UTC, datetime, timedelta

from phototagd.domain.events import Event


class FakeClock:
    """Time that moves only when a test says so; waiting moves it."""

    def __init__(self, start: datetime = datetime(2026, 5, 1, 12, tzinfo=UTC)) -> None:
        self._now = start
        self._monotonic = 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def wait(self, wake: threading.Event, seconds: float) -> bool:
        self.advance(seconds)
        return wake.is_set()

    def advance(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set_wall(self, now: datetime) -> None:
        """Jump the wall clock alone, as an administrator or NTP does."""
        self._now = now


class EventLog:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)

    def named(self, name: str) -> list[Event]:
        return [e for e in self.events if e.name == name]
