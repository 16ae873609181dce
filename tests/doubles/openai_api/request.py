"""Reading /v1/chat/completions requests, strictly."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any

from doubles.ollama.bodies import Refuse
from doubles.openai_api.faults import body

_DATA_URL = "data:image/jpeg;base64,"


@dataclass(frozen=True)
class Chat:
    """What was asked."""

    model: str
    system: str
    user: str
    image: bytes
    schema: dict[str, Any] | None
    max_tokens: int
    seed: int


def read_chat(raw: bytes) -> Chat:
    """The request, or a refusal."""
    asked = json.loads(raw)
    system, user = asked["messages"]
    if system["role"] != "system" or user["role"] != "user":
        raise Refuse(body("bad-field"))
    text, picture = user["content"]
    if not isinstance(asked["max_tokens"], int):
        raise Refuse(body("bad-field"))
    form = asked.get("response_format") or {}
    is_forced = form.get("type") == "json_schema"
    return Chat(
        model=asked["model"],
        system=system["content"],
        user=text["text"],
        image=_image(picture["image_url"]["url"]),
        schema=form["json_schema"]["schema"] if is_forced else None,
        max_tokens=asked["max_tokens"],
        seed=asked.get("seed", 0),
    )


def _image(url: str) -> bytes:
    if not url.startswith(_DATA_URL):
        raise Refuse(body("undecodable"))
    try:
        return base64.b64decode(url.removeprefix(_DATA_URL), validate=True)
    except binascii.Error:
        raise Refuse(body("undecodable")) from None
