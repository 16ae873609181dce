"""The settings decide which client talks to which server, and how many lanes it gets."""

from pathlib import Path

import pytest

from doubles import EventLog, FakeClock
from doubles.captioner import FakeCaptioner
from phototagd.adapters.ollama import OllamaCaptioner
from phototagd.adapters.openai_api import OpenAiCaptioner
from phototagd.app.asking.engines import build_endpoints, captioner_at, endpoints_of, summed_up
from phototagd.app.asking.profiling import profiles_of, styles_of
from phototagd.domain.engine import EngineState
from phototagd.domain.errors import ConfigError, Unavailable
from phototagd.flow.asking.endpoint import Endpoint
from phototagd.settings import EndpointSettings, ModelSettings, Settings, load_settings

BOTH = """
state_dir = "state"
[model]
name = "qwen"
[[endpoint]]
url = "http://nas:11434"
[[endpoint]]
url = "http://gpu:8000/v1"
engine = "openai"
name = "Qwen/Qwen3-VL"
concurrency = 16
extra_body = { top_k = 20 }
"""


def settings(text: str, tmp_path: Path) -> Settings:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    return load_settings(file=file, flags={}, environ={})


def built(loaded: Settings, *captioners: FakeCaptioner) -> list[tuple[Endpoint, int]]:
    left = list(captioners)
    return build_endpoints(
        loaded,
        styles=styles_of(loaded, profiles_of(loaded)),
        canary=b"canary",
        clock=FakeClock(),
        emit=EventLog(),
        on_change=lambda: None,
        is_open=lambda: True,
        is_awaited=lambda: False,
        connect=lambda *_: left.pop(0),
    )


def test_each_endpoint_says_what_it_is_and_takes_the_rest_from_the_model(tmp_path: Path) -> None:
    ollama, vllm = endpoints_of(settings(BOTH, tmp_path))

    assert (ollama.engine, ollama.name, ollama.concurrency) == ("ollama", "qwen", 1)
    assert (vllm.engine, vllm.name, vllm.concurrency) == ("openai", "Qwen/Qwen3-VL", 16)


def test_one_server_alone_is_what_the_model_says(tmp_path: Path) -> None:
    text = 'state_dir = "s"\n[model]\nengine = "openai"\nurl = "http://gpu:8000"'

    (only,) = endpoints_of(settings(text, tmp_path))

    assert (only.engine, only.url) == ("openai", "http://gpu:8000")


@pytest.mark.parametrize(
    ("engine", "kind"), [("ollama", OllamaCaptioner), ("openai", OpenAiCaptioner)]
)
def test_each_engine_has_its_client(engine: str, kind: type) -> None:
    endpoint = EndpointSettings.model_validate({"url": "http://gpu:8000/v1", "engine": engine})

    captioner = captioner_at(endpoint, ModelSettings(name="qwen"), FakeClock())

    assert type(captioner) is kind
    captioner.close()


def test_what_is_added_to_requests_belongs_to_the_recipe(tmp_path: Path) -> None:
    """Else an answer would be reused that was asked for otherwise."""
    endpoints = built(settings(BOTH, tmp_path), FakeCaptioner(), FakeCaptioner())
    for endpoint, _ in endpoints:
        endpoint.keep()
    recipes = [endpoint.recipe for endpoint, _ in endpoints]

    assert [lanes for _, lanes in endpoints] == [1, 16]
    assert all(recipes)
    assert "top_k" not in recipes[0].options  # type: ignore[union-attr]
    assert '"top_k":20' in recipes[1].options  # type: ignore[union-attr]


def test_extra_keys_for_ollama_are_refused(tmp_path: Path) -> None:
    text = BOTH.replace('engine = "openai"\n', "")

    with pytest.raises(ConfigError, match=r"endpoint\[1\]\.extra_body .*model\.options"):
        settings(text, tmp_path)


def test_the_report_names_who_waits_while_another_works(tmp_path: Path) -> None:
    works, away = FakeCaptioner(), FakeCaptioner()
    away.lost = Unavailable("nobody answers", remedy="start it")
    endpoints = [endpoint for endpoint, _ in built(settings(BOTH, tmp_path), works, away)]
    for endpoint in endpoints:
        endpoint.keep()

    report = summed_up(endpoints)

    assert report.state is EngineState.OK
    assert report.reason == f"1 of 2 wait: {away.name}: nobody answers"
    assert report.remedy == "start it"

    works.lost = Unavailable("gone, too")
    with pytest.raises(Unavailable):
        endpoints[0].ask(works.questions[0])
    assert summed_up(endpoints).state is EngineState.WAITING
    assert summed_up(endpoints).reason.startswith("2 of 2 wait: ")

    away.lost = works.lost = None
    for endpoint in endpoints:
        endpoint._clock.advance(60)  # type: ignore[attr-defined]
        endpoint.keep()
    assert summed_up(endpoints).reason == ""


def test_no_engine_is_off(tmp_path: Path) -> None:
    loaded = settings('state_dir = "s"\n[model]\nengine = "none"', tmp_path)

    assert endpoints_of(loaded) == ()
    assert summed_up([]).state is EngineState.OFF
