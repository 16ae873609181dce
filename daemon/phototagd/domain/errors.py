"""Every error the daemon can name, by what is to be done about it.

PhototagdError
|- ConfigError      wrong settings: exit 78, systemd does not restart
|- NotYet           the photo cannot be read now: snooze, reset when the file changes
|- PhotoError       this photo, for ever
|  |- Unreadable    dead: broken, unsupported, a bomb
|  `- Vanished      cancelled: gone, or changed since it was queued
|- ProcessKilled    a process died over this photo: suspect, tried once more alone
|- BadReply         nonsense from the model: one retry with other options, then dead
|- SidecarError     the neighbour file cannot be merged
|  |- SidecarBroken malformed: never overwritten, dead with the reason until it changes
|  |- EmbedRefused  words cannot go into the photo itself: told, the sidecar is written all the same
|  `- SidecarRaced  changed while we merged: read again and merge again
`- Unavailable      the world: breaker, no attempt charged

Adapters translate foreign errors into these at their seam; `rules.retrying` turns each
into an outcome; it is logged once, where it is handled.
"""


class PhototagdError(Exception):
    """Something went wrong that the daemon has a name for."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip().splitlines()[0])


class ConfigError(PhototagdError):
    """The settings are wrong; the message names the key, the value and what is allowed."""


class NotYet(PhototagdError):
    """The photo cannot be read at the moment."""


class PhotoError(PhototagdError):
    """This photo cannot be tagged, now or later."""


class Unreadable(PhotoError):
    """The photo is broken, of no supported kind, or refuses to fit in memory."""


class Vanished(PhotoError):
    """The photo is gone, or is not the one that was queued."""


class ProcessKilled(PhototagdError):
    """A process died or hung over this photo; it is a suspect, not yet guilty."""


class BadReply(PhototagdError):
    """The model's answer was cut, empty, or does not fit the schema."""


class SidecarError(PhototagdError):
    """The sidecar cannot be merged."""


class SidecarBroken(SidecarError):
    """The sidecar is not well-formed; it is left as it is."""


class EmbedRefused(SidecarError):
    """Words cannot be put into this photo; it is left as it is."""


class SidecarRaced(SidecarError):
    """Somebody changed the sidecar while it was being merged."""


class Unavailable(PhototagdError):
    """The world does not allow it now: model server, disk or database.

    Args:
        message: What is wrong, for a person.
        remedy: What a person can do about it; empty when waiting is enough.
        retry_after: Seconds the other side asked us to wait, if it said so.
        alive: True when the server answers but this model cannot work (missing, no vision,
            out of memory); waiting alone may not help.
        died: True when the connection ended while an answer was awaited: the server may have
            died over what it was asked.
    """

    def __init__(
        self,
        message: str | None = None,
        *,
        remedy: str = "",
        retry_after: float | None = None,
        alive: bool = False,
        died: bool = False,
    ) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.retry_after = retry_after
        self.alive = alive
        self.died = died
