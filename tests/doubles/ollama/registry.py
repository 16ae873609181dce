"""The models a double serves, and what its version does otherwise than others."""

import hashlib
from dataclasses import dataclass, replace
from enum import Enum, auto


class Thinks(Enum):
    """Whether a model thinks aloud before it answers."""

    NEVER = auto()
    UNLESS_TOLD = auto()  # obeys think:false
    ALWAYS = auto()  # ignores think:false, the answer lands in `thinking`


@dataclass(frozen=True)
class Model:
    """One installed model."""

    name: str
    family: str = "qwen3vl"
    capabilities: tuple[str, ...] = ("completion", "vision")
    thinks: Thinks = Thinks.NEVER
    is_native: bool = False  # only a jinja template: the other path through the server
    size: int = 3_300_000_000
    vram: int = 3_300_000_000
    remote_host: str = ""
    context_max: int = 262_144
    build: str = ""  # another one under the same name has another digest

    @property
    def digest(self) -> str:
        return hashlib.sha256((self.name + self.build).encode()).hexdigest()


_KINDS = {
    "qwen3-vl": Model("", "qwen3vl", thinks=Thinks.ALWAYS),
    "qwen2.5vl": Model("", "qwen25vl"),
    "qwen3.5": Model("", "qwen35", thinks=Thinks.UNLESS_TOLD),
    "qwen3.6": Model("", "qwen35", thinks=Thinks.UNLESS_TOLD),
    "gemma3": Model("", "gemma3"),
    "gemma4": Model("", "gemma4", thinks=Thinks.UNLESS_TOLD),
    "llava": Model("", "llava"),
    "minicpm-v": Model("", "minicpmv"),
    "llama3.2-vision": Model("", "mllama"),
    "mistral-small3.2": Model("", "mistral3"),
    "llama3.2": Model("", "llama", capabilities=("completion", "tools")),
    "embeddinggemma": Model("", "gemma3", capabilities=("embedding",)),
    "qwen3-embedding": Model("", "qwen3", capabilities=("embedding",)),
    "bge-m3": Model("", "bert", capabilities=("embedding",)),
}


def model_named(name: str) -> Model:
    """A model as the library has it, by its name."""
    base, _, tag = name.rpartition("/")[2].partition(":")
    kind = _KINDS.get(base, Model(""))
    thinks = Thinks.NEVER if "instruct" in tag else kind.thinks
    capabilities = kind.capabilities
    if thinks is not Thinks.NEVER:
        capabilities = (*capabilities, "thinking")
    return replace(
        kind,
        name=name if ":" in name else f"{name}:latest",
        thinks=thinks,
        capabilities=capabilities,
        is_native=name.startswith("hf.co/"),
        remote_host="https://ollama.com" if "cloud" in tag else "",
    )


@dataclass(frozen=True)
class Profile:
    """What depends on the version of the server."""

    version: str

    @property
    def number(self) -> tuple[int, ...]:
        return tuple(int(part) for part in self.version.split("-")[0].split("."))

    @property
    def is_old_engine(self) -> bool:
        return self.number < (0, 30)

    @property
    def lists_capabilities(self) -> bool:
        return self.number >= (0, 30)

    @property
    def webp(self) -> str:
        """What happens to WebP: "ok", "undecodable" or "transcoded"."""
        if self.is_old_engine:
            return "ok"
        return "transcoded" if self.number >= (0, 32, 14) else "undecodable"

    def forces_schema(self, model: Model) -> bool:
        """Whether think:false makes a thinking model keep to the schema."""
        needed = {"gemma4": (0, 21, 1), "qwen35": (0, 31, 2)}.get(model.family, (0, 31, 2))
        return self.number >= needed
