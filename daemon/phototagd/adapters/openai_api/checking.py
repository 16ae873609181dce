"""What a server says of itself and its model, and whether the two can serve; pure.

`/v1/models` is all that these servers have in common. llama-server adds whether the model sees
pictures and how large it is, vLLM where it came from. Where nothing is said of sight, the test
picture that is asked about before any photo will tell.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from phototagd.domain.engine import EngineFacts
from phototagd.domain.errors import Unavailable

_IDENTITY = ("n_params", "size", "n_vocab", "n_embd", "ftype")
_OLLAMA_OWNER = "library"


def facts_of(
    *, model: str, version: str, models: Mapping[str, Any], is_remote: bool
) -> EngineFacts:
    """The facts from the answer of /v1/models.

    Raises Unavailable when the model is not served (LM Studio would silently take another), or
    cannot see pictures. The digest stands for what the server tells of the model: a replaced
    file with the same name, size and shape is not noticed.
    """
    entry = _find(models, model)
    if entry is None:
        raise _not_served(model, models)
    abilities = _abilities(models, model)
    if abilities is not None and not abilities & {"multimodal", "vision", "image"}:
        raise Unavailable(
            f"{model} cannot see pictures",
            remedy="serve a model that can (llama-server needs its --mmproj too)",
            alive=True,
        )
    warnings = []
    if is_remote:
        warnings.append("the server stands outside the house: photos leave it")
    if entry.get("owned_by") == _OLLAMA_OWNER:
        warnings.append('this is Ollama: engine = "ollama" serves it better')
    return EngineFacts(
        version=version,
        model=model,
        digest=_digest(entry),
        capabilities=frozenset({"completion", "vision"}),
        is_remote=is_remote,
        warnings=tuple(warnings),
    )


def names_of(models: Mapping[str, Any]) -> list[str]:
    """What /v1/models lists."""
    return [str(entry["id"]) for entry in _entries(models, "data") if entry.get("id")]


def _find(models: Mapping[str, Any], model: str) -> Mapping[str, Any] | None:
    for entry in _entries(models, "data"):
        if model in {entry.get("id"), *(entry.get("aliases") or [])}:
            return entry
    return None


def _abilities(models: Mapping[str, Any], model: str) -> frozenset[str] | None:
    """What the model can do, as far as the server says; None when it does not."""
    listed = _entries(models, "models")  # llama-server's second list
    for entry in [*listed, *_entries(models, "data")]:
        is_it = len(listed) == 1 or model in {entry.get("name"), entry.get("id")}
        if is_it and isinstance(entry.get("capabilities"), list):
            return frozenset(map(str, entry["capabilities"]))
    return None


def _entries(models: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    return [entry for entry in models.get(key) or [] if isinstance(entry, Mapping)]


def _digest(entry: Mapping[str, Any]) -> str:
    meta = entry.get("meta") or {}
    identity = {key: meta[key] for key in _IDENTITY if key in meta}
    identity |= {key: entry[key] for key in ("id", "root") if entry.get(key)}
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()


def _not_served(model: str, models: Mapping[str, Any]) -> Unavailable:
    served = names_of(models)
    remedy = f"set the model's name to {', or '.join(served[:5])}" if served else f"load {model}"
    return Unavailable(f"the server does not serve {model}", remedy=remedy, alive=True)
