"""No error of httpx passes the seam."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from contracts.captioner import question
from doubles import FakeClock
from doubles.captioners import captioner_for
from phototagd.adapters.http_exchange.wire import Cut, Wire, WireCut
from phototagd.domain.errors import PhototagdError, ProcessKilled, Unavailable


def all_of(kind: type[Exception]) -> Iterator[type[Exception]]:
    """A class and everything below it."""
    yield kind
    for below in kind.__subclasses__():
        yield from all_of(below)


HTTPX_ERRORS = sorted(
    {
        error
        for top in (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)
        for error in all_of(top)
        if error.__module__.startswith("httpx")
    },
    key=lambda error: error.__name__,
)


def make(error: type[Exception]) -> Exception:
    """An instance, however many arguments it wants."""
    request = httpx.Request("POST", "http://nas/api/chat")
    if error is httpx.HTTPStatusError:
        return httpx.HTTPStatusError("x", request=request, response=httpx.Response(500))
    attempts: tuple[Callable[[], Exception], ...] = (lambda: error("it broke"), error)
    for attempt in attempts:
        try:
            return attempt()
        except TypeError:
            continue
    raise AssertionError(error)


@pytest.mark.parametrize("error", HTTPX_ERRORS, ids=lambda e: e.__name__)
@pytest.mark.parametrize("is_begun", [False, True], ids=["before", "during"])
def test_every_error_of_httpx_becomes_one_of_the_house(
    error: type[Exception],
    is_begun: bool,  # noqa: FBT001
) -> None:
    """Whether it comes instead of the answer or in the middle of it."""

    class Breaking(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield b'{"message":{"content":"{"},"done":false,"model":"m"}\n'
            raise make(error)

    def answer(_: httpx.Request) -> httpx.Response:
        if is_begun:
            return httpx.Response(200, stream=Breaking())
        raise make(error)

    captioner = captioner_for("http://nas", http=httpx.MockTransport(answer))

    with pytest.raises(PhototagdError):
        captioner.ask(question())
    with pytest.raises(Unavailable):
        captioner.probe()
    captioner.close()


def test_the_list_of_errors_is_not_empty() -> None:
    assert len(HTTPX_ERRORS) > 25


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (httpx.ConnectError, 3),
        (httpx.ConnectTimeout, 3),
        (httpx.ReadError, 3),
        (httpx.RemoteProtocolError, 3),
        (httpx.ReadTimeout, 1),
        (httpx.UnsupportedProtocol, 1),
    ],
)
def test_only_what_passes_by_itself_is_tried_again(error: type[Exception], tries: int) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        raise make(error)

    captioner = captioner_for("http://nas", http=httpx.MockTransport(answer))

    with pytest.raises(Unavailable):
        captioner.preload()

    captioner.close()
    assert len(asked) == tries


@pytest.mark.parametrize("then", [httpx.ConnectError, httpx.ReadError])
def test_a_server_that_drops_a_question_and_is_gone_may_have_died_over_it(
    then: type[Exception],
) -> None:
    errors = iter([httpx.RemoteProtocolError, then, then])

    def answer(_: httpx.Request) -> httpx.Response:
        raise make(next(errors))

    captioner = captioner_for("http://nas", http=httpx.MockTransport(answer))

    with pytest.raises(Unavailable) as caught:
        captioner.ask(question())

    captioner.close()
    assert caught.value.died


def test_a_server_that_was_never_there_died_over_nothing() -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        raise make(httpx.ConnectError)

    captioner = captioner_for("http://nas", http=httpx.MockTransport(answer))

    with pytest.raises(Unavailable) as caught:
        captioner.ask(question())

    captioner.close()
    assert not caught.value.died


def test_retries_share_one_time_limit() -> None:
    """The pauses between them count, too."""
    clock = FakeClock()

    def answer(_: httpx.Request) -> httpx.Response:
        clock.advance(30)
        raise httpx.ConnectError("no")

    captioner = captioner_for(
        "http://nas", http=httpx.MockTransport(answer), clock=clock, load_timeout_seconds=45
    )

    with pytest.raises(Unavailable, match="did not load"):
        captioner.preload()
    captioner.close()


def test_an_answer_that_outlasts_the_clock_is_cut_between_chunks() -> None:
    clock = FakeClock()

    class Slow(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            while True:
                clock.advance(1)
                yield b'{"message":{"content":"la"},"done":false,"model":"m"}\n'

    def answer(request: httpx.Request) -> httpx.Response:
        if b'"images"' in request.content:
            return httpx.Response(200, stream=Slow())
        return httpx.Response(200, json={"done": True, "done_reason": "load"})

    captioner = captioner_for(
        "http://nas", http=httpx.MockTransport(answer), clock=clock, timeout_seconds=120
    )

    with pytest.raises(ProcessKilled, match="no answer within 120 s"):
        captioner.ask(question())
    captioner.close()


def test_credentials_go_into_the_header_only() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"version": "0.32.15"})

    captioner = captioner_for("http://me:se%40cret@nas", http=httpx.MockTransport(answer))
    captioner.probe()
    captioner.close()

    assert str(seen[0].url) == "http://nas/api/version"
    assert seen[0].headers["Authorization"] == "Basic bWU6c2VAY3JldA=="


def test_a_wire_keeps_the_first_reason_for_its_cut() -> None:
    with Wire(seconds=60, clock=FakeClock()) as wire:
        wire.abort(Cut.ABANDONED)
        wire.abort(Cut.TIME_IS_UP)

        assert wire.cut is Cut.ABANDONED
        with pytest.raises(WireCut):
            wire.check()
