"""What is known about vision models by name, family and version of the server.

Gathered from the engines' sources and issue threads; sizes and the table by memory are a
judgement from published sizes and reports, not measurements of ours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_MODEL = "qwen3-vl:4b-instruct"
DEFAULT_NUM_CTX = 8192

RELOAD_OPTIONS = frozenset(
    {
        "num_ctx",
        "num_batch",
        "num_gpu",
        "main_gpu",
        "use_mmap",
        "num_thread",
        "draft_num_predict",
    },
)
"""Options that make the server load the model anew when two requests differ in them."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What to run on how much graphics memory; `alternatives` in order of preference."""

    memory: str
    model: str
    alternatives: tuple[str, ...]
    note: str


RECOMMENDATIONS = (
    Recommendation(
        "CPU only",
        "qwen3.5:2b",
        ("qwen3.5:0.8b", "qwen3-vl:2b-instruct"),
        "10 s to over a minute per photo; Ollama 0.31.2 or newer",
    ),
    Recommendation("6 GB", "qwen3-vl:2b-instruct", ("gemma3:4b",), "small and quick"),
    Recommendation("8 GB", DEFAULT_MODEL, ("qwen3.5:4b", "gemma4:e2b"), "the default"),
    Recommendation("12 GB", "qwen3-vl:8b-instruct", ("gemma4:e4b",), "better captions"),
    Recommendation("24 GB", "gemma4:26b", ("qwen3.6:27b", "mistral-small3.2"), "best captions"),
)


@dataclass(frozen=True, slots=True)
class PictureLimit:
    """How large a picture a family profits from, or survives; lengths in pixels."""

    long_side: int
    why: str


PICTURE_LIMITS: Mapping[str, PictureLimit] = {
    "gemma3": PictureLimit(896, "sees every picture at 896 x 896"),
    "gemma4": PictureLimit(768, "some servers crash on pictures above 0.6 megapixels"),
    "qwen35": PictureLimit(768, "costs one token per 32 x 32 pixels, more gains little"),
    "llava": PictureLimit(672, "sees 576 patches at most"),
}


@dataclass(frozen=True, slots=True)
class _Name:
    """The parts of `host/owner/base:tag`, lower case."""

    owner: str
    base: str
    tag: str

    @property
    def is_library(self) -> bool:
        return self.owner in {"", "library"}


def _parse(name: str) -> _Name:
    path, _, tail = name.lower().strip().rpartition("/")
    base, _, tag = tail.partition(":")
    return _Name(path.rpartition("/")[2] if "." not in path else path, base, tag or "latest")


def full_name(name: str) -> str:
    """The name with its tag, as servers list it: `llava` is `llava:latest`."""
    return name if ":" in name.rpartition("/")[2] else f"{name}:latest"


def is_cloud_name(name: str) -> bool:
    """Whether the tag says that the model runs on somebody else's machine."""
    tag = _parse(name).tag
    return tag == "cloud" or tag.endswith("-cloud")


def parse_version(text: str) -> tuple[int, int, int] | None:
    """Major, minor, patch; None for builds that do not say (`0.0.0`, a commit)."""
    found = re.match(r"v?(\d+)\.(\d+)(?:\.(\d+))?", text.strip())
    if found is None:
        return None
    version = (int(found[1]), int(found[2]), int(found[3] or 0))
    return None if version == (0, 0, 0) else version


def picture_advice(family: str, long_side: int) -> str:
    """A warning when pictures of this size are more than the family takes well, else empty."""
    limit = PICTURE_LIMITS.get(family_key(family))
    if limit is None or long_side <= limit.long_side:
        return ""
    return f"{family} {limit.why}; set image_long_side to {limit.long_side}"


def family_key(family: str) -> str:
    """A family as our tables spell it: `qwen35moe` and `qwen3.6` are `qwen35`."""
    key = re.sub(r"[^a-z0-9]", "", family.lower())
    key = re.sub(r"^qwen36", "qwen35", key)
    return re.sub(r"(?<=\d)(moe|n)$|(?<=vl)moe$", "", key)


