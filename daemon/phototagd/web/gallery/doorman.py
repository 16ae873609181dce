"""Who is who: passwords become sessions, cookies become viewers."""

import hmac
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from phototagd.ports import Clock, DoorKeys
from phototagd.rules.service.login_limits import wait_after

SESSION = timedelta(days=30)
PRIVATE = timedelta(minutes=15)
"""How long private photos stay in sight once they were asked for."""

_NAME_BYTES = 24
_PROGRAM = "program "  # before the name of a token, where sessions have theirs
_MOST_ADDRESSES = 1000
_EVERYBODY = ""  # all addresses together, so that many of them give no more tries
_EVERYBODY_SHARE = 10


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who looks.

    `is_owner` when the password was given; `is_welcome` also where none is needed. The
    session's name is empty without one.
    """

    is_welcome: bool = False
    is_owner: bool = False
    sees_private: bool = False
    session: str = ""


@dataclass(frozen=True, slots=True)
class TooSoon:
    """The password may be tried again after so many seconds."""

    seconds: float


class Doorman:
    """Opens sessions to those who know the password; called from several threads at once."""

    def __init__(self, *, keys: DoorKeys, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[str, tuple[int, float]] = {}
        self._private_until: dict[str, datetime] = {}

    def log_in(self, password: str, address: str) -> str | TooSoon | None:
        """The cookie of a new session, or how long to wait; None when the password is wrong."""
        wait = self._wait(address)
        if wait > 0:
            return TooSoon(wait)
        if not self._keys.is_right(password):
            self._note_failure(address)
            return None
        with self._lock:
            self._failures.pop(address, None)
        name = secrets.token_urlsafe(_NAME_BYTES)
        self._keys.open_session(name, self._clock.now() + SESSION)
        return f"{name}.{self._signature(name)}"

    def viewer(self, cookie: str) -> Viewer:
        """Who shows this cookie; a forged, closed or old one is as good as none."""
        if not self._keys.has_password():
            return Viewer(is_welcome=True)
        name, _, signature = cookie.partition(".")
        if not name or not hmac.compare_digest(signature.encode(), self._signature(name).encode()):
            return Viewer()
        until = self._keys.session_until(name)
        if until is None or until <= self._clock.now():
            return Viewer()
        return Viewer(
            is_welcome=True, is_owner=True, sees_private=self._sees_private(name), session=name
        )

    def bearer(self, token: str) -> Viewer:
        """Who shows this token: its owner, or nobody welcome if it was never made or revoked.

        A wrong token is refused also where no password is needed: a program should hear of it.
        """
        name = self._keys.token_name(token)
        if name is None:
            return Viewer()
        session = f"{_PROGRAM}{name}"
        return Viewer(
            is_welcome=True,
            is_owner=True,
            sees_private=self._sees_private(session),
            session=session,
        )

    def show_private(self, viewer: Viewer, *, wanted: bool) -> None:
        """Bring private photos into the owner's sight for a while, or out of it."""
        with self._lock:
            self._private_until.pop(viewer.session, None)
            if wanted and viewer.is_owner:
                self._private_until[viewer.session] = self._clock.now() + PRIVATE

    def log_out(self, viewer: Viewer, *, everywhere: bool = False) -> None:
        """End a session, or all of them."""
        if not viewer.is_owner:
            return
        self.show_private(viewer, wanted=False)
        if everywhere:
            self._keys.close_all_sessions()
        else:
            self._keys.close_session(viewer.session)

    def _sees_private(self, session: str) -> bool:
        until = self._private_until.get(session)
        return until is not None and self._clock.now() < until

    def _signature(self, name: str) -> str:
        return hmac.digest(self._keys.signing_key(), name.encode(), "sha256").hex()

    def _wait(self, address: str) -> float:
        now = self._clock.monotonic()
        with self._lock:
            own, last = self._failures.get(address, (0, now))
            all_, last_of_all = self._failures.get(_EVERYBODY, (0, now))
        waits = (
            last + wait_after(own) - now,
            last_of_all + wait_after(all_ // _EVERYBODY_SHARE) - now,
        )
        return max(*waits, 0.0)

    def _note_failure(self, address: str) -> None:
        now = self._clock.monotonic()
        with self._lock:
            for who in (address, _EVERYBODY):
                count, _ = self._failures.pop(who, (0, now))
                self._failures[who] = (count + 1, now)  # the latest come last
            while len(self._failures) > _MOST_ADDRESSES:
                self._failures.pop(next(iter(self._failures)))
