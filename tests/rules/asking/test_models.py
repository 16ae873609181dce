"""What is known about models by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.asking import models


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("qwen3-vl", "qwen3-vl:8b-instruct"),
        ("qwen3-vl:latest", "qwen3-vl:8b-instruct"),
        ("qwen3-vl:4b", "qwen3-vl:4b-instruct"),
        ("qwen3-vl:8b-thinking", "qwen3-vl:8b-instruct"),
        ("qwen3-vl:4b-thinking-q4_K_M", "qwen3-vl:4b-instruct-q4_K_M"),
        ("qwen3-vl:2b-q8_0", "qwen3-vl:2b-instruct-q8_0"),
        ("qwen3-vl:30b-a3b-bf16", "qwen3-vl:30b-a3b-instruct-bf16"),
        ("hf.co/unsloth/Qwen3-VL-8B-Thinking-GGUF:Q4_K_M", models.DEFAULT_MODEL),
    ],
)
def test_a_thinking_build_is_warned_about_with_the_tag_to_take(name: str, instead: str) -> None:
    """It ignores think:false, and its answers land in the wrong field."""
    (warning,) = models.advice_for(name, "qwen3vl", "0.32.15")

    assert "thinks" in warning
    assert instead in warning


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("qwen3-vl:4b-instruct", "qwen3vl"),
        ("qwen3-vl:4b-instruct", ""),
        ("hf.co/unsloth/Qwen3-VL-8B-Instruct-GGUF:Q4_K_M", "qwen3vl"),
        ("gemma3:4b", "gemma3"),
        ("qwen2.5vl:7b", "qwen25vl"),
        ("qwen3.5:4b", "qwen35"),
        ("gemma4:26b", "gemma4"),
    ],
)
def test_good_models_on_a_current_server_need_no_advice(name: str, family: str) -> None:
    assert models.advice_for(name, family, "0.32.15") == ()


@pytest.mark.parametrize(
    ("name", "family", "version", "word"),
    [
        ("llama3.2-vision:11b", "mllama", "0.30.0", "no Ollama since 0.30"),
        ("my-own", "mllama", "0.33.0-rc2", "no Ollama since 0.30"),
        ("llava:7b", "llama", "0.32.15", "crash"),
        ("minicpm-v:8b", "qwen2", "0.32.15", "crash"),
        ("moondream:1.8b", "phi2", "0.32.15", "schema"),
        ("qwen3.5:4b", "qwen35", "0.31.1", "ignores the schema"),
        ("qwen3.6:27b", "qwen35", "0.30.0", "ignores the schema"),
        ("glm-ocr", "glmocr", "0.32.15", "only reads text"),
        ("gemma3:4b", "gemma3", "0.24.0", "before 0.30"),
        ("gemma3:4b", "gemma3", "0.4.7", "cannot keep to a schema"),
    ],
)
def test_known_trouble_is_named(name: str, family: str, version: str, word: str) -> None:
    assert any(word in warning for warning in models.advice_for(name, family, version))


def test_an_old_server_still_loads_what_new_ones_cannot() -> None:
    warnings = models.advice_for("llama3.2-vision", "mllama", "0.24.0")

    assert not any("no Ollama since" in w for w in warnings)


@pytest.mark.parametrize("version", ["0.0.0", "", "main-5fd2a1c"])
def test_a_version_that_does_not_say_counts_as_newest(version: str) -> None:
    assert models.advice_for("qwen3.5:4b", "qwen35", version) == ()


@pytest.mark.parametrize("row", models.RECOMMENDATIONS, ids=lambda r: r.memory)
def test_what_we_recommend_we_do_not_warn_about(row: models.Recommendation) -> None:
    """The table of the README and the warnings of `check` agree."""
    for name in (row.model, *row.alternatives):
        assert models.advice_for(name, "", "0.32.15") == ()
        assert not models.is_cloud_name(name)


def test_the_recommendations_go_from_no_graphics_memory_to_much() -> None:
    assert [r.memory for r in models.RECOMMENDATIONS] == [
        "CPU only",
        "6 GB",
        "8 GB",
        "12 GB",
        "24 GB",
    ]
    assert models.RECOMMENDATIONS[2].model == models.DEFAULT_MODEL


@pytest.mark.parametrize(
    ("name", "is_cloud"),
    [
        ("qwen3-vl:235b-cloud", True),
        ("kimi-k2.5:cloud", True),
        ("someone/photos:27B-Cloud", True),
        ("cloud:latest", False),
        ("cloudy", False),
        ("qwen3-vl:4b-instruct", False),
    ],
)
def test_cloud_models_are_known_by_their_tag(name: str, is_cloud: bool) -> None:  # noqa: FBT001
    assert models.is_cloud_name(name) is is_cloud


@pytest.mark.parametrize(
    ("family", "wanted", "advised"),
    [("gemma4", 1024, "768"), ("gemma4", 512, ""), ("qwen3vl", 1024, ""), ("", 1024, "")],
)
def test_a_family_may_ask_for_smaller_pictures(family: str, wanted: int, advised: str) -> None:
    advice = models.picture_advice(family, wanted)

    assert advised in advice
    assert bool(advice) is bool(advised)


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("0.32.15", (0, 32, 15)),
        ("v0.33.0-rc2", (0, 33, 0)),
        ("0.30", (0, 30, 0)),
        ("0.0.0", None),
        ("dev", None),
    ],
)
def test_versions_are_read(text: str, version: tuple[int, int, int] | None) -> None:
    assert models.parse_version(text) == version


@given(st.dictionaries(st.sampled_from([*models.RELOAD_OPTIONS, "seed", "top_k"]), st.integers()))
def test_options_are_split_without_loss(options: dict[str, object]) -> None:
    """What reloads the model and what does not, together what was given."""
    load, answer = models.split_options(options)

    assert {**load, **answer} == options
    assert set(load) <= models.RELOAD_OPTIONS
    assert not set(answer) & models.RELOAD_OPTIONS


@given(name=st.text(), family=st.text(), version=st.text())
def test_no_name_is_too_strange(name: str, family: str, version: str) -> None:
    """Whatever a server lists: advice is text, and never an error."""
    assert all(models.advice_for(name, family, version))
    assert models.full_name(models.full_name(name)) == models.full_name(name)
