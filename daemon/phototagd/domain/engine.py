"""The model server as it presents itself."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EngineState(StrEnum):
    """Whether photos can be asked about at the moment."""

    OK = "ok"
    WAITING = "waiting"  # the server or the model is away; photos wait
    OFF = "off"  # switched off by the settings


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """What the server said of itself and of the model; `warnings` are for a person."""

    version: str
    model: str
    digest: str
    capabilities: frozenset[str]
    family: str = ""
    is_remote: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineMemory:
    """What the loaded model occupies, in bytes; `gpu < total` means part runs on the CPU."""

    total: int
    gpu: int


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A model in the server's memory.

    `is_ours` when it is the one we ask. `expires_at` is when the server will unload it if
    nobody uses it again: it moves with every use.
    """

    name: str
    is_ours: bool
    memory: EngineMemory
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EngineReport:
    """The engine as `status` shows it; `reason` and `remedy` are empty when all is well."""

    state: EngineState
    reason: str = ""
    remedy: str = ""
