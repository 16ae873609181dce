"""What servers of all ages say of a model, and what becomes of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from phototagd.adapters.ollama.checking import advised, facts_of, find_model, loaded_of
from phototagd.domain.engine import EngineFacts, EngineMemory, LoadedModel
from phototagd.domain.errors import Unavailable

NAME = "gemma3:4b"
TAGS = {"models": [{"name": NAME, "model": NAME, "digest": "a2af6c", "details": {}}]}


def facts(show: dict[str, Any], tags: dict[str, Any] | None = None) -> EngineFacts:
    return facts_of(model=NAME, version="0.32.15", tags=tags or TAGS, show=show, allow_cloud=False)


def test_digest_family_and_capabilities_come_together() -> None:
    found = facts(
        {
            "capabilities": ["completion", "vision"],
            "model_info": {"general.architecture": "gemma3"},
        }
    )

    assert (found.digest, found.family) == ("a2af6c", "gemma3")
    assert found.capabilities == {"completion", "vision"}
    assert not found.warnings


def test_a_blind_model_is_refused_with_one_that_sees() -> None:
    with pytest.raises(Unavailable, match="cannot see") as caught:
        facts({"capabilities": ["completion"]})

    assert caught.value.alive
    assert "ollama pull" in caught.value.remedy


@pytest.mark.parametrize(
    "show",
    [
        {"projector_info": {"general.architecture": "clip"}},
        {"details": {"family": "llama", "families": ["llama", "clip"]}},
        {"details": {"family": "mllama", "families": ["mllama"]}},
        {"details": {"family": "gemma3", "families": None}},
    ],
)
def test_old_servers_say_by_other_fields_that_a_model_sees(show: dict[str, Any]) -> None:
    assert "vision" in facts(show).capabilities


def test_a_doubt_is_a_warning() -> None:
    (warning,) = facts({"details": {"family": "llama", "families": ["llama"]}}).warnings

    assert "does not say" in warning


def test_a_remote_host_in_either_answer_is_a_cloud_model() -> None:
    cloud = {"remote_host": "https://ollama.com"}
    for show, entry in ((cloud, {}), ({}, cloud)):
        tags = {"models": [{**TAGS["models"][0], **entry}]}
        with pytest.raises(Unavailable, match="cloud"):
            facts({"capabilities": ["vision"], **show}, tags)


@pytest.mark.parametrize("wanted", ["llava", "llava:latest", "LLaVA"])
def test_a_name_without_tag_is_the_latest(wanted: str) -> None:
    listing = {"models": [{"name": "llava:7b"}, {"name": "llava:latest", "digest": "x"}]}

    found = find_model(listing, wanted)

    assert found is not None
    assert found["digest"] == "x"


@pytest.mark.parametrize("listing", [{}, {"models": None}, {"models": []}])
def test_nothing_is_loaded(listing: dict[str, Any]) -> None:
    assert loaded_of(listing, NAME) == []


def test_what_is_loaded_is_ours_or_not_and_says_how_much_is_on_the_gpu() -> None:
    """Times of Go have nanoseconds and any zone."""
    ours = {"name": NAME, "size": 400, "size_vram": 300}
    other = {"model": "chat:latest", "expires_at": "2026-08-01T14:00:00.123456789+02:00"}

    assert loaded_of({"models": [ours, other]}, NAME) == [
        LoadedModel(NAME, is_ours=True, memory=EngineMemory(total=400, gpu=300)),
        LoadedModel(
            "chat:latest",
            is_ours=False,
            memory=EngineMemory(total=0, gpu=0),
            expires_at=datetime(2026, 8, 1, 12, 0, 0, 123456, tzinfo=UTC),
        ),
    ]


@pytest.mark.parametrize(
    ("model", "remedy"),
    [
        ("llama3.2-vision", "take qwen3-vl:4b-instruct"),
        ("qwen3-vl:latest", "take qwen3-vl:8b-instruct"),
        ("gemma3:4b", "run: ollama pull gemma3:4b"),
    ],
)
def test_nobody_is_told_to_fetch_a_model_that_cannot_serve(model: str, remedy: str) -> None:
    """What is wrong with it is known before the download."""
    missing = Unavailable("not found", remedy=f"run: ollama pull {model}", alive=True)
    assert remedy in advised(missing, model, "0.32.15").remedy


def test_a_server_that_is_away_is_no_reason_to_change_the_model() -> None:
    away = Unavailable("no model server answers", remedy="start Ollama: ollama serve")
    assert advised(away, "llama3.2-vision", "0.32.15") is away
