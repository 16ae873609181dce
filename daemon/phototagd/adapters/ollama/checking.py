"""What a server says of itself and its model, and whether the two can serve; pure.

Servers before 0.30 say less: no capabilities in the list of models, none at all before 0.6.4.
What they do not say is guessed from older fields, and a doubt becomes a warning.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from phototagd.domain.engine import EngineFacts, EngineMemory, LoadedModel
from phototagd.domain.errors import Unavailable
from phototagd.rules.asking.models import (
    DEFAULT_MODEL,
    advice_before_pulling,
    advice_for,
    full_name,
    is_cloud_name,
)

_NANOSECONDS = re.compile(r"(\.\d{6})\d+")
_PROJECTOR_FAMILIES = frozenset({"clip", "mllama"})
_VISION_FAMILIES = frozenset(
    {"gemma3", "gemma4", "llava", "mistral3", "qwen25vl", "qwen3vl", "qwen35", "mllama"},
)


def facts_of(
    *,
    model: str,
    version: str,
    tags: Mapping[str, Any],
    show: Mapping[str, Any],
    allow_cloud: bool,
) -> EngineFacts:
    """The facts from /api/version, /api/tags and /api/show.

    Raises Unavailable when the model runs elsewhere without leave, or cannot see pictures.
    """
    entry = find_model(tags, model) or {}
    is_remote = is_cloud_name(model) or any(s.get("remote_host") for s in (entry, show))
    if is_remote and not allow_cloud:
        raise refuse_cloud(model)
    family = _family(show)
    capabilities = show.get("capabilities") or entry.get("capabilities")
    warnings = list(advice_for(model, family, version))
    if capabilities is not None and "vision" not in capabilities:
        raise Unavailable(
            f"{model} cannot see pictures", remedy=f"run: ollama pull {DEFAULT_MODEL}", alive=True
        )
    if capabilities is None:
        capabilities = ["vision"] if _seems_to_see(show, family) else []
        if not capabilities:
            warnings.append(f"this Ollama does not say whether {model} can see pictures")
    if is_remote:
        warnings.append(f"{model} runs in the cloud: photos leave the house")
    return EngineFacts(
        version=version,
        model=model,
        digest=str(entry.get("digest", "")),
        capabilities=frozenset(capabilities),
        family=family,
        is_remote=is_remote,
        warnings=tuple(warnings),
    )


def refuse_cloud(model: str) -> Unavailable:
    """Why a cloud model is not asked."""
    return Unavailable(
        f"{model} runs in the cloud: photos would leave the house",
        remedy=f"run: ollama pull {DEFAULT_MODEL}, or allow cloud models in [model]",
        alive=True,
    )


def advised(error: Unavailable, model: str, version: str) -> Unavailable:
    """A missing model's error; nobody is told to fetch a model that cannot serve."""
    advice = advice_before_pulling(model, version) if error.alive else ()
    if not advice:
        return error
    return Unavailable(str(error), remedy="; ".join(advice), alive=True)


def find_model(listing: Mapping[str, Any], model: str) -> Mapping[str, Any] | None:
    """The entry of a model in the answer of /api/tags or /api/ps."""
    wanted = full_name(model).lower()
    for entry in listing.get("models") or []:
        names = {str(entry.get(key, "")).lower() for key in ("name", "model")}
        if wanted in {full_name(name) for name in names if name}:
            return dict(entry)
    return None


def loaded_of(ps: Mapping[str, Any], model: str) -> list[LoadedModel]:
    """Everything in memory according to /api/ps."""
    ours = find_model(ps, model)
    return [
        LoadedModel(
            name=str(entry.get("name") or entry.get("model") or ""),
            is_ours=entry == ours,
            memory=EngineMemory(
                total=int(entry.get("size", 0)), gpu=int(entry.get("size_vram", 0))
            ),
            expires_at=_time(entry.get("expires_at")),
        )
        for entry in ps.get("models") or []
    ]


def _time(text: object) -> datetime | None:
    """A time of Go, which has nanoseconds; None for what is none."""
    try:
        return datetime.fromisoformat(_NANOSECONDS.sub(r"\1", str(text)))
    except ValueError:
        return None


def _family(show: Mapping[str, Any]) -> str:
    architecture = (show.get("model_info") or {}).get("general.architecture")
    return str(architecture or (show.get("details") or {}).get("family") or "")


def _seems_to_see(show: Mapping[str, Any], family: str) -> bool:
    families = set((show.get("details") or {}).get("families") or [])
    return bool(
        show.get("projector_info") or families & _PROJECTOR_FAMILIES or family in _VISION_FAMILIES
    )
