"""From a status and a body to an error of the house; pure.

A refusal (413) of the whole request by a proxy counts against the photo, not the world: a
small canary picture would pass, the breaker would close, and one photo would block the queue
for ever. It is dead with the reason, and can be retried when the proxy is set right.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from phototagd.adapters.ollama.catalogue import Fault, lookup
from phototagd.domain.errors import PhototagdError, ProcessKilled, Unavailable, Unreadable
from phototagd.rules.models import DEFAULT_NUM_CTX

_LONGEST = 300
_GATEWAY = frozenset({502, 503, 504})  # a proxy speaks of Ollama, not Ollama of its engine
_CONTEXT = re.compile(r"request \((\d+) tokens\) exceeds the available context size \((\d+)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error as the server sent it; `text` is unwrapped, `status` 200 inside a stream."""

    status: int
    text: str
    retry_after: float | None = None


def unwrap(body: str) -> str:
    """The sentence inside an error body: JSON, JSON nested in JSON, or plain text.

    llama-server's errors arrive as JSON text inside Ollama's `error`, sometimes with more
    lines behind them.
    """
    text = body.strip()
    for _ in range(4):
        try:
            value, end = json.JSONDecoder().raw_decode(text)
        except ValueError:
            break
        inner = value.get("error", value.get("message")) if isinstance(value, dict) else value
        rest = text[end:].strip()
        if isinstance(inner, dict):
            inner = json.dumps(inner)
        if not isinstance(inner, str):
            break
        text = f"{inner.strip()}\n{rest}" if rest else inner.strip()
    return text


def error_for(refusal: Refusal, *, model: str, about_photo: bool) -> PhototagdError:
    """The error of the house for a refusal.

    `about_photo` is False for requests that carry no picture (loading, checking): nothing can
    be a photo's fault there, so everything is Unavailable.
    """
    error = _classify(refusal, model)
    if about_photo or isinstance(error, Unavailable):
        return error
    return Unavailable(str(error), remedy="see the log of the Ollama server", alive=True)


def retry_after_seconds(header: str | None, now: datetime) -> float | None:
    """Seconds to wait from a Retry-After header (RFC 9110 section 10.2.3), if it is readable."""
    if not header:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())


def _classify(refusal: Refusal, model: str) -> PhototagdError:
    message = _message(refusal)
    if (context := _CONTEXT.search(refusal.text)) is not None:
        return _too_long(message, needed=int(context[1]), available=int(context[2]))
    row = lookup(refusal.text)
    if row is None or (row.fault is Fault.SUSPECT and refusal.status in _GATEWAY):
        return _by_status(refusal, message)
    match row.fault:
        case Fault.WORLD:
            return Unavailable(message, retry_after=refusal.retry_after)
        case Fault.SETUP:
            return Unavailable(message, remedy=row.remedy.format(model=model), alive=True)
        case Fault.PICTURE:
            return Unreadable(message)
        case Fault.SUSPECT:
            return ProcessKilled(message)


def _by_status(refusal: Refusal, message: str) -> PhototagdError:
    match refusal.status:
        case 401:
            return Unavailable(message, remedy="put user:password into [model] url", alive=True)
        case 403:
            remedy = "start Ollama with OLLAMA_HOST=0.0.0.0, or use the address it listens on"
            return Unavailable(message, remedy=remedy, alive=True)
        case 404 | 405 | 410:
            remedy = "check [model] url and name: this is not the API of Ollama"
            return Unavailable(message, remedy=remedy, alive=True)
        case 413:
            return Unreadable(f"{message}; raise the proxy's limit for request bodies")
        case 408 | 429 | 499 | 502 | 503 | 504:
            return Unavailable(message, retry_after=refusal.retry_after)
        case _:
            # Unknown trouble while a photo was asked about: the canary will tell.
            return ProcessKilled(message)


def _too_long(message: str, *, needed: int, available: int) -> PhototagdError:
    """A small context is a wrong setting; a large one that overflows is a strange photo."""
    if available >= DEFAULT_NUM_CTX:
        return Unreadable(message)
    return Unavailable(message, remedy=_raise_context(max(needed, DEFAULT_NUM_CTX)), alive=True)


def _raise_context(tokens: int) -> str:
    return f"set num_ctx in [model] options to {tokens} or more"


def _message(refusal: Refusal) -> str:
    """One line that is the same for the same trouble: no ports, no markup."""
    text = refusal.text
    if re.match(r"\s*<", text):
        text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL)
    text = re.sub(r"(127\.0\.0\.1|\[::1\]|localhost):\d+", r"\1", " ".join(text.split()))
    if refusal.status != 200:  # noqa: PLR2004 - HTTP
        text = f"{text} (HTTP {refusal.status})" if text else f"HTTP {refusal.status}"
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
