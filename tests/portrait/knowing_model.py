"""An Ollama that knows the album: it recognizes each picture and says the words that fit it."""

import io
import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

from doubles.ollama import Fault, OllamaDouble
from doubles.ollama.chat import Answering, Line
from doubles.ollama.engine import Runner
from doubles.ollama.faults import Recorded, Say
from doubles.ollama.request import Chat

_SMALL = (12, 12)


class KnowingModel(OllamaDouble):
    """The double of Ollama, with an embedding model too."""

    def __init__(self) -> None:
        super().__init__(models=["qwen3-vl:4b-instruct", "embeddinggemma"])
        self._knowing = _Knowing(profile=self.profile, engine=self.engine, seconds_per_answer=0.0)
        self.answering = self._knowing

    def learn(self, image: Image.Image, words: dict[str, Any]) -> None:
        """Say these words when this picture comes, at any size."""
        self._knowing.known.append((_signature(image), json.dumps(words)))


class _Knowing(Answering):
    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self.known: list[tuple[np.ndarray, str]] = []

    def answer(
        self, runner: Runner, chat: Chat, fault: Fault | Recorded | Say | None, line: Line
    ) -> Iterator[dict[str, Any]]:
        with Image.open(io.BytesIO(chat.images[0])) as image:
            seen = _signature(image)
        _, words = min(self.known, key=lambda one: float(np.abs(one[0] - seen).sum()))
        yield from super().answer(runner, chat, fault or Say(words), line)


def _signature(image: Image.Image) -> np.ndarray:
    small = image.convert("RGB").resize(_SMALL, Image.Resampling.BOX)
    return np.asarray(small, np.float32)
