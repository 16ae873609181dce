"""The leases that are being worked on right now, so that they can be kept alive."""

import threading

from phototagd.domain.job import JobId, Lease


class HeldLeases:
    """A register of leases; the janitor extends what is in it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._leases: dict[JobId, Lease] = {}

    def add(self, lease: Lease) -> None:
        """From now on this lease is kept alive."""
        with self._lock:
            self._leases[lease.job] = lease

    def drop(self, lease: Lease) -> None:
        """It was settled, given back or lost; a newer lease of the same job stays."""
        with self._lock:
            if self._leases.get(lease.job) == lease:
                del self._leases[lease.job]

    def all(self) -> list[Lease]:
        """What is held at the moment."""
        with self._lock:
            return list(self._leases.values())
