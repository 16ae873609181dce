"""A question as a chat completion, and the completion as a finished reply; pure.

HTTP 200 is no success: an answer counts only with `finish_reason` "stop" and words in it.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from typing import Any

from phototagd.adapters.http_exchange import Refusal, Refused, unwrap
from phototagd.domain.errors import BadReply, Unavailable
from phototagd.domain.tagging import Question, Reply
from phototagd.rules.asking.models import RELOAD_OPTIONS

MAX_ANSWER_BYTES = 8_000_000
_MILLISECONDS = 1e3
_OLLAMA_NAMES = frozenset({"num_predict", "repeat_penalty", "repeat_last_n", "num_keep"})
_REASONING = ("reasoning_content", "reasoning")


def request_for(
    question: Question, model: str, extra_body: Mapping[str, object]
) -> dict[str, object]:
    """The body of a request, of what all servers know; `extra_body` has the last word.

    Models that think are told not to, in the way of llama-server, vLLM and SGLang; chat
    templates that know no such switch ignore it. A repeat penalty, which only some servers
    know, becomes the frequency penalty, which all do.
    """
    options = dict(question.options)
    body: dict[str, object] = {
        "model": model,
        "messages": [
            {"role": "system", "content": question.system},
            {"role": "user", "content": _user(question)},
        ],
        "stream": False,
        "max_tokens": options.get("num_predict", 500),
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "photo", "strict": True, "schema": question.schema},
        },
        "chat_template_kwargs": {"enable_thinking": False},
        **{k: v for k, v in options.items() if k not in _OLLAMA_NAMES | RELOAD_OPTIONS},
    }
    penalty = options.get("repeat_penalty")
    if isinstance(penalty, int | float) and penalty > 1 and "repeat_penalty" not in extra_body:
        body["frequency_penalty"] = round(penalty - 1, 3)
    return {**body, **extra_body}


def read_object(chunks: Iterable[bytes]) -> dict[str, Any]:
    """A body that is one JSON object.

    Raises Refused for an error inside a good status, BadReply for what breaks off, and
    Unavailable for what is no JSON at all.
    """
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            raise BadReply("the answer does not end")
    try:
        value = json.loads(body)
    except ValueError:
        if body.lstrip().startswith(b"{"):
            raise BadReply("the answer broke off") from None
        raise other_server() from None
    if not isinstance(value, dict):
        raise other_server()
    if value.get("error"):
        raise Refused(Refusal(200, unwrap(json.dumps(value))))
    return value


def read_reply(chunks: Iterable[bytes]) -> Reply:
    """The finished answer; BadReply when it was cut, is empty, or does not say that it ended.

    Durations are there only when the server tells them, as llama-server does.
    """
    completion = read_object(chunks)
    choices = completion.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise BadReply("the answer has no choices")
    reason = choices[0].get("finish_reason")
    if reason == "length":
        raise BadReply("the answer was cut: it reached the limit of tokens")
    if reason != "stop":
        raise BadReply(f"the answer ended with {reason or 'no reason'}")
    message = choices[0].get("message") or {}
    content = message.get("content") or ""
    thinking = next((message[key] for key in _REASONING if message.get(key)), "")
    if not content.strip() and not thinking.strip():
        raise BadReply("the answer is empty")
    usage, timings = completion.get("usage") or {}, completion.get("timings") or {}
    return Reply(
        content=content,
        thinking=thinking,
        prompt_tokens=int(usage.get("prompt_tokens") or 0),
        answer_tokens=int(usage.get("completion_tokens") or 0),
        prompt_seconds=timings.get("prompt_ms", 0) / _MILLISECONDS,
        answer_seconds=timings.get("predicted_ms", 0) / _MILLISECONDS,
    )


def other_server() -> Unavailable:
    """Somebody else listens at the address."""
    return Unavailable(
        "what answers is no OpenAI-compatible server", remedy="check the url", alive=True
    )


def _user(question: Question) -> list[dict[str, object]]:
    picture = base64.b64encode(question.image).decode("ascii")
    return [
        {"type": "text", "text": question.user},
        {"type": "image_url", "image_url": {"url": f"data:image/jpeg;base64,{picture}"}},
    ]
