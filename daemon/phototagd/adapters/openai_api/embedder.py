"""Vectors from an embedding model behind an OpenAI-compatible server."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from phototagd.adapters.http_exchange import Transport
from phototagd.adapters.openai_api.captioner import Resolve, addresses_of
from phototagd.adapters.openai_api.catalogue import error_for
from phototagd.adapters.openai_api.completion import read_object
from phototagd.domain.errors import Unavailable
from phototagd.domain.meaning import Vector
from phototagd.ports import Clock
from phototagd.rules.meaning.vectors import in_order, vectors_in
from phototagd.rules.service.household import is_in_house


class OpenAiEmbedder:
    """One embedding model on one OpenAI-compatible server; keeps the `Embedder` contract.

    Args:
        url: `http://[:key@]host:port`, with or without `/v1`; ConfigError when it is none.
        model: The name as the server's `/v1/models` spells it.
        dimensions: How many numbers a vector is cut to; 0 leaves all that the model makes.
        timeout_seconds: Wall clock for one request, retries included.
        allow_cloud: Whether a server with public addresses alone may read the words.
        clock: Measures the limits, and waits between retries.
        resolve: Finds the server's addresses.
        http: What carries requests, for tests.
    """

    def __init__(
        self,
        *,
        url: str,
        model: str,
        dimensions: int,
        timeout_seconds: float,
        allow_cloud: bool,
        clock: Clock,
        resolve: Resolve = addresses_of,
        http: httpx.BaseTransport | None = None,
    ) -> None:
        self._transport = Transport(
            url=re.sub(r"/v1/?$", "", url),
            model=model,
            judge=error_for,
            when_away="start the embedding server",
            clock=clock,
            http=http,
        )
        address = urlsplit(self._transport.name)
        self._host = address.hostname or ""
        self._port = address.port or (443 if address.scheme == "https" else 80)
        self._timeout_seconds = timeout_seconds
        self._resolve = resolve
        self._is_cleared = allow_cloud
        self._common: dict[str, object] = {
            "model": model,
            "encoding_format": "float",
            **({"dimensions": dimensions} if dimensions else {}),
        }

    @property
    def name(self) -> str:
        """The endpoint for logs: its URL without credentials."""
        return self._transport.name

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text."""
        self._stay_in_house()
        answer = self._transport.exchange(
            "POST",
            "/v1/embeddings",
            read_object,
            body={**self._common, "input": list(texts)},
            seconds=self._timeout_seconds,
            about_photo=True,
            late=lambda: Unavailable(
                f"the embedding server gave no vectors within {self._timeout_seconds:g} s"
            ),
        )
        return list(vectors_in(in_order(answer.get("data")), len(texts)))

    def close(self) -> None:
        """Abandon the requests in flight, and close connections."""
        self._transport.close()

    def _stay_in_house(self) -> None:
        if self._is_cleared:
            return
        try:
            addresses = self._resolve(self._host, self._port)
        except OSError as error:
            raise Unavailable(
                f"no address is known for {self._host}", remedy="check [search] embedding_url"
            ) from error
        if not is_in_house(addresses):
            raise Unavailable(
                f"{self._host} is on the internet: words about photos would leave the house",
                remedy="take a server of your own, or allow cloud models in [model]",
                alive=True,
            )
        self._is_cleared = True
