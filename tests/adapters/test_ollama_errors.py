"""Every known error text has its class, and its remedy."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles.ollama import bodies
from phototagd.adapters.http_exchange import Refusal, unwrap
from phototagd.adapters.http_exchange.refusal import retry_after_seconds
from phototagd.adapters.ollama.catalogue import error_for
from phototagd.domain.errors import PhototagdError, ProcessKilled, Unavailable, Unreadable

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SETUP, WORLD = True, False  # of Unavailable: whether the server is alive

CATALOGUE: dict[str, type[PhototagdError] | bool] = {
    "undecodable": Unreadable,
    "undecodable-old": Unreadable,
    "broken-webp": Unreadable,
    "too-long": SETUP,
    "too-long-text": SETUP,
    "bad-schema": SETUP,
    "bad-grammar": SETUP,
    "malformed": SETUP,
    "no-vision-native": SETUP,
    "no-vision-rendered": SETUP,
    "no-vision-old": SETUP,
    "not-found": SETUP,
    "not-found-pull": SETUP,
    "model-required": SETUP,
    "invalid-name": SETUP,
    "missing-body": SETUP,
    "no-chat": SETUP,
    "no-thinking": SETUP,
    "bad-format": SETUP,
    "bad-option": SETUP,
    "bad-base64": SETUP,
    "bad-keep-alive": SETUP,
    "busy": WORLD,
    "terminated": SETUP,
    "terminated-old": SETUP,
    "unknown-architecture": SETUP,
    "not-compatible": SETUP,
    "out-of-memory": SETUP,
    "out-of-memory-old": SETUP,
    "load-failed": SETUP,
    "load-stalled": SETUP,
    "binary-missing": SETUP,
    "crash": ProcessKilled,
    "crash-old": ProcessKilled,
    "crash-mid-stream": ProcessKilled,
    "tiny-old": ProcessKilled,
    "cancelled": WORLD,
    "cloud-disabled": SETUP,
    "unauthorized": SETUP,
    "overloaded": WORLD,
    "too-many": WORLD,
    "cloud-retired": SETUP,
    "host-check": SETUP,
    "wrong-path": SETUP,
    "html-502": WORLD,
    "html-504": WORLD,
    "html-413": Unreadable,
    "embed-nan": Unreadable,
    "embed-nan-old": Unreadable,
    "embed-crash": ProcessKilled,
    "embed-too-long": Unreadable,
    "embed-input": SETUP,
    "no-embeddings": SETUP,
}


def error_of(name: str, *, about_photo: bool = True, **values: object) -> PhototagdError:
    body = bodies.body(name, **{"needed": 5000, "available": 4096, **values})
    pause = retry_after_seconds(body.headers.get("Retry-After"), NOW)
    refusal = Refusal(body.status, unwrap(body.content.decode()), pause)
    return error_for(refusal, model="qwen3-vl:4b-instruct", about_photo=about_photo)


def test_the_catalogue_is_complete() -> None:
    """Every recorded body is classified here."""
    assert set(CATALOGUE) == set(bodies.NAMES)


@pytest.mark.parametrize("name", bodies.NAMES)
def test_every_row_of_the_catalogue_has_its_class(name: str) -> None:
    expected = CATALOGUE[name]

    error = error_of(name)

    if isinstance(expected, bool):
        assert isinstance(error, Unavailable)
        assert error.alive is expected
        assert bool(error.remedy) is expected
    else:
        assert type(error) is expected


@pytest.mark.parametrize("name", bodies.NAMES)
def test_without_a_photo_everything_is_the_worlds_fault(name: str) -> None:
    """Loading and checking show no picture to anybody."""
    assert isinstance(error_of(name, about_photo=False), Unavailable)


@pytest.mark.parametrize("name", bodies.NAMES)
def test_a_message_is_one_readable_line(name: str) -> None:
    """No markup, no nested JSON, no ports that would make equal troubles look different."""
    message = str(error_of(name))

    assert message
    assert "\n" not in message
    assert len(message) < 400
    assert not any(mark in message for mark in ("<", '{"', ":36123"))


def test_a_missing_model_is_told_how_to_get() -> None:
    error = error_of("not-found", model="qwen3-vl:4b-instruct")

    assert isinstance(error, Unavailable)
    assert error.remedy == "run: ollama pull qwen3-vl:4b-instruct"


def test_retry_after_is_kept() -> None:
    error = error_of("overloaded")

    assert isinstance(error, Unavailable)
    assert error.retry_after == 20


def test_a_photo_that_overflows_a_large_context_is_itself_to_blame() -> None:
    assert isinstance(error_of("too-long", needed=9000, available=8192), Unreadable)


def test_a_small_context_is_a_wrong_setting() -> None:
    error = error_of("too-long", needed=9100, available=4096)

    assert isinstance(error, Unavailable)
    assert "9100" in error.remedy


def test_a_model_process_out_of_memory_is_not_the_photos_fault() -> None:
    """Another program may hold the graphics memory."""
    text = bodies.text_of("crash") + ": CUDA error: out of memory"

    assert isinstance(error_for(Refusal(500, text), model="m", about_photo=True), Unavailable)


@pytest.mark.parametrize(("status", "kind"), [(500, ProcessKilled), (502, Unavailable)])
def test_an_unknown_error_makes_a_suspect_but_not_behind_a_proxy(
    status: int, kind: type[PhototagdError]
) -> None:
    """The canary decides about suspects."""
    for text in ("something new", "EOF"):
        assert type(error_for(Refusal(status, text), model="m", about_photo=True)) is kind


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('{"error":"model is required"}', "model is required"),
        ('{"error":"{\\"error\\":{\\"code\\":400,\\"message\\":\\"deep\\"}}"}', "deep"),
        ('{"error":{"message":"flat","type":"api_error"}}', "flat"),
        ('{"error":"{\\"error\\":{\\"message\\":\\"deep\\"}}\\nand more"}', "deep\nand more"),
        ("Bad Gateway", "Bad Gateway"),
        ("", ""),
        ("[1]", "[1]"),
        ('{"error":null}', '{"error":null}'),
    ],
)  # fmt: skip
def test_nested_errors_are_unwrapped(body: str, text: str) -> None:
    assert unwrap(body) == text


@given(st.text(), st.integers(100, 599), st.booleans())
def test_no_body_is_too_strange(body: str, status: int, about_photo: bool) -> None:  # noqa: FBT001
    """Whatever comes, an error of the house comes out."""
    error = error_for(Refusal(status, unwrap(body)), model="m", about_photo=about_photo)

    assert isinstance(error, PhototagdError)
    assert str(error)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("17", 17),
        ("Fri, 20 Nov 2026 12:01:30 GMT", 90),
        ("Fri, 20 Nov 2026 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(header: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(header, NOW) == seconds
