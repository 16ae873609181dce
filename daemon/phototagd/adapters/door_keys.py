"""Password, key, tokens and sessions of the gallery, in files that only the owner can read."""

import hmac
import json
import os
import secrets
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from phototagd.domain.errors import Unavailable

KEYS_FOLDER = "web"
"""Where they lie in the state folder."""

TOKEN_START = "phototagd_"  # noqa: S105 -- the part that is no secret
"""What tokens begin with, so that leaked ones are recognised."""

_KEY_BYTES = 32
_MOST_SESSIONS = 200  # of one household; the oldest go first


class FileDoorKeys:
    """The port `DoorKeys` over a folder of the state folder; every file has mode 0600."""

    def __init__(self, *, folder: Path) -> None:
        self._folder = folder
        self._password = folder / "password"
        self._key = folder / "key"
        self._sessions = folder / "sessions.json"
        self._tokens = folder / "tokens.json"
        self._lock = threading.Lock()
        self._turn = threading.Lock()  # one check at a time: each takes 64 MB
        self._hasher = PasswordHasher()

    def has_password(self) -> bool:
        """Whether a password was set."""
        return self._password.exists()

    def set_password(self, password: str) -> None:
        """Set the password; everybody who is logged in is logged out."""
        with self._lock, _told(self._folder):
            self._put(self._password, self._hasher.hash(password).encode())
            self._sessions.unlink(missing_ok=True)
            self._put(self._key, secrets.token_bytes(_KEY_BYTES))

    def is_right(self, password: str) -> bool:
        """Whether it is the password; takes a while on purpose. Never without a password."""
        with self._turn, _told(self._folder):
            try:
                return self._hasher.verify(self._password.read_text("ascii"), password)
            except (Argon2Error, InvalidHashError, FileNotFoundError, UnicodeError):
                return False

    def signing_key(self) -> bytes:
        """A secret that is the same until the password changes."""
        with self._lock, _told(self._folder):
            try:
                return self._key.read_bytes()
            except FileNotFoundError:
                key = secrets.token_bytes(_KEY_BYTES)
                self._put(self._key, key)
                return key

    def open_session(self, name: str, until: datetime) -> None:
        """Remember a session; only a digest of its name is kept."""
        with self._lock, _told(self._folder):
            sessions = {**self._open(), _digest(name): until.isoformat()}
            newest = sorted(sessions.items(), key=lambda one: one[1])[-_MOST_SESSIONS:]
            self._put(self._sessions, json.dumps(dict(newest)).encode())

    def session_until(self, name: str) -> datetime | None:
        """Until when a session holds; None when there is none of that name."""
        with self._lock, _told(self._folder):
            until = self._open().get(_digest(name))
        return None if until is None else datetime.fromisoformat(until)

    def close_session(self, name: str) -> None:
        """Forget a session."""
        with self._lock, _told(self._folder):
            sessions = self._open()
            if sessions.pop(_digest(name), None) is not None:
                self._put(self._sessions, json.dumps(sessions).encode())

    def close_all_sessions(self) -> None:
        """Log everybody out."""
        with self._lock, _told(self._folder):
            self._sessions.unlink(missing_ok=True)

    def make_token(self, name: str, now: datetime) -> str:
        """A new secret for a program; one of the same name is replaced. Only a digest is kept.

        A quick digest will do: nobody guesses 256 bits.
        """
        token = TOKEN_START + secrets.token_urlsafe(_KEY_BYTES)
        with self._lock, _told(self._folder):
            made = {"digest": _digest(token), "made_at": now.isoformat()}
            self._put(self._tokens, json.dumps({**self._made(), name: made}).encode())
        return token

    def token_name(self, token: str) -> str | None:
        """The name of a token; None for one that was never made, or revoked."""
        digest = _digest(token)
        with self._lock, _told(self._folder):
            made = self._made()
        names = [name for name, one in made.items() if hmac.compare_digest(one["digest"], digest)]
        return names[0] if names else None

    def tokens(self) -> dict[str, datetime]:
        """When each token was made, by name."""
        with self._lock, _told(self._folder):
            made = self._made()
        return {name: datetime.fromisoformat(one["made_at"]) for name, one in made.items()}

    def revoke_token(self, name: str) -> bool:
        """Forget a token; whether there was one."""
        with self._lock, _told(self._folder):
            made = self._made()
            if made.pop(name, None) is None:
                return False
            self._put(self._tokens, json.dumps(made).encode())
            return True

    def _made(self) -> dict[str, dict[str, str]]:
        try:
            made = json.loads(self._tokens.read_bytes())
        except (FileNotFoundError, ValueError):  # a broken file shuts programs out, no more
            return {}
        return made if isinstance(made, dict) else {}

    def _open(self) -> dict[str, str]:
        try:
            sessions = json.loads(self._sessions.read_bytes())
        except (FileNotFoundError, ValueError):  # a broken file logs everybody out, no more
            return {}
        return sessions if isinstance(sessions, dict) else {}

    def _put(self, file: Path, content: bytes) -> None:
        """Replace a file as a whole; mkstemp gives it mode 0600."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(handle, "wb") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        Path(name).replace(file)


def _digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(
            f"the keys of the gallery in {folder} cannot be used: {error.strerror}"
        ) from error
