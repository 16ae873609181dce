"""Vectors from an embedding model on an Ollama server."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import httpx

from phototagd.adapters.http_exchange import Transport
from phototagd.adapters.ollama import checking
from phototagd.adapters.ollama.catalogue import error_for
from phototagd.adapters.ollama.stream import not_ollama
from phototagd.domain.errors import Unavailable
from phototagd.domain.meaning import Vector
from phototagd.ports import Clock
from phototagd.rules.asking.models import is_cloud_name
from phototagd.rules.meaning.vectors import vectors_in


class OllamaEmbedder:
    """One embedding model on one Ollama server; keeps the `Embedder` contract.

    The server answers for all texts or for none: one it cannot do fails the whole request, with
    status 400 as for a mistake of ours, even where the model's process crashed.

    Args:
        url: `http://[user:password@]host:port`; ConfigError when it is none.
        model: The name as `ollama list` shows it.
        dimensions: How many numbers a vector is cut to; 0 leaves all that the model makes.
        keep_alive: How long the server keeps the model loaded, as a Go duration.
        timeout_seconds: Wall clock for one request, loading and retries included.
        allow_cloud: Whether a model on somebody else's machine may read the words.
        clock: Measures the limits, and waits between retries.
        http: What carries requests, for tests.
    """

    def __init__(
        self,
        *,
        url: str,
        model: str,
        dimensions: int,
        keep_alive: str,
        timeout_seconds: float,
        allow_cloud: bool,
        clock: Clock,
        http: httpx.BaseTransport | None = None,
    ) -> None:
        self._transport = Transport(
            url=url,
            model=model,
            judge=error_for,
            when_away="start Ollama: ollama serve",
            clock=clock,
            http=http,
        )
        self._model = model
        self._timeout_seconds = timeout_seconds
        self._allow_cloud = allow_cloud
        self._common: dict[str, object] = {
            "model": model,
            "truncate": True,
            "keep_alive": keep_alive,
            **({"dimensions": dimensions} if dimensions else {}),
        }

    @property
    def name(self) -> str:
        """The endpoint for logs: its URL without credentials."""
        return self._transport.name

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text."""
        if not self._allow_cloud and is_cloud_name(self._model):
            raise checking.refuse_cloud(self._model)
        answer = self._transport.exchange(
            "POST",
            "/api/embed",
            _whole_object,
            body={**self._common, "input": list(texts)},
            seconds=self._timeout_seconds,
            about_photo=True,
            late=lambda: Unavailable(
                f"{self._model} gave no vectors within {self._timeout_seconds:g} s"
            ),
        )
        return list(vectors_in(answer.get("embeddings"), len(texts)))

    def close(self) -> None:
        """Abandon the requests in flight, and close connections."""
        self._transport.close()


def _whole_object(chunks: Iterable[bytes]) -> dict[str, Any]:
    try:
        value = json.loads(b"".join(chunks))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise not_ollama()
    return value
