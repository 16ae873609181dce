"""Questions to a vision model behind an OpenAI-compatible server."""

import re
import socket
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx

from phototagd.adapters.http_exchange import Transport
from phototagd.adapters.openai_api import checking
from phototagd.adapters.openai_api.catalogue import error_for
from phototagd.adapters.openai_api.completion import (
    other_server,
    read_object,
    read_reply,
    request_for,
)
from phototagd.domain.engine import EngineFacts, EngineMemory, LoadedModel
from phototagd.domain.errors import BadReply, ProcessKilled, Unavailable
from phototagd.domain.tagging import Question, Reply
from phototagd.ports import Clock
from phototagd.rules.service.household import is_in_house

_PROBE_SECONDS = 5.0
_CHECK_SECONDS = 20.0
UNKNOWN_VERSION = "unknown version"

T = TypeVar("T")
Resolve = Callable[[str, int], Sequence[str]]


def addresses_of(host: str, port: int) -> list[str]:
    """The IP addresses of a host; OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class OpenAiCaptioner:
    """One model on one OpenAI-compatible server; keeps the `Captioner` contract.

    The server loads its model by itself and keeps it, so there is nothing to preload or to
    unload, and no memory to tell. It may be asked by several threads at once.

    Args:
        url: `http://[:key@]host:port`, with or without `/v1`; ConfigError when it is none.
        model: The name as the server's `/v1/models` spells it.
        timeout_seconds: Wall clock for one photo, all retries included.
        allow_cloud: Whether a server with public addresses alone may see photos.
        clock: Measures the limits, and waits between retries.
        extra_body: Further keys of every request, which replace ours of the same name.
        resolve: Finds the server's addresses.
        http: What carries requests, for tests.
    """

    def __init__(
        self,
        *,
        url: str,
        model: str,
        timeout_seconds: float,
        allow_cloud: bool,
        clock: Clock,
        extra_body: Mapping[str, object] | None = None,
        resolve: Resolve = addresses_of,
        http: httpx.BaseTransport | None = None,
    ) -> None:
        self._transport = Transport(
            url=_without_v1(url),
            model=model,
            judge=error_for,
            when_away="start the model server",
            clock=clock,
            http=http,
        )
        address = urlsplit(self._transport.name)
        self._host = address.hostname or ""
        self._port = address.port or (443 if address.scheme == "https" else 80)
        self._model = model
        self._timeout_seconds = timeout_seconds
        self._allow_cloud = allow_cloud
        self._clock = clock
        self._extra_body = dict(extra_body or {})
        self._resolve = resolve
        self._is_cleared = allow_cloud

    @property
    def name(self) -> str:
        """The endpoint for logs: its URL without credentials."""
        return self._transport.name

    def probe(self) -> str:
        """The server's version where it tells one; while it loads a model it is Unavailable.

        vLLM tells it at /version, llama-server at /props, LM Studio nowhere.
        """
        if self._optional("/health", _ignored) is None:
            self._models(_PROBE_SECONDS)
        for path, key in (("/version", "version"), ("/props", "build_info")):
            said = (self._optional(path, read_object) or {}).get(key)
            if isinstance(said, str) and said:
                return said
        return UNKNOWN_VERSION

    def check(self) -> EngineFacts:
        """Version, model, sight; refuses a model that is not served, is blind, or is far away."""
        is_remote = self._is_remote()
        self._is_cleared = self._allow_cloud or not is_remote
        if not self._is_cleared:
            raise self._refuse_cloud()
        return checking.facts_of(
            model=self._model,
            version=self.probe(),
            models=self._models(_CHECK_SECONDS),
            is_remote=is_remote,
        )

    def preload(self) -> None:
        """Nothing: the server loaded its model when it started, or does so when first asked."""

    def ask(self, question: Question) -> Reply:
        """One finished answer within the time limit.

        Raises BadReply, Unreadable and Unavailable as the port says. No answer in time is
        ProcessKilled: the server may hang over this photo, and a canary will tell.
        """
        if not self._is_cleared:
            self.check()
        began = self._clock.monotonic()
        reply = self._transport.exchange(
            "POST",
            "/v1/chat/completions",
            read_reply,
            body=request_for(question, self._model, self._extra_body),
            seconds=self._timeout_seconds,
            about_photo=True,
            late=lambda: ProcessKilled(f"no answer within {self._timeout_seconds:g} s"),
        )
        total = self._clock.monotonic() - began
        # Where the server counts tokens but no time, ours includes the reading of the picture.
        return replace(reply, total_seconds=total, answer_seconds=reply.answer_seconds or total)

    def memory(self) -> EngineMemory | None:
        """None: no such server tells what its model occupies."""
        return None

    def loaded(self) -> Sequence[LoadedModel]:
        """Nothing is known of other models; these servers keep theirs for good."""
        return ()

    def unload(self) -> None:
        """Nothing: the server keeps its model."""

    def close(self) -> None:
        """Abandon the requests in flight, if any, and close connections."""
        self._transport.close()

    def _models(self, seconds: float) -> dict[str, Any]:
        try:
            models = self._get("/v1/models", read_object, seconds)
        except BadReply as error:
            raise other_server() from error
        if not isinstance(models.get("data"), list):
            raise other_server()
        return models

    def _optional(self, path: str, read: Callable[[Iterable[bytes]], T]) -> T | None:
        """What only some servers serve; None where it is not served."""
        try:
            return self._get(path, read, _PROBE_SECONDS)
        except BadReply:
            return None
        except Unavailable as error:
            if error.alive:
                return None
            raise

    def _get(self, path: str, read: Callable[[Iterable[bytes]], T], seconds: float) -> T:
        return self._transport.exchange(
            "GET",
            path,
            read,
            seconds=seconds,
            late=lambda: Unavailable("the model server accepts connections but does not answer"),
        )

    def _is_remote(self) -> bool:
        try:
            addresses = self._resolve(self._host, self._port)
        except OSError as error:
            raise Unavailable(
                f"no address is known for {self._host}", remedy="check the url, or the network"
            ) from error
        return not is_in_house(addresses)

    def _refuse_cloud(self) -> Unavailable:
        return Unavailable(
            f"{self._host} is on the internet: photos would leave the house",
            remedy="take a server of your own, or allow cloud models in [model]",
            alive=True,
        )


def _without_v1(url: str) -> str:
    """The server's own address, whether or not its API was named too."""
    return re.sub(r"/v1/?$", "", url)


def _ignored(chunks: Iterable[bytes]) -> bool:
    """Any good answer will do."""
    for _ in chunks:
        pass
    return True