def split_options(
    options: Mapping[str, object],
) -> tuple[dict[str, object], dict[str, object]]:
    """Options that belong to loading the model, and those that belong to one answer."""
    load = {k: v for k, v in options.items() if k in RELOAD_OPTIONS}
    answer = {k: v for k, v in options.items() if k not in RELOAD_OPTIONS}
    return load, answer


def advice_for(model: str, family: str, server_version: str) -> tuple[str, ...]:
    """Warnings for a person about this model on this server, with what to take instead.

    `family` may be empty (the name then decides); an unreadable version counts as newest.
    """
    name = _parse(model)
    key = family_key(family) or family_key(name.base)
    version = parse_version(server_version)
    checks = (
        _old_server(version),
        _thinking_build(model, name, key),
        _dead_family(name, key, version),
        _crasher(name, key, version),
        _thinking_parser(model, key, version),
        _reader_of_text(name),
    )
    return tuple(warning for warning in checks if warning)


def advice_before_pulling(model: str, server_version: str) -> tuple[str, ...]:
    """The same for a model that is not there yet, by its name alone."""
    return advice_for(model, _parse(model).base, server_version)


def _older(version: tuple[int, int, int] | None, than: tuple[int, int, int]) -> bool:
    return version is not None and version < than


def _old_server(version: tuple[int, int, int] | None) -> str:
    if _older(version, (0, 5, 0)):
        return "this Ollama cannot keep to a schema (that came with 0.5); update it"
    if _older(version, (0, 30, 0)):
        return "this Ollama has the engine from before 0.30; update it when you can"
    return ""


def instruct_tag(model: str) -> str:
    """The tag of the same Qwen3-VL build that answers without thinking first."""
    path, _, tag = full_name(model).rpartition(":")
    if "thinking" in path.lower():
        return DEFAULT_MODEL  # a repository of its own; its sister's name is anybody's guess
    if tag.lower() == "latest":
        return f"{path}:8b-instruct"
    if "thinking" in tag.lower():
        return f"{path}:{re.sub('thinking', 'instruct', tag, flags=re.IGNORECASE)}"
    before_quantization = r"(?=-(?:q\d|bf16|fp16)|$)"
    return f"{path}:{re.sub(before_quantization, '-instruct', tag, count=1, flags=re.IGNORECASE)}"


def _thinking_build(model: str, name: _Name, key: str) -> str:
    if key != "qwen3vl" or "instruct" in f"{name.base}:{name.tag}":
        return ""
    if name.is_library or "thinking" in f"{name.base}:{name.tag}":
        return f"{model} thinks before it answers and cannot be stopped; take {instruct_tag(model)}"
    return ""


def _dead_family(name: _Name, key: str, version: tuple[int, int, int] | None) -> str:
    if (key == "mllama" or name.base == "llama3.2-vision") and not _older(version, (0, 30, 0)):
        return f"no Ollama since 0.30 can load llama3.2-vision; take {DEFAULT_MODEL}"
    return ""


def _crasher(name: _Name, key: str, version: tuple[int, int, int] | None) -> str:
    if name.base == "moondream":
        return f"moondream keeps badly to a schema and knows only English; take {DEFAULT_MODEL}"
    if key not in {"llava", "minicpmv"} and name.base not in {"llava", "bakllava", "minicpm-v"}:
        return ""
    if _older(version, (0, 13, 3)):
        return f"{name.base} keeps badly to a schema; {DEFAULT_MODEL} is better"
    return f"{name.base} is known to crash Ollama since 0.13.3; take {DEFAULT_MODEL}"


def _thinking_parser(name: str, key: str, version: tuple[int, int, int] | None) -> str:
    if key == "qwen35" and _older(version, (0, 31, 2)):
        return f"{name} ignores the schema before Ollama 0.31.2; update, or take {DEFAULT_MODEL}"
    if key == "gemma4" and _older(version, (0, 21, 1)):
        return f"{name} ignores the schema before Ollama 0.21.1; update, or take {DEFAULT_MODEL}"
    return ""


def _reader_of_text(name: _Name) -> str:
    if name.base in {"glm-ocr", "deepseek-ocr"}:
        return f"{name.base} only reads text and falls into loops; take {DEFAULT_MODEL}"
    return ""
