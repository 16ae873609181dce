"""Questions to a vision model on an Ollama server."""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import httpx

from phototagd.adapters.http_exchange import Transport
from phototagd.adapters.ollama import checking
from phototagd.adapters.ollama.catalogue import error_for
from phototagd.adapters.ollama.stream import not_ollama, read_loaded, read_reply
from phototagd.domain.engine import EngineFacts, EngineMemory, LoadedModel
from phototagd.domain.errors import ProcessKilled, Unavailable
from phototagd.domain.tagging import Question, Reply
from phototagd.ports import Clock
from phototagd.rules.asking.models import DEFAULT_NUM_CTX, RELOAD_OPTIONS, is_cloud_name

_PROBE_SECONDS = 5.0
_CHECK_SECONDS = 20.0
_MEMORY_SECONDS = 2.0
_STILL_LOADED_SECONDS = 5.0
"""So soon after an answer the model is taken to be loaded still."""


class OllamaCaptioner:
    """One model on one Ollama server; keeps the `Captioner` contract.

    Every request about the model carries the same load options, or the server would load it
    anew. Before a question the model is loaded if it is not, under its own long limit: a
    question cut during a load aborts the load, and the next one would start it again, for ever.
    Only a question that follows an answer within seconds goes without; after one that failed,
    the next one asks for the model again.

    Args:
        url: `http://[user:password@]host:port`; ConfigError when it is none.
        model: The name as `ollama list` shows it.
        keep_alive: How long the server keeps the model loaded: a Go duration such as "30m", or
            seconds as a number, negative for ever.
        timeout_seconds: Wall clock for one photo, all retries included.
        load_timeout_seconds: Wall clock for loading the model.
        allow_cloud: Whether a model on somebody else's machine may see photos.
        clock: Measures the limits, and waits between retries.
        num_ctx: Context length in tokens.
        load_options: Further options that belong to loading (`rules.models.RELOAD_OPTIONS`).
        http: What carries requests, for tests.
    """

    def __init__(
        self,
        *,
        url: str,
        model: str,
        keep_alive: str | int,
        timeout_seconds: float,
        load_timeout_seconds: float,
        allow_cloud: bool,
        clock: Clock,
        num_ctx: int = DEFAULT_NUM_CTX,
        load_options: Mapping[str, object] | None = None,
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
        self._keep_alive = keep_alive
        self._timeout_seconds = timeout_seconds
        self._load_timeout_seconds = load_timeout_seconds
        self._allow_cloud = allow_cloud
        self._load_options = {**(load_options or {}), "num_ctx": num_ctx}
        self._clock = clock
        self._loaded_until = clock.monotonic()

    @property
    def name(self) -> str:
        """The endpoint for logs: its URL without credentials."""
        return self._transport.name

    def probe(self) -> str:
        """The server's version, quickly; answers even while a model loads."""
        answer = self._read("GET", "/api/version", seconds=_PROBE_SECONDS)
        if not isinstance(answer.get("version"), str):
            raise not_ollama()
        return str(answer["version"])

    def check(self) -> EngineFacts:
        """Version, model, digest, vision; refuses a missing, blind or cloud model."""
        version = self.probe()
        try:
            show = self._read("POST", "/api/show", body={"model": self._model})
        except Unavailable as error:
            raise checking.advised(error, self._model, version) from error
        return checking.facts_of(
            model=self._model,
            version=version,
            tags=self._read("GET", "/api/tags"),
            show=show,
            allow_cloud=self._allow_cloud,
        )

    def preload(self) -> None:
        """Load the model and wait for it, at most for the load's own limit."""
        self._load(self._keep_alive)

    def unload(self) -> None:
        """Have the server free the model's memory once it is idle."""
        self._loaded_until = self._clock.monotonic()
        self._load(0)

    def ask(self, question: Question) -> Reply:
        """One finished answer within the time limit; loading does not count.

        Raises BadReply, Unreadable and Unavailable as the port says. No answer in time is
        ProcessKilled: the server may hang over this photo, and a canary will tell.
        """
        if not self._allow_cloud and is_cloud_name(self._model):
            raise checking.refuse_cloud(self._model)
        if self._clock.monotonic() >= self._loaded_until:
            self.preload()
        self._loaded_until = self._clock.monotonic()
        reply = self._transport.exchange(
            "POST",
            "/api/chat",
            read_reply,
            body=self._chat(question),
            seconds=self._timeout_seconds,
            about_photo=True,
            late=lambda: ProcessKilled(f"no answer within {self._timeout_seconds:g} s"),
        )
        self._loaded_until = self._clock.monotonic() + _STILL_LOADED_SECONDS
        return reply

    def memory(self) -> EngineMemory | None:
        """What the loaded model occupies; None when nothing is loaded, or while it loads.

        The server does not answer this question during a load.
        """
        ours = [model.memory for model in self.loaded() or () if model.is_ours]
        return ours[0] if ours else None

    def loaded(self) -> list[LoadedModel] | None:
        """Every model in the server's memory; None while it loads one and does not say."""
        try:
            listing = self._read("GET", "/api/ps", seconds=_MEMORY_SECONDS)
        except _NoAnswer:
            return None
        return checking.loaded_of(listing, self._model)

    def close(self) -> None:
        """Abandon the request in flight, if any, and close connections."""
        self._transport.close()

    def _load(self, keep_alive: str | int) -> None:
        seconds = self._load_timeout_seconds
        self._transport.exchange(
            "POST",
            "/api/chat",
            read_loaded,
            body=self._common(keep_alive, messages=[], options=self._load_options),
            seconds=seconds,
            late=lambda: Unavailable(
                f"{self._model} did not load within {seconds:g} s",
                remedy="take a smaller model, or see the log of the Ollama server",
                alive=True,
            ),
        )

    def _chat(self, question: Question) -> dict[str, object]:
        """The request for one photo; constants go first, so the server can cache them."""
        decoding = {k: v for k, v in question.options.items() if k not in RELOAD_OPTIONS}
        picture = base64.b64encode(question.image).decode("ascii")
        messages: list[dict[str, object]] = [
            {"role": "system", "content": question.system},
            {"role": "user", "content": question.user, "images": [picture]},
        ]
        return {
            **self._common(
                self._keep_alive, messages=messages, options={**decoding, **self._load_options}
            ),
            "think": False,
            "format": question.schema,
        }

    def _common(
        self,
        keep_alive: str | int,
        *,
        messages: Sequence[Mapping[str, object]],
        options: Mapping[str, object],
    ) -> dict[str, object]:
        return {
            "model": self._model,
            "messages": messages,
            "stream": True,
            "keep_alive": keep_alive,
            "options": options,
        }

    def _read(
        self,
        method: str,
        path: str,
        *,
        seconds: float = _CHECK_SECONDS,
        body: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        return self._transport.exchange(
            method, path, _whole_object, seconds=seconds, body=body, late=_NoAnswer
        )


class _NoAnswer(Unavailable):
    """The model server accepts connections but does not answer."""


def _whole_object(chunks: Iterable[bytes]) -> dict[str, Any]:
    """A body that is one JSON object."""
    try:
        value = json.loads(b"".join(chunks))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise not_ollama()
    return value
