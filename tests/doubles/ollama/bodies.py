"""Error bodies as servers send them, kept apart from code in bodies.json."""

import json
from dataclasses import dataclass, field
from pathlib import Path

_RECORDED = json.loads(Path(__file__).with_name("bodies.json").read_text())
NAMES = tuple(_RECORDED)


@dataclass(frozen=True)
class Body:
    """One whole error answer."""

    status: int
    content: bytes
    content_type: str = "application/json; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


class Refuse(Exception):
    """End the request with this body."""

    def __init__(self, body: Body) -> None:
        super().__init__(body.content.decode())
        self.body = body


def text_of(name: str, **values: object) -> str:
    """The `error` text of a recorded body, with its `{placeholders}` filled in."""
    text: str = _RECORDED[name]["error"]
    for key, value in values.items():
        text = text.replace("{" + key + "}", str(value))
    return text


def body(name: str, **values: object) -> Body:
    """A recorded body."""
    recorded = _RECORDED[name]
    retry_after = recorded.get("retry_after")
    headers = {"Retry-After": retry_after} if retry_after else {}
    if "raw" in recorded:
        kind = "text/html" if recorded["raw"].startswith("<") else "text/plain"
        return Body(recorded["status"], recorded["raw"].encode(), kind, headers)
    answer = {"error": text_of(name, **values)}
    if "signin_url" in recorded:
        answer["signin_url"] = recorded["signin_url"]
    return Body(recorded["status"], json.dumps(answer).encode(), headers=headers)


def refuse(name: str, **values: object) -> Refuse:
    """The exception that ends a request with a recorded body."""
    return Refuse(body(name, **values))
