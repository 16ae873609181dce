"""How does an error of the house travel to a command, and come out as itself again?"""

from collections.abc import Mapping
from typing import Any

from phototagd.domain.errors import ConfigError, PhotoError, PhototagdError, Unavailable

_STATUS: tuple[tuple[type[PhototagdError], int], ...] = (
    (ConfigError, 409),
    (PhotoError, 422),
    (Unavailable, 503),
)
_KINDS = {kind.__name__: kind for kind in (ConfigError, PhotoError, Unavailable)}


def http_status(error: PhototagdError) -> int:
    """The status of an answer that says this."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def error_to_json(error: PhototagdError) -> dict[str, str]:
    """The nearest kind that commands tell apart, the message, and the remedy if any."""
    kind = next((name for name, k in _KINDS.items() if isinstance(error, k)), "PhototagdError")
    return {
        "kind": kind,
        "message": str(error),
        "remedy": error.remedy if isinstance(error, Unavailable) else "",
    }


def error_from_json(data: Mapping[str, Any]) -> PhototagdError:
    """The error back; an unknown kind is a plain one."""
    message = str(data.get("message") or "the daemon failed and did not say why")
    kind = _KINDS.get(str(data.get("kind")), PhototagdError)
    if kind is Unavailable:
        return Unavailable(message, remedy=str(data.get("remedy", "")))
    return kind(message)
