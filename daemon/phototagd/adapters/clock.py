"""The machine's own time."""

import threading
import time
from datetime import UTC, datetime


class SystemClock:
    """Wall time from the system, monotonic time from the kernel."""

    def now(self) -> datetime:
        """The wall time, aware UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return time.monotonic()

    def wait(self, wake: threading.Event, seconds: float) -> bool:
        """Wait until `wake` is set or `seconds` have passed; True when it was set."""
        return wake.wait(seconds)
