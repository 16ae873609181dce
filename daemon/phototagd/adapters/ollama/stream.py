"""From the bytes of a streamed answer to one finished reply.

Ollama streams newline-delimited JSON. HTTP 200 is no success: an answer is finished only when
a line says `done` with the reason `stop`; engine errors after the first line either come as an
`error` line or end the stream silently.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from phototagd.adapters.http_exchange import Refusal, Refused, unwrap
from phototagd.domain.errors import BadReply, Unavailable
from phototagd.domain.tagging import Reply

MAX_ANSWER_BYTES = 8_000_000
_NANOSECONDS = 1e9


def lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Complete lines, however the chunks were cut; a last one without newline counts.

    Works on bytes, so a chunk may end inside a character.
    """
    pending = bytearray()
    received = 0
    for chunk in chunks:
        received += len(chunk)
        if received > MAX_ANSWER_BYTES:
            raise BadReply("the answer does not end")
        pending += chunk
        if b"\n" in chunk:
            *complete, rest = pending.split(b"\n")
            pending = bytearray(rest)
            yield from (bytes(line) for line in complete if line.strip())
    if pending.strip():
        yield bytes(pending)


def objects(chunks: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The JSON objects of a stream.

    Raises Refused for an `error` line, BadReply when a line is cut, Unavailable when
    not even the first line is JSON: then it is not Ollama that answers.
    """
    first = True
    for line in lines(chunks):
        try:
            value = json.loads(line)
        except ValueError:
            value = None
        if not isinstance(value, dict):
            if first and not line.lstrip().startswith(b"{"):
                raise not_ollama()
            raise BadReply("the answer broke off inside a line")
        if "error" in value:
            raise Refused(Refusal(200, unwrap(json.dumps(value))))
        first = False
        yield value


def read_reply(chunks: Iterable[bytes]) -> Reply:
    """The finished answer of a chat; BadReply when it was cut, empty or ended silently."""
    content: list[str] = []
    thinking: list[str] = []
    for value in objects(chunks):
        message = value.get("message") or {}
        content.append(message.get("content") or "")
        thinking.append(message.get("thinking") or "")
        if value.get("done") is True:
            return _finished(value, "".join(content), "".join(thinking))
        if "done" in value and not value.get("model"):
            break  # the empty object that Ollama sends when its engine said nothing
    raise BadReply("the answer ended without being finished")


def read_loaded(chunks: Iterable[bytes]) -> None:
    """The end of a request that only loads or unloads; Unavailable when it does not come."""
    if not any(value.get("done") is True for value in objects(chunks)):
        raise Unavailable("the model server did not say that the model is loaded", alive=True)


def not_ollama() -> Unavailable:
    """Somebody else listens at the address."""
    return Unavailable("what answers is not Ollama", remedy="check [model] url", alive=True)


def _finished(last: dict[str, Any], content: str, thinking: str) -> Reply:
    reason = last.get("done_reason") or ""
    if reason == "length":
        raise BadReply("the answer was cut: it reached the limit of tokens")
    if reason != "stop":
        raise BadReply(f"the answer ended with {reason or 'no reason'}")
    if not content.strip() and not thinking.strip():
        raise BadReply("the answer is empty")
    return Reply(
        content=content,
        thinking=thinking,
        prompt_tokens=int(last.get("prompt_eval_count", 0)),
        answer_tokens=int(last.get("eval_count", 0)),
        load_seconds=last.get("load_duration", 0) / _NANOSECONDS,
        prompt_seconds=last.get("prompt_eval_duration", 0) / _NANOSECONDS,
        answer_seconds=last.get("eval_duration", 0) / _NANOSECONDS,
        total_seconds=last.get("total_duration", 0) / _NANOSECONDS,
    )
