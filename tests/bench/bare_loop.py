"""The fastest client there can be: requests made beforehand, one connection, nothing else."""

import http.client
import json
import os
from collections.abc import Sequence
from pathlib import Path

from doubles.profiles import style as style_of
from phototagd.adapters.clock import SystemClock
from phototagd.adapters.images import ProcessPhotoReader
from phototagd.adapters.ollama.captioner import OllamaCaptioner
from phototagd.rules.answers.prompting import question_for, recipe_for

MODEL = "qwen3-vl:4b-instruct"


def ready_requests(url: str, photos: Sequence[Path]) -> list[bytes]:
    """The bodies that the daemon would send for these photos."""
    captioner = OllamaCaptioner(
        url=url,
        model=MODEL,
        keep_alive="30m",
        timeout_seconds=300,
        load_timeout_seconds=300,
        allow_cloud=False,
        clock=SystemClock(),
    )
    style = style_of(language="en")
    recipe = recipe_for(style, MODEL, "digest")
    reader = ProcessPhotoReader()
    bodies = []
    for photo in photos:
        prepared = reader.prepare(os.fsencode(photo), long_side=style.image_long_side)
        question = question_for(recipe, style, 1, prepared.jpeg)
        bodies.append(json.dumps(captioner._chat(question)).encode())
    reader.close()
    captioner.close()
    return bodies


def post(port: int, bodies: Sequence[bytes]) -> None:
    """One after the other, each read to its end."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for body in bodies:
        connection.request("POST", "/api/chat", body, {"Content-Type": "application/json"})
        assert b'"done": true' in connection.getresponse().read()
    connection.close()
