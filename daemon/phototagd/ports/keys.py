"""What keeps strangers out of the gallery: a password, tokens, and who is logged in."""

from datetime import datetime
from typing import Protocol


class DoorKeys(Protocol):
    """Password, sessions and tokens of the gallery, where only the daemon's user can read them.

    Every method raises Unavailable when they cannot be read or written.
    """

    def has_password(self) -> bool:
        """Whether a password was set."""
        ...

    def set_password(self, password: str) -> None:
        """Set the password; everybody who is logged in is logged out."""
        ...

    def is_right(self, password: str) -> bool:
        """Whether it is the password; takes a while on purpose. Never without a password."""
        ...

    def signing_key(self) -> bytes:
        """A secret that is the same until the password changes."""
        ...

    def open_session(self, name: str, until: datetime) -> None:
        """Remember a session; the name says nothing to who reads it."""
        ...

    def session_until(self, name: str) -> datetime | None:
        """Until when a session holds; None when there is none of that name."""
        ...

    def close_session(self, name: str) -> None:
        """Forget a session."""
        ...

    def close_all_sessions(self) -> None:
        """Log everybody out."""
        ...

    def make_token(self, name: str, now: datetime) -> str:
        """A new secret for a program; one of the same name is replaced. Only a digest is kept."""
        ...

    def token_name(self, token: str) -> str | None:
        """The name of a token; None for one that was never made, or revoked."""
        ...

    def tokens(self) -> dict[str, datetime]:
        """When each token was made, by name."""
        ...

    def revoke_token(self, name: str) -> bool:
        """Forget a token; whether there was one."""
        ...
