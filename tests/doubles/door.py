"""Keys of a gallery in memory: quick, and it keeps the contract."""

import secrets
from datetime import datetime


class FakeDoorKeys:
    """The port `DoorKeys` without files and without slow hashes."""

    def __init__(self) -> None:
        self._password: str | None = None
        self._key = secrets.token_bytes(8)
        self._sessions: dict[str, datetime] = {}
        self._tokens: dict[str, tuple[str, datetime]] = {}
        self.tries = 0

    def has_password(self) -> bool:
        return self._password is not None

    def set_password(self, password: str) -> None:
        self._password = password
        self._key = secrets.token_bytes(8)
        self._sessions.clear()

    def is_right(self, password: str) -> bool:
        self.tries += 1
        return self._password is not None and password == self._password

    def signing_key(self) -> bytes:
        return self._key

    def open_session(self, name: str, until: datetime) -> None:
        self._sessions[name] = until

    def session_until(self, name: str) -> datetime | None:
        return self._sessions.get(name)

    def close_session(self, name: str) -> None:
        self._sessions.pop(name, None)

    def close_all_sessions(self) -> None:
        self._sessions.clear()

    def make_token(self, name: str, now: datetime) -> str:
        token = secrets.token_urlsafe(8)
        self._tokens[name] = (token, now)
        return token

    def token_name(self, token: str) -> str | None:
        return next((name for name, (made, _) in self._tokens.items() if made == token), None)

    def tokens(self) -> dict[str, datetime]:
        return {name: at for name, (_, at) in self._tokens.items()}

    def revoke_token(self, name: str) -> bool:
        return self._tokens.pop(name, None) is not None
