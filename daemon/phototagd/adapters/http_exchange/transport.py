"""HTTP to one server: deadlines, cancellation, and retries of what is worth retrying at once.

The one place that asks through httpx and tenacity; every error of theirs becomes one of the house.
"""

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

import httpx
from tenacity import (
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)

from phototagd.adapters.http_exchange.refusal import (
    Refusal,
    Refused,
    retry_after_seconds,
    unwrap,
)
from phototagd.adapters.http_exchange.wire import Cut, Wire, WireCut
from phototagd.domain.errors import ConfigError, PhototagdError, Unavailable
from phototagd.ports import Clock

_CONNECT_SECONDS = 5.0
_TRIES = 3
_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 2.0
_JITTER_SECONDS = 0.3
_MAX_ERROR_BYTES = 64_000
_BUSY = 503

T = TypeVar("T")
HttpErrors = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)


class Judge(Protocol):
    """Knows what the errors of one kind of server mean."""

    def __call__(self, refusal: Refusal, *, model: str, about_photo: bool) -> PhototagdError:
        """The error of the house; only a request about a photo can be a photo's fault."""
        ...


class Transport:
    """Requests to one server, each on a fresh connection.

    A kept connection would be stale after every restart of the server, and costs nothing to
    open next to an inference. Proxies of the environment are not used: photos go where the
    settings say and nowhere else.

    Args:
        url: `http://[user:password@]host:port`; a password without a user is sent as a bearer
            token. ConfigError when it is none.
        model: The model that requests are about, for the judge.
        judge: Says what an error of this server means.
        when_away: What a person can do when nobody answers.
        clock: Measures the limits, and waits between retries.
        http: What carries requests, for tests.
    """

    def __init__(
        self,
        *,
        url: str,
        model: str,
        judge: Judge,
        when_away: str,
        clock: Clock,
        http: httpx.BaseTransport | None = None,
    ) -> None:
        base = _base_url(url)
        self.name = str(base).rstrip("/")
        self._model = model
        self._judge = judge
        self._when_away = when_away
        self._clock = clock
        self._client = httpx.Client(
            base_url=base,
            auth=_credentials(url),
            headers={"Connection": "close", **_token(url)},
            limits=httpx.Limits(max_keepalive_connections=0),
            follow_redirects=False,
            trust_env=False,
            transport=http,
        )
        self._lock = threading.Lock()
        self._wires: set[Wire] = set()
        self._closing = threading.Event()

    def exchange(
        self,
        method: str,
        path: str,
        consume: Callable[[Iterable[bytes]], T],
        *,
        seconds: float,
        body: Mapping[str, object] | None = None,
        about_photo: bool = False,
        late: Callable[[], PhototagdError],
    ) -> T:
        """Send a request and hand the body of its good answer to `consume`.

        Takes at most `seconds` over all retries, else raises what `late` returns. Refusals
        become errors as the judge says; everything that happens to the connection itself is
        Unavailable.
        """
        with self._wire(seconds) as wire:
            try:
                for attempt in self._retrying(wire):
                    with attempt:
                        return self._once(wire, method, path, consume, body)
            except Refused as error:
                raise self._judge(
                    error.refusal, model=self._model, about_photo=about_photo
                ) from error
            except (WireCut, *HttpErrors) as error:
                raise self._translate(error, wire, late) from error
        raise AssertionError("tenacity returns or raises")  # pragma: no cover

    def close(self) -> None:
        """Cut what is in flight; from now on every request is Unavailable. Idempotent."""
        self._closing.set()
        with self._lock:
            wires = list(self._wires)
        for wire in wires:
            wire.abort(Cut.ABANDONED)
        if not wires:
            self._client.close()

    @contextlib.contextmanager
    def _wire(self, seconds: float) -> Iterator[Wire]:
        wire = Wire(seconds=seconds, clock=self._clock)
        with self._lock:
            if self._closing.is_set():
                raise Unavailable("the connection to the model server is closed")
            self._wires.add(wire)
        try:
            with wire:
                yield wire
        finally:
            with self._lock:
                self._wires.discard(wire)
                is_last = not self._wires and self._closing.is_set()
            if is_last:
                self._client.close()

    def _once(
        self,
        wire: Wire,
        method: str,
        path: str,
        consume: Callable[[Iterable[bytes]], T],
        body: Mapping[str, object] | None,
    ) -> T:
        wire.check()
        left = wire.remaining()
        with self._client.stream(
            method,
            path,
            json=body,
            timeout=httpx.Timeout(left, connect=min(left, _CONNECT_SECONDS)),
            extensions={"trace": wire.trace},
        ) as response:
            chunks = wire.watched(response.iter_bytes())
            if response.is_success:
                return consume(chunks)
            text = _bounded(chunks).decode(errors="replace")
            header = response.headers.get("Retry-After")
            pause = retry_after_seconds(header, self._clock.now())
            raise Refused(Refusal(response.status_code, unwrap(text), pause))

    def _retrying(self, wire: Wire) -> Retrying:
        return Retrying(
            retry=retry_if_exception(lambda error: self._is_passing(error, wire)),
            stop=stop_after_attempt(_TRIES),
            wait=wait_exponential(multiplier=_FIRST_PAUSE_SECONDS, max=_LONGEST_PAUSE_SECONDS)
            + wait_random(0, _JITTER_SECONDS),
            sleep=lambda seconds: self._pause(wire, seconds),
            reraise=True,
        )

    def _pause(self, wire: Wire, seconds: float) -> None:
        self._clock.wait(self._closing, min(seconds, wire.remaining()))

    def _is_passing(self, error: BaseException, wire: Wire) -> bool:
        """Whether it is worth asking again at once: nothing was answered yet, or it is busy."""
        wire.was_dropped |= isinstance(error, httpx.ReadError | httpx.RemoteProtocolError)
        if wire.cut is not None:
            return False
        if isinstance(error, Refused):
            asked = error.refusal.retry_after or 0.0
            return error.refusal.status == _BUSY and asked <= _LONGEST_PAUSE_SECONDS
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return True
        is_reset = isinstance(error, httpx.NetworkError | httpx.RemoteProtocolError)
        return is_reset and wire.received == 0

    def _translate(
        self, error: Exception, wire: Wire, late: Callable[[], PhototagdError]
    ) -> PhototagdError:
        if wire.cut is Cut.ABANDONED:
            return Unavailable("the request was abandoned")
        if wire.cut is Cut.TIME_IS_UP or isinstance(error, httpx.ReadTimeout):
            return late()
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return Unavailable(
                f"no model server answers at {self.name}",
                remedy=self._when_away,
                died=wire.was_dropped,
            )
        what = " ".join(str(error).split()) or type(error).__name__
        return Unavailable(
            f"the connection to the model server broke: {what}", died=wire.was_dropped
        )


def _bounded(chunks: Iterable[bytes]) -> bytes:
    """The beginning of an error body; nobody needs more of it."""
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > _MAX_ERROR_BYTES:
            break
    return bytes(body[:_MAX_ERROR_BYTES])


def _base_url(url: str) -> httpx.URL:
    """The address without credentials; `nas:11434` is taken as http."""
    try:
        base = httpx.URL(url if "://" in url else f"http://{url}")
    except (httpx.InvalidURL, TypeError) as error:
        raise ConfigError(f"[model] url = {url!r}: {error}") from error
    if base.scheme not in {"http", "https"} or not base.host:
        raise ConfigError(f"[model] url = {url!r}: expected http://host:port")
    return base.copy_with(userinfo=b"", fragment=None, query=None)


def _credentials(url: str) -> tuple[str, str] | None:
    parsed = _parsed(url)
    return (parsed.username, parsed.password) if parsed.username else None


def _token(url: str) -> dict[str, str]:
    parsed = _parsed(url)
    is_token = parsed.password and not parsed.username
    return {"Authorization": f"Bearer {parsed.password}"} if is_token else {}


def _parsed(url: str) -> httpx.URL:
    return httpx.URL(url if "://" in url else f"http://{url}")
