"""A double of Ollama: a real HTTP server that keeps its habits, good and bad."""

from doubles.ollama.bodies import Body, Refuse, body
from doubles.ollama.faults import LOAD_FAULTS, Fault, Recorded, Say
from doubles.ollama.registry import Model, Profile, Thinks, model_named
from doubles.ollama.server import OllamaDouble

__all__ = [
    "LOAD_FAULTS",
    "Body",
    "Fault",
    "Model",
    "OllamaDouble",
    "Profile",
    "Recorded",
    "Refuse",
    "Say",
    "Thinks",
    "body",
    "model_named",
]
