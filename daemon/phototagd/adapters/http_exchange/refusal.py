"""An error as a server sent it, and its text freed from wrappings; pure."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 300
_OK = 200


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error as the server sent it; `text` is unwrapped, `status` 200 inside a good answer."""

    status: int
    text: str
    retry_after: float | None = None

    @property
    def message(self) -> str:
        """One line that is the same for the same trouble: no ports, no markup."""
        text = self.text
        if re.match(r"\s*<", text):
            text = re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.DOTALL)
        text = re.sub(r"(127\.0\.0\.1|\[::1\]|localhost):\d+", r"\1", " ".join(text.split()))
        if self.status != _OK:
            text = f"{text} (HTTP {self.status})" if text else f"HTTP {self.status}"
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


class Refused(Exception):
    """The server answered with an error, by its status or inside an answer that began well."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.text)
        self.refusal = refusal


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
