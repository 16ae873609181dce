"""Reading /api/chat requests with Ollama's strictness."""

import json
import re
from dataclasses import dataclass
from typing import Any

from doubles.ollama.bodies import refuse
from doubles.ollama.pictures import decode_base64

_INTEGERS = {
    "num_ctx", "num_batch", "num_gpu", "main_gpu", "num_thread", "num_keep", "seed",
    "num_predict", "top_k", "repeat_last_n", "draft_num_predict",
}  # fmt: skip
_FLOATS = {
    "temperature", "top_p", "min_p", "typical_p", "repeat_penalty", "presence_penalty",
    "frequency_penalty",
}  # fmt: skip
_UNITS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True)
class Chat:
    """A request for an answer; `schema` is None without one."""

    model: str
    system: str
    user: str
    images: tuple[bytes, ...]
    is_load_only: bool
    stream: bool
    think: object
    schema: dict[str, Any] | None
    is_free_json: bool
    options: dict[str, object]
    keep_alive: float
    shift: bool

    @property
    def seed(self) -> int:
        return int(str(self.options.get("seed", 0)))


def read_chat(raw: bytes) -> Chat:
    """The request, or the refusal that Ollama gives."""
    if not raw:
        raise refuse("missing-body")
    try:
        body = json.loads(raw)
    except ValueError:
        raise refuse("malformed") from None
    messages = body.get("messages") or []
    if not body.get("model"):
        raise refuse("model-required")
    schema, is_free_json = _format(body.get("format"))
    options = body.get("options") or {}
    _check_options(options)
    return Chat(
        model=body["model"],
        system="\n".join(m.get("content", "") for m in messages if m.get("role") == "system"),
        user="\n".join(m.get("content", "") for m in messages if m.get("role") == "user"),
        images=tuple(decode_base64(i) for m in messages for i in m.get("images") or []),
        is_load_only=not messages,
        stream=body.get("stream") is not False,
        think=body.get("think"),
        schema=schema,
        is_free_json=is_free_json,
        options=options,
        keep_alive=seconds_of(body.get("keep_alive")),
        shift=body.get("shift") is not False,
    )


def _format(value: object) -> tuple[dict[str, Any] | None, bool]:
    if value in (None, ""):
        return None, False
    if value == "json":
        return None, True
    if isinstance(value, dict):
        return value, False
    raise refuse("bad-format", format=json.dumps(value))


def _check_options(options: dict[str, object]) -> None:
    for name, value in options.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if name in _INTEGERS and not (is_number and float(str(value)).is_integer()):
            raise refuse("bad-option", option=name, type="integer")
        if name in _FLOATS and not is_number:
            raise refuse("bad-option", option=name, type="float32")


def seconds_of(value: object) -> float:
    """How long a model stays loaded, from a Go duration or a number of seconds."""
    if value is None:
        return 300.0
    if isinstance(value, int | float):
        return float(value)
    text = str(value)
    parts = re.findall(r"([\d.]+)(ns|us|µs|ms|s|m|h)", text)
    if not parts or re.fullmatch(r"-?([\d.]+(ns|us|µs|ms|s|m|h))+", text) is None:
        raise refuse("bad-keep-alive", text=text)
    seconds = sum(float(number) * _UNITS[unit] for number, unit in parts)
    return -seconds if text.startswith("-") else seconds
