"""Every known error text of four servers has its class."""

import pytest

from doubles.openai_api import body, names
from phototagd.adapters.http_exchange import Refusal, unwrap
from phototagd.adapters.openai_api.catalogue import error_for
from phototagd.domain.errors import PhototagdError, ProcessKilled, Unavailable, Unreadable

SETUP, WORLD = True, False  # of Unavailable: whether the server is alive

CLASSES: dict[str, type[PhototagdError] | bool] = {
    "loading": WORLD,
    "undecodable": Unreadable,
    "undecodable-vllm": Unreadable,
    "undecodable-lmstudio": Unreadable,
    "truncated-vllm": Unreadable,
    "too-long": SETUP,
    "too-long-though-large": Unreadable,
    "too-long-vllm": SETUP,
    "too-long-vllm-pictures": Unreadable,
    "too-long-vllm-old": SETUP,
    "too-long-sglang": SETUP,
    "too-long-lmstudio": SETUP,
    "no-vision": SETUP,
    "no-vision-vllm": SETUP,
    "no-model-vllm": SETUP,
    "no-model-lmstudio": SETUP,
    "bad-schema": SETUP,
    "bad-field": SETUP,
    "unknown-field": SETUP,
    "no-key": SETUP,
    "no-key-vllm": SETUP,
    "forbidden": SETUP,
    "out-of-memory": SETUP,
    "crash": ProcessKilled,
    "crash-lmstudio": ProcessKilled,
    "unknown-trouble": ProcessKilled,
    "overloaded": WORLD,
    "too-many": WORLD,
    "wrong-path": SETUP,
    "wrong-method": SETUP,
    "html-502": WORLD,
    "html-413": Unreadable,
    "error-in-200": ProcessKilled,
}
NO_ERRORS = {"html-200", "list-200"}


def error(name: str, *, about_photo: bool = True) -> PhototagdError:
    recorded = body(name)
    refusal = Refusal(recorded.status, unwrap(recorded.content.decode()))
    return error_for(refusal, model="qwen", about_photo=about_photo)


def test_every_recorded_error_is_classified() -> None:
    assert set(CLASSES) == set(names()) - NO_ERRORS


@pytest.mark.parametrize("name", CLASSES)
def test_a_known_error_has_its_class(name: str) -> None:
    expected, found = CLASSES[name], error(name)

    if isinstance(expected, bool):
        assert isinstance(found, Unavailable)
        assert found.alive is expected
        assert bool(found.remedy) is expected
    else:
        assert type(found) is expected


@pytest.mark.parametrize("name", CLASSES)
def test_without_a_photo_it_is_nobodys_fault_but_the_servers(name: str) -> None:
    assert isinstance(error(name, about_photo=False), Unavailable)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("too-long", "8192 tokens or more"),
        ("no-model-vllm", "qwen"),
        ("no-model-lmstudio", "load qwen"),
        ("no-key", ":KEY@"),
        ("unknown-field", "extra_body"),
        ("no-vision", "--mmproj"),
    ],
)
def test_a_remedy_says_what_to_do(name: str, remedy: str) -> None:
    found = error(name)

    assert isinstance(found, Unavailable)
    assert remedy in found.remedy


def test_a_message_is_one_line_without_markup() -> None:
    assert str(error("html-502")) == "502 Bad Gateway 502 Bad Gateway (HTTP 502)"
