"""Whose fault a refusal is: from a server's catalogue of texts to an error of the house; pure.

A refusal (413) of the whole request by a proxy counts against the photo, not the world: a
small canary picture would pass, the breaker would close, and one photo would block the queue
for ever. It is dead with the reason, and can be retried when the proxy is set right.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from phototagd.adapters.http_exchange.refusal import Refusal
from phototagd.domain.errors import PhototagdError, ProcessKilled, Unavailable, Unreadable
from phototagd.rules.asking.models import DEFAULT_NUM_CTX

_GATEWAY = frozenset({502, 503, 504})  # a proxy speaks of the server, not it of its engine


class Fault(Enum):
    """Whose fault an error is."""

    WORLD = auto()  # passes by itself: the server is busy, restarting, overloaded
    SETUP = auto()  # the server lives, but somebody must change something
    PICTURE = auto()  # this picture, for ever
    SUSPECT = auto()  # a process died: perhaps the picture, perhaps the world


@dataclass(frozen=True, slots=True)
class Row:
    """One known text; `remedy` may name the model as `{model}`."""

    pattern: re.Pattern[str]
    fault: Fault
    remedy: str = ""


def row(pattern: str, fault: Fault, remedy: str = "") -> Row:
    """A row whose pattern is found anywhere in a text, in any case."""
    return Row(re.compile(pattern, re.IGNORECASE | re.DOTALL), fault, remedy)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What a kind of server says when something is wrong.

    `rows` are tried from the top; the first whose pattern is found in the unwrapped text
    decides. `overflows` are texts of a prompt too long for the context, with the groups
    `available` and, where the server says it, `needed`; `raise_context` is their remedy and
    may name `{tokens}`. `by_status` has the remedies of texts that are not known.
    """

    rows: tuple[Row, ...]
    overflows: tuple[re.Pattern[str], ...]
    raise_context: str
    server_log: str
    by_status: Mapping[int, str]

    def lookup(self, text: str) -> Row | None:
        """The first row whose text this is, if it is known."""
        return next((known for known in self.rows if known.pattern.search(text)), None)


def blame(
    catalogue: Catalogue, refusal: Refusal, *, model: str, about_photo: bool
) -> PhototagdError:
    """The error of the house for a refusal.

    `about_photo` is False for requests that carry no picture (loading, checking): nothing can
    be a photo's fault there, so everything is Unavailable.
    """
    error = _classify(catalogue, refusal, model)
    if about_photo or isinstance(error, Unavailable):
        return error
    return Unavailable(str(error), remedy=catalogue.server_log, alive=True)


def _classify(catalogue: Catalogue, refusal: Refusal, model: str) -> PhototagdError:
    for pattern in catalogue.overflows:
        if (overflow := pattern.search(refusal.text)) is not None:
            return _too_long(
                catalogue, refusal, {k: int(v) for k, v in overflow.groupdict().items()}
            )
    known = catalogue.lookup(refusal.text)
    if known is None or (known.fault is Fault.SUSPECT and refusal.status in _GATEWAY):
        return _by_status(catalogue, refusal)
    match known.fault:
        case Fault.WORLD:
            return Unavailable(refusal.message, retry_after=refusal.retry_after)
        case Fault.SETUP:
            remedy = known.remedy.format(model=model)
            return Unavailable(refusal.message, remedy=remedy, alive=True)
        case Fault.PICTURE:
            return Unreadable(refusal.message)
        case Fault.SUSPECT:
            return ProcessKilled(refusal.message)


def _by_status(catalogue: Catalogue, refusal: Refusal) -> PhototagdError:
    message = refusal.message
    match refusal.status:
        case 401 | 403 | 404 | 405 | 410:
            remedy = catalogue.by_status.get(refusal.status, catalogue.server_log)
            return Unavailable(message, remedy=remedy, alive=True)
        case 413:
            return Unreadable(f"{message}; raise the proxy's limit for request bodies")
        case 408 | 429 | 499 | 502 | 503 | 504:
            return Unavailable(message, retry_after=refusal.retry_after)
        case _:
            # Unknown trouble while a photo was asked about: the canary will tell.
            return ProcessKilled(message)


def _too_long(catalogue: Catalogue, refusal: Refusal, tokens: Mapping[str, int]) -> PhototagdError:
    """A small context is a wrong setting; a large one that overflows is a strange photo."""
    if tokens["available"] >= DEFAULT_NUM_CTX:
        return Unreadable(refusal.message)
    wanted = max(tokens.get("needed", 0), DEFAULT_NUM_CTX)
    return Unavailable(
        refusal.message, remedy=catalogue.raise_context.format(tokens=wanted), alive=True
    )
