"""POST /api/embed: all texts or none, and every failure of the engine is a 400."""

import json
from collections.abc import Callable
from typing import Any

from doubles.ollama.bodies import refuse
from doubles.ollama.embedding import vector_of
from doubles.ollama.engine import Engine
from doubles.ollama.registry import Model
from doubles.ollama.request import seconds_of

_CONTEXT_WORDS = 2048


class Embedding:
    """Answers for texts; `nan` and `crash` are parts of texts that make the engine fail."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.nan: set[str] = set()
        self.crash: set[str] = set()
        self.texts: list[list[str]] = []

    def answer(
        self,
        raw: bytes,
        model_named: Callable[[str | None], Model],
        is_gone: Callable[[], bool],
    ) -> dict[str, Any]:
        """The body of a good answer; refuses like Ollama."""
        body = json.loads(raw or b"{}")
        model = model_named(body.get("model"))
        texts = _texts(body.get("input"))
        if "embedding" not in model.capabilities:
            raise refuse("no-embeddings")
        keep_alive = seconds_of(body.get("keep_alive", "5m"))
        runner = self._engine.runner(
            model, body.get("options") or {}, shift=True, keep_alive=keep_alive, is_gone=is_gone
        )
        self.texts.append(texts)
        with self._engine.slot(runner, is_gone):
            for text in texts:
                if any(part in text for part in self.crash):
                    self._engine.crash(runner)
                    raise refuse("embed-crash")
                if any(part in text for part in self.nan):
                    raise refuse("embed-nan")
                if not body.get("truncate", True) and len(text.split()) > _CONTEXT_WORDS:
                    raise refuse("embed-too-long")
            dimensions = int(body.get("dimensions") or 0)
            vectors = [vector_of(text, dimensions, model.family) for text in texts]
        return {
            "model": model.name,
            "embeddings": vectors,
            "total_duration": 14_000_000,
            "load_duration": 1_000_000,
            "prompt_eval_count": sum(len(text.split()) for text in texts),
        }


def _texts(given: object) -> list[str]:
    if isinstance(given, str):
        return [given] if given else []
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        raise refuse("embed-input")
    return given
