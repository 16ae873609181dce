"""Messages to systemd (sd_notify(3)): one datagram to the socket that it names.

Without systemd there is no socket, and every message is dropped.
"""

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta


class SystemdNotifier:
    """Tells the service manager how the daemon is; never fails because of it.

    `monotonic` gives seconds of CLOCK_MONOTONIC, which a reload must name.
    """

    def __init__(self, *, environ: Mapping[str, str], monotonic: Callable[[], float]) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        self._watchdog = environ.get("WATCHDOG_USEC", "")
        self._watched = environ.get("WATCHDOG_PID", "")
        self._monotonic = monotonic

    @property
    def watchdog_interval(self) -> timedelta | None:
        """How often `alive` is expected: half of the limit; None when nobody watches."""
        is_ours = self._watched in ("", str(os.getpid()))
        if not self._watchdog.isdecimal() or not is_ours or not int(self._watchdog):
            return None
        return timedelta(microseconds=int(self._watchdog)) / 2

    def ready(self, status: str) -> None:
        """The daemon serves."""
        self._send("READY=1", _line(status))

    def alive(self) -> None:
        """All loops make progress."""
        self._send("WATCHDOG=1")

    def status(self, text: str) -> None:
        """One line for a person."""
        self._send(_line(text))

    @contextmanager
    def reloading(self) -> Iterator[None]:
        """Settings are being read again; ready at the end, whatever came of it."""
        # Both lines in one datagram, or Type=notify-reload takes the reload for failed.
        self._send("RELOADING=1", f"MONOTONIC_USEC={int(self._monotonic() * 1e6)}")
        try:
            yield
        finally:
            self._send("READY=1")

    def stopping(self) -> None:
        """The daemon ends."""
        self._send("STOPPING=1")

    def _send(self, *lines: str) -> None:
        if not self._address.startswith(("/", "@")):
            return
        address = "\0" + self._address[1:] if self._address[0] == "@" else self._address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
            try:
                channel.sendto("\n".join(lines).encode("utf-8", "replace"), address)
            except OSError:
                return  # the manager went away or is busy; the next message may reach it


def _line(text: str) -> str:
    """A status is one line, or what follows it would be taken for other messages."""
    return "STATUS=" + " ".join(text.split())
